import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { Unusable } from '../../../errors.ts'

/** Characters. Its parser's time and stack grow with nesting, and nesting with length. */
const longest = 20_000

const fence = /^---[ \t]*$/

/** What stands between the `---` lines at the top of a text, and the rest. Values are text; the line is the value's own. */
export interface FrontMatter {
  /** The text of a key with one value; undefined where it is missing or empty. Throws `Unusable` for a list or map. */
  text: (key: string) => Value | undefined
  /** The entries of a key with a list; one value is a list of itself. */
  list: (key: string) => Entry[]
  /** As `list`, of the first of these keys that has any: what could not be read tells nothing. For keys that are nobody's promise. */
  found: (...keys: string[]) => Entry[]
  body: string
}

export interface Value {
  text: string
  /** Counted from 1, in the whole text. */
  line: number
}

/** An entry of a list: a text, or a map of texts. */
export type Entry = Value | { fields: Map<string, Value>; line: number }

export function hasFrontMatter(text: string): boolean {
  return fence.test(text.split('\n', 1)[0] ?? '')
}

/** Throws `Unusable`, with the line, where it is not YAML or never ends. */
export function readFrontMatter(text: string): FrontMatter {
  if (!hasFrontMatter(text)) return { text: () => undefined, list: () => [], found: () => [], body: text }
  const end = /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/.exec(text)
  if (!end) throw new Unusable('The front matter that begins with "---" never ends.', 1)
  // From the line break of the opening fence: so the lines that YAML counts are those of the file.
  const yaml = text.slice(text.indexOf('\n'), end.index)
  return { ...reader(yaml), body: text.slice(end.index + end[0].length) }
}

function reader(yaml: string): Omit<FrontMatter, 'body'> {
  const lines = new LineCounter()
  const document = parse(yaml, lines)
  const root = document.contents
  if (root !== null && !isMap(root) && !(isScalar(root) && root.source === '')) {
    throw new Unusable('The front matter is not a list of keys and values.', 2)
  }
  const nodeAt = (key: string): unknown => (isMap(root) ? root.get(key, true) : undefined)
  const valueOf = (node: unknown, what: string): Value | undefined => readScalar(node, what, lines)
  const entriesAt = (key: string): unknown[] => {
    const node = nodeAt(key)
    return isSeq(node) ? node.items : [node]
  }
  return {
    text: key => valueOf(nodeAt(key), `"${key}"`),
    list: key => entriesAt(key).flatMap(entry => readEntry(entry, key, lines) ?? []),
    found: (...keys) =>
      keys
        .map(key => entriesAt(key).flatMap(entry => (isPlain(entry) ? (readEntry(entry, key, lines) ?? []) : [])))
        .find(({ length }) => length > 0) ?? [],
  }
}

function isPlain(node: unknown): boolean {
  return isScalar(node) || (isMap(node) && node.items.every(({ value }) => isScalar(value)))
}

/** Everything is text here: `id: 007` and `title: 1984` stay as they are, and no tag makes an object. */
function parse(yaml: string, lines: LineCounter): Document {
  if (yaml.length > longest) throw new Unusable(`The front matter is longer than ${longest} characters.`, 1)
  let document: Document
  try {
    document = parseDocument(yaml, { schema: 'failsafe', lineCounter: lines, prettyErrors: false, logLevel: 'silent' })
  } catch (cause) {
    // Its parser calls itself for every level.
    if (cause instanceof RangeError) throw new Unusable('The front matter is nested too deep.', 1)
    throw cause
  }
  const [fault] = document.errors
  if (fault) throw new Unusable(`The front matter is not YAML: ${fault.message}`, lines.linePos(fault.pos[0]).line)
  return document
}

function readEntry(node: unknown, key: string, lines: LineCounter): Entry | undefined {
  if (!isMap(node)) return readScalar(node, `"${key}"`, lines)
  const fields = new Map<string, Value>()
  for (const { key: name, value } of node.items) {
    const text = isScalar(name) && readScalar(value, `"${key}"`, lines)
    if (text) fields.set(String(name.value), text)
  }
  return { fields, line: lineOf(node.range, lines) }
}

function readScalar(node: unknown, what: string, lines: LineCounter): Value | undefined {
  if (node === undefined || node === null) return undefined
  if (isAlias(node))
    throw new Unusable(`The front matter's ${what} is an alias; write the text itself.`, lineOf(node.range, lines))
  if (!isScalar(node)) {
    const range = isMap(node) || isSeq(node) ? node.range : undefined
    throw new Unusable(`The front matter's ${what} should be text, and is a list or a map.`, lineOf(range, lines))
  }
  const text = String(node.value).trim()
  const isNull = node.type === 'PLAIN' && /^(?:|~|null)$/i.test(text)
  return isNull || text === '' ? undefined : { text, line: lineOf(node.range, lines) }
}

function lineOf(range: readonly number[] | null | undefined, lines: LineCounter): number {
  return range?.[0] === undefined ? 1 : lines.linePos(range[0]).line
}

import { Unusable } from '../../../errors.ts'
import { readHeader } from './header-matter.ts'
import { jsonMatter } from './json-matter.ts'
import type { Fields, Tree, Value } from './matter-tree.ts'
import { readToml } from './toml-matter.ts'
import { readYaml } from './yaml-matter.ts'

export type { Value } from './matter-tree.ts'

/** Characters. Its parsers' time and stack grow with nesting, and nesting with length. */
const longest = 20_000

/**
 * What stands at the top of a text, and the rest. Values are text; the line is the value's own. Of keys neither the letters' case counts nor
 * what joins their words: `lastMod`, `last_mod`. What systems keep their own keys in (`params`, `extra`, `taxonomies`) counts as the top.
 */
export interface FrontMatter {
  /** The text of a key with one value; undefined where it is missing or empty. Throws `Unusable` for a list or map. */
  text: (key: string) => Value | undefined
  /** The entries of a key with a list; one value is a list of itself. */
  list: (key: string) => Entry[]
  /** As `list`, of the first of these keys that has any: what could not be read tells nothing. For keys that are nobody's promise. */
  found: (...keys: string[]) => Entry[]
  /** The line of a key, counted from 1; undefined where it is missing. */
  lineOf: (key: string) => number | undefined
  /** All keys as written. */
  keys: string[]
  body: string
  warning?: string
}

/** An entry of a list: a text, or a map of texts. */
export type Entry = Value | { fields: Map<string, Value>; line: number }

const fences: Readonly<Record<string, RegExp>> = {
  '---': /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/,
  '+++': /\n\+\+\+[ \t]*(?:\n|$)/,
}

export function hasFrontMatter(text: string): boolean {
  return fenceOf(text) !== undefined || jsonMatter(text) !== undefined || readHeader(text) !== undefined
}

/** `---` (YAML) or `+++` (TOML) on the first line, or below empty ones where a key follows. */
function fenceOf(text: string): string | undefined {
  const start = text.slice(0, 2_000)
  return (
    /^(---|\+{3})[ \t]*(?:\n|$)/.exec(start)?.[1] ??
    /^\s{1,40}(?<=\n)(---|\+{3})[ \t]*\n(?:#.*\n|[ \t]*\n){0,20}["\w-]{1,60}[ \t]{0,20}[:=]/.exec(start)?.[1]
  )
}

/** YAML, TOML, JSON, or lines of `Key: value`. Throws `Unusable`, with the line, where it is none of them or never ends. */
export function readFrontMatter(text: string): FrontMatter {
  const fence = fenceOf(text)
  if (fence !== undefined) return fenced(text, fence)
  const json = jsonMatter(text)
  if (json) return { ...reader(json.root), body: json.body }
  const header = readHeader(text)
  if (!header) return { ...reader({ fields: new Map(), line: 1 }), body: text }
  if (header.yaml === undefined) return { ...reader(header.root), body: header.body }
  const { root, warning } = readYaml(header.yaml, 1)
  return { ...reader(root), body: header.body, ...(warning !== undefined && { warning }) }
}

function fenced(written: string, fence: string): FrontMatter {
  const text = written.trimStart()
  const above = written.slice(0, written.length - text.length)
  const firstLine = above.split('\n').length
  const end = fences[fence]!.exec(text)
  if (!end) throw new Unusable(`The front matter that begins with "${fence}" never ends.`, firstLine)
  // From the line break of the opening fence: so the lines that a parser counts are those of the file.
  const inside = text.slice(text.indexOf('\n'), Math.max(end.index, text.indexOf('\n')))
  if (inside.length > longest) throw new Unusable(`The front matter is longer than ${longest} characters.`, firstLine)
  const body = text.slice(end.index + end[0].length)
  if (fence === '+++') return { ...reader(readToml(above + inside)), body }
  const { root, warning } = readYaml(inside, firstLine)
  return { ...reader(root), body, ...(warning !== undefined && { warning }) }
}

/** Maps that hold what a system does not know itself: Hugo, Zola. */
const drawers = ['params', 'extra', 'taxonomies']

function reader({ fields }: Fields): Omit<FrontMatter, 'body'> {
  const byName = new Map<string, Tree>()
  const add = (from: ReadonlyMap<string, Tree>) => {
    for (const [key, tree] of from) {
      const name = folded(key)
      if (key === name || !byName.has(name)) byName.set(name, tree)
    }
  }
  add(fields)
  for (const drawer of drawers) {
    const tree = byName.get(drawer)
    if (tree && 'fields' in tree) add(new Map([...tree.fields].filter(([key]) => !byName.has(folded(key)))))
  }
  const entriesAt = (key: string): Tree[] => {
    const tree = byName.get(folded(key))
    if (tree === undefined) return []
    return 'items' in tree ? tree.items : [tree]
  }
  return {
    text: key => valueOf(byName.get(folded(key)), key),
    list: key => entriesAt(key).flatMap(entry => entryOf(entry, key) ?? []),
    found: (...keys) =>
      keys
        .map(key => entriesAt(key).flatMap(entry => (isPlain(entry) ? (entryOf(entry, key) ?? []) : [])))
        .find(({ length }) => length > 0) ?? [],
    lineOf: key => byName.get(folded(key))?.line,
    keys: [...fields.keys()],
  }
}

function folded(key: string): string {
  return key.toLowerCase().replace(/[-_ ]/g, '')
}

function isPlain(tree: Tree): boolean {
  return 'text' in tree || ('fields' in tree && [...tree.fields.values()].every(value => 'text' in value))
}

function entryOf(tree: Tree, key: string): Entry | undefined {
  if (!('fields' in tree)) return valueOf(tree, key)
  const fields = new Map<string, Value>()
  for (const [name, value] of tree.fields) {
    const text = valueOf(value, key)
    if (text) fields.set(name, text)
  }
  return { fields, line: tree.line }
}

function valueOf(tree: Tree | undefined, key: string): Value | undefined {
  if (tree === undefined) return undefined
  if ('text' in tree) return tree.text === '' ? undefined : tree
  const what = 'refused' in tree ? `is ${tree.refused}` : 'should be text, and is a list or a map'
  throw new Unusable(`The front matter's "${key}" ${what}.`, tree.line)
}

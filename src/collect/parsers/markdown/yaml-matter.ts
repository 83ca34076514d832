import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document } from 'yaml'
import { Unusable } from '../../../errors.ts'
import { deepest, type Fields, type Tree } from './matter-tree.ts'
import { asMeant } from './yaml-as-meant.ts'

/** Front matter in YAML, and what was read in spite of a fault. */
export interface YamlMatter {
  root: Fields
  warning?: string
}

/**
 * The keys and values of YAML, whose first line is `firstLine` of the file. What is no YAML but meant in one way only (a colon in a title
 * without quotes) is read so, with a warning. Throws `Unusable`, with the line, for what is not.
 */
export function readYaml(yaml: string, firstLine: number): YamlMatter {
  const lines = new LineCounter()
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1
  const document = parse(yaml, lines)
  const [fault] = document.errors
  if (!fault) return { root: rootOf(document, lineAt, firstLine) }
  const where = lineAt(fault.pos[0])
  const refusal = new Unusable(
    `The front matter is not YAML: ${fault.message}${hintOn(yaml, where - firstLine)}`,
    where,
  )
  const meant = asMeant(yaml)
  if (meant === undefined) throw refusal
  const again = new LineCounter()
  const repaired = parse(meant, again)
  if (repaired.errors.length > 0) throw refusal
  const root = rootOf(repaired, offset => again.linePos(offset).line + firstLine - 1, firstLine)
  return {
    root,
    warning: `Line ${where} of the front matter is not YAML, and was read as it is meant: it needs quotes.`,
  }
}

function hintOn(yaml: string, index: number): string {
  const line = yaml.split('\n')[index] ?? ''
  return /^[\w-]+: .*: /.test(line.slice(0, 1_000)) ? ' (a value with ": " in it needs quotes)' : ''
}

/** Everything is text here: `id: 007` and `title: 1984` stay as they are, and no tag makes an object. */
function parse(yaml: string, lines: LineCounter): Document {
  try {
    return parseDocument(yaml, {
      schema: 'failsafe',
      lineCounter: lines,
      prettyErrors: false,
      logLevel: 'silent',
      // A key that comes twice is looked at below: its parsers differ on which of them counts.
      uniqueKeys: false,
    })
  } catch (cause) {
    // Its parser calls itself for every level.
    if (cause instanceof RangeError) throw new Unusable('The front matter is nested too deep.', 1)
    throw cause
  }
}

function rootOf(document: Document, lineAt: (offset: number) => number, firstLine: number): Fields {
  const root = document.contents
  if (root === null || (isScalar(root) && root.source === '')) return { fields: new Map(), line: firstLine }
  if (!isMap(root)) {
    const at = isScalar(root) || isSeq(root) ? root.range?.[0] : undefined
    throw new Unusable('The front matter is not a list of keys and values.', at === undefined ? firstLine : lineAt(at))
  }
  return treeOf(root, lineAt, 0) as Fields
}

function treeOf(node: unknown, lineAt: (offset: number) => number, depth: number): Tree {
  const range = isScalar(node) || isMap(node) || isSeq(node) || isAlias(node) ? node.range : undefined
  const line = range?.[0] === undefined ? 1 : lineAt(range[0])
  if (isAlias(node)) return { refused: 'an alias; write the text itself', line }
  if (depth > deepest) return { refused: 'nested too deep', line }
  if (isSeq(node)) return { items: node.items.map(item => treeOf(item, lineAt, depth + 1)), line }
  if (!isMap(node)) return { text: textOf(node), line }
  const fields = new Map<string, Tree>()
  for (const { key, value } of node.items) {
    if (!isScalar(key)) continue
    const name = String(key.value)
    const tree = treeOf(value, lineAt, depth + 1)
    fields.set(name, fields.has(name) ? twice(fields.get(name)!, tree) : tree)
  }
  return { fields, line }
}

/** What a key says that comes twice: the same, or nothing that could be told from the other. */
function twice(first: Tree, second: Tree): Tree {
  return saidBy(first) === saidBy(second) ? first : { refused: 'written twice, in different words', line: second.line }
}

function saidBy(tree: Tree): string {
  return JSON.stringify(tree, (name, value: unknown) => {
    if (name === 'line') return undefined
    return value instanceof Map ? [...(value as ReadonlyMap<string, Tree>)] : value
  })
}

function textOf(node: unknown): string {
  if (!isScalar(node)) return ''
  const text = String(node.value).trim()
  return node.type === 'PLAIN' && /^(?:~|null)$/i.test(text) ? '' : text
}

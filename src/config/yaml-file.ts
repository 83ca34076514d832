import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from 'yaml'
import type { Fault } from '../errors.ts'
import { readText } from './read-text.ts'

/** Where something stands in a YAML file: keys of mappings, indices of lists. */
export type Path = readonly PropertyKey[]

/** Where a fault is, before it is known what it is. Lines and columns are counted from 1. */
export type Place = Omit<Fault, 'message'>

/** A YAML file with one document: its values as plain data, and the place of each. */
export interface YamlFile {
  file: string
  value: unknown
  /** The value at `path`, undefined where nothing stands. */
  get: (path: Path) => unknown
  /** The place of the value at `path`; where nothing stands, that of the nearest mapping or list around it. */
  placeOf: (path: Path) => Place
  /** The place of the key at the end of `path`. */
  placeOfKey: (path: Path) => Place
}

/** How often anchors may be repeated through aliases, all in all: shared settings pass, a bomb does not. */
const maxAliasCount = 100

/**
 * Reads one YAML 1.2 file. What is wrong with it goes to `faults`, with places in `file`, the path as the operator would type it.
 * Undefined when nothing in it can be relied on.
 */
export function readYamlFile(path: string, file: string, faults: Fault[]): YamlFile | undefined {
  const text = readText(path, file, faults)
  if (text === undefined) return undefined
  const lines = new LineCounter()
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    logLevel: 'error',
  })
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { file, line, column: col }
  }
  const troubles = [...document.errors, ...document.warnings].toSorted((a, b) => a.pos[0] - b.pos[0])
  for (const trouble of firstOfEachLine(troubles, lines))
    faults.push({ ...placeAt(trouble.pos[0]), message: describeTrouble(trouble, text) })
  // A key that stands twice spoils nothing else, so that the rest is looked at too.
  if (troubles.some(trouble => trouble.code !== 'DUPLICATE_KEY')) return undefined
  const value = toValue(document, placeAt, faults)
  return value && { file, ...value, ...placesIn(document, placeAt, value.value) }
}

/** One slip makes the parser stumble several times in its line. */
function firstOfEachLine(troubles: readonly YAMLError[], lines: LineCounter): YAMLError[] {
  const byLine = new Map<number, YAMLError>()
  for (const trouble of troubles) {
    const { line } = lines.linePos(trouble.pos[0])
    if (!byLine.has(line)) byLine.set(line, trouble)
  }
  return [...byLine.values()]
}

function describeTrouble({ code, message, pos }: YAMLError, text: string): string {
  if (code === 'DUPLICATE_KEY') {
    const key = /^[^\s:]+/.exec(text.slice(pos[0], pos[0] + 60))?.[0]
    return `the key ${key === undefined ? '' : `"${key}" `}stands twice in one mapping: keep one of them`
  }
  if (code === 'TAB_AS_INDENT') return 'a tab cannot indent in YAML: write spaces'
  if (code === 'MULTIPLE_DOCS')
    return 'a second document begins here: expected one, so delete this "---" and what follows'
  // After a colon the parser quotes what it found: it may be a secret.
  const reason = message.replace(/(\w): [^]*/, '$1')
  return `not YAML: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`
}

function toValue(document: Document, placeAt: PlaceAt, faults: Fault[]): { value: unknown } | undefined {
  if (!isMap(document.contents)) {
    const place = placeAt(document.contents?.range?.[0] ?? 0)
    const found = isSeq(document.contents) ? 'a list' : isScalar(document.contents) ? 'one value' : 'nothing'
    faults.push({ ...place, message: `expected a mapping (key: value, one each line), found ${found}` })
    return undefined
  }
  try {
    return { value: document.toJS({ maxAliasCount }) }
  } catch {
    faults.push(aliasFault(document, placeAt))
    return undefined
  }
}

/** Only aliases make valid YAML fail to become data: one without its anchor, or far too many. */
function aliasFault(document: Document, placeAt: PlaceAt): Fault {
  const anchors = new Set<string>()
  let last = 0
  let hasAnchor = true
  visit(document, {
    Node: (_, node) => {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor)
        return undefined
      }
      last = node.range?.[0] ?? 0
      hasAnchor = anchors.has(node.source)
      return hasAnchor ? undefined : visit.BREAK
    },
  })
  // Without its name: it may be a value, perhaps a secret, that lacks its quotes.
  const message = hasAnchor
    ? `aliases repeat too much by here: at most ${maxAliasCount} repetitions are followed`
    : 'a value that begins with * is an alias, and this one has no anchor before it: write a text in quotes'
  return { ...placeAt(last), message }
}

type PlaceAt = (offset: number) => Place

function placesIn(document: Document, placeAt: PlaceAt, value: unknown): Omit<YamlFile, 'file' | 'value'> {
  const find = (path: Path, lookForKey: boolean): number => {
    let node = document.contents
    let offset = start(node) ?? 0
    for (const [depth, part] of path.entries()) {
      if (isAlias(node)) node = node.resolve(document) ?? null
      const { key, value: next } = childOf(node, part)
      if (lookForKey && depth === path.length - 1) return start(key) ?? offset
      offset = start(next) ?? start(key) ?? offset
      node = next ?? null
    }
    return offset
  }
  return {
    get: path => path.reduce<unknown>((inner, part) => childOfData(inner, part), value),
    placeOf: path => placeAt(find(path, false)),
    placeOfKey: path => placeAt(find(path, true)),
  }
}

const start = (node: Node | null | undefined): number | undefined => node?.range?.[0]

function childOf(node: Node | null, part: PropertyKey): { key?: Node; value?: Node } {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === part)
    return {
      ...(isNode(pair?.key) && { key: pair.key }),
      ...(isNode(pair?.value) && { value: pair.value }),
    }
  }
  const item = isSeq(node) && typeof part === 'number' ? node.items[part] : undefined
  return isNode(item) ? { value: item } : {}
}

function childOfData(value: unknown, part: PropertyKey): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, part)
    ? Reflect.get(value, part)
    : undefined
}

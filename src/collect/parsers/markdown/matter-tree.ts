/** What front matter says, whatever its syntax: every value is text, as it was written. */
export type Tree = Value | List | Fields | Refused

export interface Value {
  text: string
  /** Counted from 1, in the whole text. */
  line: number
}

export interface List {
  items: Tree[]
  line: number
}

/** The first of a key counts. */
export interface Fields {
  fields: Map<string, Tree>
  line: number
}

/** Something that stands for another, or is nested too deep: what it is, for whoever asks for it. */
export interface Refused {
  refused: string
  line: number
}

/** Levels of lists and maps. */
export const deepest = 20

/** Data as JSON has it, all of it on one line. */
export function treeOfData(data: unknown, line: number, depth = 0): Tree {
  if (depth > deepest) return { refused: 'nested too deep', line }
  if (Array.isArray(data)) return { items: data.map(each => treeOfData(each, line, depth + 1)), line }
  if (typeof data === 'string' || typeof data === 'number' || typeof data === 'boolean') {
    return { text: String(data).trim(), line }
  }
  if (typeof data !== 'object' || data === null) return { text: '', line }
  const entries = Object.entries(data).map(([key, value]) => [key, treeOfData(value, line, depth + 1)] as const)
  return { fields: new Map(entries), line }
}

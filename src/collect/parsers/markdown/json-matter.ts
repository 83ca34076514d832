import { treeOfData, type Fields } from './matter-tree.ts'

/** Characters. */
const longest = 20_000

/**
 * Front matter in JSON, as Hugo has it: an object on lines of its own at the top, and a text below. Undefined for any other text: an object
 * with nothing below, or with another, is a document in JSON.
 */
export function jsonMatter(text: string): { root: Fields; body: string } | undefined {
  if (!/^\{\s*(?:"|\n)/.test(text)) return undefined
  const end = endOfObject(text.slice(0, longest))
  if (end < 0 || !/^[ \t]*\n\s*(?!\{\s*")\S/.test(text.slice(end, end + 1_000))) return undefined
  try {
    const data: unknown = JSON.parse(text.slice(0, end))
    const body = text.slice(text.indexOf('\n', end) + 1)
    return { root: treeOfData(data, 1) as Fields, body }
  } catch {
    return undefined
  }
}

/** Behind the bracket that closes the first; -1 where none does. */
function endOfObject(text: string): number {
  let depth = 0
  for (const { 0: sign, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/g)) {
    if (sign === '{') depth++
    else if (sign === '}' && --depth === 0) return index + 1
  }
  return -1
}

import { sentenceEnd } from '../paragraphs.ts'

/** A line without white space at its ends; `number` counts from 1. */
export interface Line {
  text: string
  number: number
}

/** Too long for a label, and ends as a sentence does. */
export function isProse(text: string): boolean {
  return text.length > 200 || (text.length > 60 && sentenceEnd.test(text.slice(-8)))
}

const wide = /[\u1100-\u{3ffff}]/gu

/** Short, a few words, and not a sentence. Characters of double width (Chinese, Korean) count twice. */
export function isLabel(text = ''): boolean {
  if (text === '' || text.length > 40 || '.!?…:;,。！？؟۔'.includes(text.charAt(text.length - 1))) return false
  return (text.length <= 20 || text.length + (text.match(wide)?.length ?? 0) <= 40) && text.split(' ').length <= 6
}

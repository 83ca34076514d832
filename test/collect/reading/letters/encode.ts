import { codingOf } from '../../../../src/collect/reading/letters/codings.ts'

const tables = new Map<string, Map<string, number[]>>()

/** The text in a coding, by what its decoder makes of each byte and pair of bytes. Throws for what it does not have. */
export function encode(text: string, coding: string): Buffer {
  const table = tables.get(coding) ?? tableOf(coding)
  tables.set(coding, table)
  const decomposed = coding === 'windows-1258' ? withMarksOfTone(text) : text
  const bytes = Array.from(decomposed).flatMap(character => {
    const found = table.get(character)
    if (found === undefined) throw new Error(`${coding} has no ${character}`)
    return found
  })
  return Buffer.from(bytes)
}

/** Windows-1258 writes the marks of tone behind the letter, and keeps those of the vowel in it. */
function withMarksOfTone(text: string): string {
  return text
    .normalize('NFD')
    .replace(
      /(\p{L})([\u0302\u0306\u031b]?)([\u0300\u0301\u0303\u0309\u0323])?([\u0302\u0306\u031b]?)/gu,
      (_, letter: string, vowel: string, tone = '', later: string) =>
        `${(letter + vowel + later).normalize('NFC')}${tone}`,
    )
}

function tableOf(coding: string): Map<string, number[]> {
  const { read } = codingOf(coding)!
  const table = new Map<string, number[]>()
  const keep = (bytes: number[]) => {
    const character = read(Uint8Array.from(bytes))
    if (character && Array.from(character).length === 1 && !table.has(character)) table.set(character, bytes)
  }
  // ISO's codings have control characters there.
  const skipped = (byte: number) => coding.startsWith('iso-8859-') && byte >= 0x80 && byte < 0xa0
  for (let byte = 0; byte < 256; byte++) if (!skipped(byte)) keep([byte])
  if (table.size < 150 || coding === 'shift_jis') {
    for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) keep([lead, trail])
  }
  return table
}

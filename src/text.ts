import { Unusable } from './errors.ts'

/** UTF-16 units. No printed line comes near it; it keeps every step after this one bounded. */
const longestLine = 1_000_000

// What XML 1.0 (2.2) forbids or discourages; format characters, which Arabic and Indic scripts need, stay.
const forbidden = /(?![\t\n])[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\uFEFF]/gu
// Where this finds nothing the other will not either; it takes a quarter of the time.
const suspicious = /[^\t\n -~\u00a0-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd]/
// UAX #15, 13: no language piles up more than 30, and putting an endless pile in order takes quadratic time.
const piledMarks = /(\p{M}{30})\p{M}+/gu
// Thirty characters from outside the blocks that hold no marks: a quicker look again.
const perhapsPiled = /[^\s -\u02ff\u3040-\u3096\u30a0-\ua000\uac00-\ud7a3]{30}/
// Most dumps: told in one pass.
const plain = /^[\t\n -~]*$/

/**
 * Text as everything behind the decoder may rely on: lines end with LF; no character that XML 1.0 forbids; Unicode NFC,
 * but for addresses, which stay byte for byte since a server may know only the other form.
 */
export function cleanText(text: string): string {
  if (isPlain(text)) return text
  const cleaned = withoutForbidden(text.replace(/\r\n?|\u0085/g, '\n'))
  return cleaned
    .split(/(\bhttps?:\/\/\S*)/i)
    .map((part, index) => (index % 2 === 0 ? composed(part) : part))
    .join('')
}

/** Is there nothing to clean: ASCII alone, without control characters but tab and LF? */
export function isPlain(text: string): boolean {
  return plain.test(text)
}

/** The text without control characters (tab and LF stay), lone surrogates, noncharacters and byte-order marks. */
export function withoutForbidden(text: string): string {
  return suspicious.test(text) ? text.replace(forbidden, '') : text
}

/** Unicode NFC, in linear time. */
export function composed(text: string): string {
  return (perhapsPiled.test(text) ? text.replace(piledMarks, '$1') : text).normalize('NFC')
}

/** Clean text on one line: white space folded, none at the ends. */
export function oneLine(text: string): string {
  return cleanText(text).replace(/\s+/g, ' ').trim()
}

/** For comparing names: letters' case, white space and composition do not count. */
export function fold(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim().toLowerCase()
}

/** The lines of clean text, without white space at their ends. Throws `Unusable` at one over a million characters. */
export function linesOf(text: string): string[] {
  return text.split('\n').map((line, index) => {
    if (line.length > longestLine) throw new Unusable('A line is longer than 1,000,000 characters.', index + 1)
    return line.trim()
  })
}

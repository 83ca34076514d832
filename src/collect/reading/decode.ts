import { isAscii, isUtf8 } from 'node:buffer'
import { Unusable } from '../../errors.ts'
import { cleanText, isPlain } from '../../text.ts'
import { codingOf, type Coding } from './letters/codings.ts'
import { joinSurrogates, mendUtf8 } from './letters/damaged.ts'
import { declaredCoding } from './letters/declared.ts'
import { guessCoding, type Guess } from './letters/guess.ts'

/** What is said of bytes from outside. */
export interface Said {
  /** The charset of the HTTP header that they came with. */
  charset?: string | undefined
  /** BCP 47: what language they may be in. */
  language?: string | undefined
}

/** Bytes as text. */
export interface Decoded {
  text: string
  /** By WHATWG's name. */
  coding: string
  /** What told the coding. */
  by: 'a mark' | 'the HTTP header' | 'its declaration' | 'its letters'
  /** What was read in spite of a fault. */
  warnings: string[]
}

/**
 * The text of stored bytes, cleaned (`cleanText`): by a byte-order mark, as UTF-8 where they are valid or but for a few bytes,
 * by the HTTP header, as an XML document or a page declares, else by its letters where no doubt is left. Throws `Unusable` for
 * anything else; linear time. (RFC 7303, 3, and HTML, 13.2.3: but UTF-8 shows itself, and who transcodes forgets to declare it.)
 */
export function decode(bytes: Buffer, said: Said = {}): Decoded {
  const decoded = decodeBytes(bytes, said)
  const { text } = decoded
  if (isPlain(text) && /\S/.test(text)) return decoded
  if (isBinary(text)) throw new Unusable('The file is not text: it is full of control characters.')
  const cleaned = cleanText(text)
  if (cleaned.trim() === '') throw new Unusable('The file is empty.')
  return { ...decoded, text: cleaned }
}

const byItself = (coding: string, text: string): Decoded => ({ coding, text, by: 'its letters', warnings: [] })

function decodeBytes(bytes: Buffer, said: Said): Decoded {
  // A mark decides; its decoder replaces lone surrogates and half characters.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return marked('utf-16le', bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return marked('utf-16be', bytes)
  const wide = readUnmarkedUtf16(bytes)
  if (wide !== undefined) return wide
  if (isAscii(bytes)) return readEscapes(bytes) ?? byItself('utf-8', bytes.toString('latin1'))
  if (isUtf8(bytes)) return byItself('utf-8', bytes.toString('utf8'))
  const joined = joinSurrogates(bytes)
  if (isUtf8(joined)) return byItself('utf-8', joined.toString('utf8'))
  return readLegacy(bytes, said)
}

function marked(coding: string, bytes: Buffer): Decoded {
  return { coding, text: new TextDecoder(coding).decode(bytes), by: 'a mark', warnings: [] }
}

/** ISO 2022-JP is made of ASCII's bytes: its escapes tell it (RFC 1468). */
function readEscapes(bytes: Buffer): Decoded | undefined {
  if (!bytes.includes('\x1b$')) return undefined
  const text = codingOf('iso-2022-jp')?.read(bytes)
  if (text === undefined)
    throw new Unusable('The file’s coding (ISO 2022) is none that is read here: store it as UTF-8.')
  return byItself('iso-2022-jp', text)
}

/** Half of the bytes of any text's spaces, digits and line ends are zeros there, and always the same half. */
function readUnmarkedUtf16(bytes: Buffer): Decoded | undefined {
  const beginning = bytes.subarray(0, 4096)
  if (bytes.length % 2 === 1 || !beginning.includes(0)) return undefined
  const zeros: [even: number, odd: number] = [0, 0]
  for (const [at, byte] of beginning.entries()) if (byte === 0) zeros[at % 2 === 0 ? 0 : 1]++
  if (Math.min(...zeros) > 0 || Math.max(...zeros) < beginning.length / 40) return undefined
  const coding = codingOf(zeros[0] > 0 ? 'utf-16be' : 'utf-16le')
  const text = coding?.read(bytes)
  return coding === undefined || text === undefined || isBinary(text) ? undefined : byItself(coding.name, text)
}

/** A coding that was told, and what these bytes are in it. */
interface Claim {
  coding: string
  by: Decoded['by']
  text: string | undefined
}

/** Neither ASCII nor UTF-8 nor UTF-16. */
function readLegacy(bytes: Buffer, said: Said): Decoded {
  const claims = claimsOf(bytes, said)
  const mended = mendUtf8(
    bytes,
    claims.some(({ coding }) => coding === 'utf-8'),
  )
  if (mended !== undefined) {
    const warning = `The file is UTF-8 but for ${mended.lost === 1 ? 'a damaged byte' : `${mended.lost} damaged bytes`}.`
    return { ...byItself('utf-8', mended.text), warnings: [warning] }
  }
  const possible = claims.filter(({ text }) => text !== undefined)
  const languages = [languageOf(bytes), said.language].filter(language => language !== undefined)
  // Servers and templates say Latin-1 of whatever they send: what else is said, or the letters, have a better word.
  const sure = possible.filter(({ coding }) => coding !== 'windows-1252')
  if (sure.length === 1 && sure.length === possible.length) return byClaim(sure[0]!)
  const guess = guessCoding(bytes, languages, sure.length > 0 ? possible.map(({ coding }) => coding) : undefined)
  const told = possible.find(({ coding }) => coding === guess.coding) ?? (guess.coding ? undefined : possible[0])
  return told ? byClaim(told) : byLetters(bytes, guess, claims[0])
}

function byClaim({ coding, by, text = '' }: Claim): Decoded {
  return { coding, by, text, warnings: [] }
}

/** In the order in which they count. What says UTF-16 in bytes that read as ASCII means UTF-8 (HTML, 13.2.3.3). */
function claimsOf(bytes: Buffer, { charset }: Said): Claim[] {
  const labels: [string | undefined, Decoded['by']][] = [
    [charset, 'the HTTP header'],
    [declaredCoding(bytes), 'its declaration'],
  ]
  return labels.flatMap(([label, by]) => {
    const coding: Coding | undefined = label === undefined ? undefined : codingOf(label)
    if (coding === undefined) return []
    const name = coding.name.startsWith('utf-16') ? 'utf-8' : coding.name
    return { coding: name, by, text: name === 'utf-8' ? undefined : coding.read(bytes) }
  })
}

function byLetters(bytes: Buffer, { coding, doubt }: Guess, claim?: Claim): Decoded {
  const text = coding === undefined ? undefined : codingOf(coding)?.read(bytes)
  if (coding === undefined || text === undefined) {
    const why = coding === undefined ? doubt : `it looks like ${coding}, but holds bytes that this does not define`
    throw new Unusable(`The file is not UTF-8, and its coding cannot be told: ${why}. Store it as UTF-8.`)
  }
  const warning = claim
    ? `The file is said to be ${claim.coding}, and cannot be: read as ${coding}, by its letters.`
    : `The file does not say its coding: read as ${coding}, by its letters.`
  return { ...byItself(coding, text), warnings: coding === 'windows-1252' && !claim ? [] : [warning] }
}

/** As an element at the beginning of markup says. */
function languageOf(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 4096).trimStart()
  return beginning.startsWith('<') ? /\s(?:xml:)?lang\s?=\s?["']?([a-z]{2,3})\b/i.exec(beginning)?.[1] : undefined
}

/** A few stray control characters are cleaned away; a file made of them is a picture or a program. */
function isBinary(text: string): boolean {
  const strays = text.match(/[^\t-\r -\uffff]/g)?.length ?? 0
  return strays > 16 + text.length / 100
}

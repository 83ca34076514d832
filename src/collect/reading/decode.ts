import { isAscii, isUtf8 } from 'node:buffer'
import { Unusable } from '../../errors.ts'
import { cleanText, isPlain } from '../../text.ts'

/**
 * The text of stored bytes, cleaned (`cleanText`): by its byte-order mark, else as strict UTF-8, else as an XML document or a page
 * declares, else as Windows-1252 where that can be told. Throws `Unusable` for anything else; linear time.
 */
export function decode(bytes: Buffer): string {
  const text = decodeBytes(bytes)
  if (isPlain(text) && /\S/.test(text)) return text
  if (isBinary(text)) throw new Unusable('The file is not text: it is full of control characters.')
  const cleaned = cleanText(text)
  if (cleaned.trim() === '') throw new Unusable('The file is empty.')
  return cleaned
}

function decodeBytes(bytes: Buffer): string {
  // A mark decides; its decoder replaces lone surrogates and half characters.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  if (isAscii(bytes)) return bytes.toString('latin1')
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const mended = joinSurrogates(bytes)
  if (isUtf8(mended)) return mended.toString('utf8')
  return decodeDeclared(bytes) ?? decodeWindows1252(bytes.toString('latin1'))
}

/** Some databases encode each half of a pair by itself (CESU-8, UTR #26), and half a pair where they cut a text: that one goes. */
function joinSurrogates(bytes: Buffer): Buffer {
  const joined = bytes.toString('latin1').replace(/(?:\xed[\xa0-\xbf][\x80-\xbf]){1,2}/g, halves => {
    const units = Array.from(halves.matchAll(/\xed(.)(.)/g), ([, high = '', low = '']) =>
      String.fromCharCode(0xd000 + ((high.charCodeAt(0) & 0x3f) << 6) + (low.charCodeAt(0) & 0x3f)),
    )
    return Buffer.from(units.join('').replace(/\p{Cs}/gu, '')).toString('latin1')
  })
  return Buffer.from(joined, 'latin1')
}

// XML 1.0, 4.3.3; HTML, 13.2.3.2, looks at the first 1024 bytes too.
const declarations = [
  /^<\?xml\s[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']/i,
  /<meta\s[^>]{0,200}?\bcharset\s{0,9}=\s{0,9}["']?([\w.:-]{1,40})/i,
]

/** Undefined where nothing is declared, what is declared cannot be true, or it is Windows-1252, which is told by content. */
function decodeDeclared(bytes: Buffer): string | undefined {
  const beginning = bytes.toString('latin1', 0, 1024).trimStart()
  const declared = declarations.map(form => form.exec(beginning)?.[1]).find(label => label !== undefined)
  if (declared === undefined || !beginning.startsWith('<')) return undefined
  try {
    const decoder = new TextDecoder(declared, { fatal: true })
    return /^(?:windows-1252|utf-)/.test(decoder.encoding) ? undefined : decoder.decode(bytes)
  } catch (error) {
    // An unknown name, or bytes that this coding does not have.
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

/** A few stray control characters are cleaned away; a file made of them is a picture or a program. */
function isBinary(text: string): boolean {
  const strays = text.match(/[^\t-\r -\uffff]/g)?.length ?? 0
  return strays > 16 + text.length / 100
}

// Node's own decoder leaves 80 to 9F as control characters (20.20).
const upperRow = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'

const refusals: readonly (readonly [RegExp, string])[] = [
  [/[\x81\x8d\x8f\x90\x9d]|[^\t-\r -~\x80-\xff]/, 'it holds bytes that Windows-1252 does not define'],
  // Words of Cyrillic, Greek, Chinese or Korean in their old codings: no Latin script sets four accents in a row.
  [/(?!(.)\1\1\1)[\x80-\x84\x86-\x90\x98-\x9f\xa1-\xaa\xac-\xba\xbc-\xff]{4}/, 'its letters look like another script'],
  // Letters in Windows-1250 and ISO 8859-2 (Polish, Czech), signs in Windows-1252, where they stand beside words.
  [
    /[a-z][\xa1\xa3\xa5\xa6\xa9\xac\xae\xaf\xb1\xb3\xb5\xb6\xb8\xb9\xbc\xbe\xbf]+[a-z]/i,
    'signs stand inside its words',
  ],
]

function decodeWindows1252(text: string): string {
  const refusal = damagedUtf8(text) ? 'it looks like damaged UTF-8' : refusals.find(([sign]) => sign.test(text))?.[1]
  if (refusal !== undefined) throw new Unusable(`The file is not UTF-8, and its coding cannot be told: ${refusal}.`)
  return text.replace(/[\x80-\x9f]/g, byte => upperRow.charAt(byte.charCodeAt(0) - 0x80))
}

/** Do most of its bytes above 7F form UTF-8 sequences? In Windows-1252 such pairs ("Ã©") hardly ever stand. */
function damagedUtf8(text: string): boolean {
  const high = text.match(/[\x80-\xff]/g)?.length ?? 0
  const sequences = text.match(/[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}/g) ?? []
  return sequences.reduce((sum, sequence) => sum + sequence.length, 0) * 2 > high
}

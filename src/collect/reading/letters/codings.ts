/** One way in which letters are written as bytes. */
export interface Coding {
  /** As WHATWG's Encoding Standard calls it, in small letters. */
  name: string
  /** The text; undefined where these bytes cannot be in this coding. Linear time. */
  read: (bytes: Uint8Array) => string | undefined
}

/** Numbers of Windows' code pages, and IBM's, beside those that WHATWG knows. */
const pages: ReadonlyMap<number, string> = new Map([
  [866, 'ibm866'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gb18030'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [10_000, 'macintosh'],
  [10_007, 'x-mac-cyrillic'],
  [20_866, 'koi8-r'],
  [21_866, 'koi8-u'],
  [50_220, 'iso-2022-jp'],
  [51_932, 'euc-jp'],
  [51_949, 'euc-kr'],
  [54_936, 'gb18030'],
  [65_001, 'utf-8'],
])

/** Spellings that WHATWG leaves out, without their marks. */
const spellings: ReadonlyMap<string, string> = new Map([
  ['big5eten', 'big5'],
  ['eucjp', 'euc-jp'],
  ['euckr', 'euc-kr'],
  ['euccn', 'gb18030'],
  ['macroman', 'macintosh'],
  ['xmacroman', 'macintosh'],
  ['maccyrillic', 'x-mac-cyrillic'],
  ['shiftjis', 'shift_jis'],
  ['sjis', 'shift_jis'],
  ['tis620', 'windows-874'],
  ['uhc', 'euc-kr'],
  ['utf8mb4', 'utf-8'],
])

/** The coding of that name, by WHATWG's labels and what is written besides; undefined for none. */
export function codingOf(label: string): Coding | undefined {
  const name = nameOf(label)
  if (name === undefined) return undefined
  return { name, read: bytes => readAs(name, bytes) }
}

function nameOf(label: string): string | undefined {
  const written = label.trim().toLowerCase()
  const bare = written.replace(/[^a-z0-9]/g, '')
  const [, page] = /^(?:cp|ccsid|codepage|ibm|ms|win|windows|xcp)(\d{3,5})$/.exec(bare) ?? []
  const [, part] = /^(?:iso|latin|l)(?:8859)?(\d{1,2})$/.exec(bare) ?? []
  const guesses = [
    written,
    spellings.get(bare),
    page && (pages.get(Number(page)) ?? `windows-${page}`),
    part && (bare.startsWith('iso') ? `iso-8859-${part}` : `latin${part}`),
  ]
  if (bare === 'iso885916' || bare === 'latin10') return 'iso-8859-16'
  return guesses.map(guess => guess && standardName(guess)).find(name => name !== undefined)
}

/** By WHATWG's table. What is called GBK there is read as GB 18030, which holds it. */
function standardName(label: string): string | undefined {
  try {
    const { encoding } = new TextDecoder(label)
    return encoding === 'gbk' ? 'gb18030' : encoding
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

// Node's own decoder leaves 80 to 9F as control characters (20.20).
const row1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ'
// Node does not know ISO 8859-16 (20.20).
const upper16 =
  '\u00a0ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸżÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ'

/** Where ISO leaves 80 to 9F to control characters, texts that claim it are its Windows sibling's. */
const siblings: ReadonlyMap<string, string> = new Map([
  ['iso-8859-2', 'windows-1250'],
  ['iso-8859-6', 'windows-1256'],
  ['iso-8859-7', 'windows-1253'],
  ['iso-8859-8', 'windows-1255'],
  ['iso-8859-8-i', 'windows-1255'],
  ['iso-8859-13', 'windows-1257'],
])

function readAs(name: string, bytes: Uint8Array): string | undefined {
  if (name === 'windows-1252') return defined(withRow(latin1(bytes)))
  if (name === 'iso-8859-16')
    return defined(withRow(latin1(bytes).replace(/[\xa0-\xff]/g, byte => upper16.charAt(byte.charCodeAt(0) - 0xa0))))
  if (name === 'euc-kr') return defined(strictly('euc-kr', bytes)) ?? defined(readUnified(bytes))
  const text = strictly(name, bytes)
  if (text === undefined || !name.startsWith('iso-8859-')) return defined(text)
  const sibling = siblings.get(name)
  return defined(text) ?? (sibling === undefined ? defined(withRow(text)) : defined(strictly(sibling, bytes)))
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
}

function withRow(text: string): string {
  return text.replace(/[\x80-\x9f]/g, control => row1252.charAt(control.charCodeAt(0) - 0x80))
}

/** Node lets bytes that a coding leaves undefined through as control characters: no text has those, but for NEL. */
function defined(text: string | undefined): string | undefined {
  return text === undefined || /[\x80-\x84\x86-\x9f\ufffd]/.test(text) ? undefined : text
}

function strictly(name: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

let furtherSyllables: string[] | undefined

/**
 * WHATWG's EUC-KR is Microsoft's code page 949, of which Node knows KS X 1001 alone (20.20). The syllables beyond it stand in the
 * order of Unicode in the cells that KS X 1001 leaves free.
 */
function readUnified(bytes: Uint8Array): string | undefined {
  const decoder = new TextDecoder('euc-kr')
  let text = ''
  let from = 0
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!
    if (lead < 0x80) continue
    const cell = cellOf(lead, bytes[at + 1] ?? 0)
    if (cell !== undefined) {
      furtherSyllables ??= syllablesBeyond()
      text += decoder.decode(bytes.subarray(from, at)) + (furtherSyllables[cell] ?? '\ufffd')
      from = at + 2
    }
    at++
  }
  return text + decoder.decode(bytes.subarray(from))
}

/** Of a pair of bytes outside KS X 1001, its number among the free cells; undefined within. */
function cellOf(lead: number, trail: number): number | undefined {
  const column = columns.get(trail)
  if (column === undefined || lead < 0x81 || lead > 0xc6) return undefined
  if (lead <= 0xa0) return (lead - 0x81) * 178 + column
  // From A1 on the columns from A1 on are KS X 1001's.
  return column < 84 ? 32 * 178 + (lead - 0xa1) * 84 + column : undefined
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const columns = new Map(
  [...range(0x41, 0x5a), ...range(0x61, 0x7a), ...range(0x81, 0xfe)].map((byte, at) => [byte, at]),
)

function syllablesBeyond(): string[] {
  const cells = range(0xb0, 0xc8).flatMap(lead => range(0xa1, 0xfe).flatMap(trail => [lead, trail]))
  const known = new Set(new TextDecoder('euc-kr').decode(Uint8Array.from(cells)))
  return range(0xac00, 0xd7a3)
    .map(code => String.fromCharCode(code))
    .filter(syllable => !known.has(syllable))
}

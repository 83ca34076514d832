/** A piece of a line that may be a date. */
export interface Token {
  kind: 'number' | 'word' | 'mark'
  text: string
  /** What a number of Chinese, Japanese or Korean counts: `年`, `월`. */
  unit?: string
  /** Does white space stand before it? */
  isSpaced: boolean
  /** Where it begins and ends in the line. */
  start: number
  end: number
}

/** Not the first letter of a day's name: `26 월요일`, `26 日曜日`. */
const unit = '[年月日号號時时点點分秒년월일시분초](?!요|曜)'
const word = String.raw`[\p{L}\p{M}\u200c]+(?:[.'’׳״-][\p{L}\p{M}\u200c]+)*[.׳॰]?`
const piece = new RegExp(`(?<space> )?(?:(?<number>\\d+)(?: ?(?<unit>${unit}))?|(?<word>${word})|(?<mark>[^]))`, 'gu')

/** The pieces of a line: numbers, words with what joins them (`a.m.`, `quarta-feira`), and marks. Digits are ASCII, white space is folded. */
export function tokensOf(line: string): Token[] {
  const tokens: Token[] = []
  for (const { 0: whole, index, groups = {} } of line.matchAll(piece)) {
    const isSpaced = groups.space !== undefined
    const where = { isSpaced, start: isSpaced ? index + 1 : index, end: index + whole.length }
    if (groups.number !== undefined) {
      tokens.push({ kind: 'number', text: groups.number, ...where, ...(groups.unit && { unit: groups.unit }) })
    } else if (groups.word !== undefined) tokens.push({ kind: 'word', text: groups.word, ...where })
    else if (groups.mark !== ' ') tokens.push({ kind: 'mark', text: groups.mark ?? '', ...where })
  }
  return tokens
}

/** Marks that show nothing, but where letters run. */
const direction = /[\u200b\u200e\u200f\u061c\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu

/** The line with ASCII digits, one form of each character, and single spaces. */
export function plainLine(text: string): string {
  return withLatinDigits(text.replace(direction, '').normalize('NFKC')).replace(/\s+/g, ' ').replaceAll('−', '-').trim()
}

/** The same of a line whose places must stay: a character for each. */
export function plainAtPlaces(text: string): string {
  return withLatinDigits(text)
    .replace(direction, ' ')
    .replace(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/\s/g, ' ')
    .replaceAll('−', '-')
}

/** Zeros of the decimal digits that printed dates use besides ours: Arabic, Persian, Devanagari, Bengali, Thai, full width. */
const zeros = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50, 0xff10]

/** Has the text so many decimal digits? */
export function hasDigits(text: string, count: number): boolean {
  let found = 0
  for (let at = 0; at < text.length; at++) {
    if (isDigit(text.charCodeAt(at)) && ++found === count) return true
  }
  return false
}

export function beginsWithDigit(text: string): boolean {
  return text !== '' && isDigit(text.charCodeAt(0))
}

function isDigit(code: number): boolean {
  return code < 0x660 ? code >= 48 && code <= 57 : zeros.some(zero => code >= zero && code < zero + 10)
}

/** One character for one, so that places stay. */
export function withLatinDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹०-९০-৯๐-๙０-９]/g, digit => {
    const code = digit.charCodeAt(0)
    return String(code - (zeros.findLast(zero => zero <= code) ?? code))
  })
}

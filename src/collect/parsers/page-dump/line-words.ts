import { foldWord } from '../dates/date-words.ts'

/** The words of a line, folded; marks and emoji between them are left out. */
export function wordsIn(text: string): string[] {
  // Most lines: a quarter of the time.
  if (/^[ -~]*$/.test(text)) return (text.toLowerCase().match(/[a-z\d]+(?:['.-][a-z\d]+)*/g) ?? []).map(foldWord)
  return (text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}\u200c]+(?:['’.-][\p{L}\p{M}\p{N}]+)*/gu) ?? []).map(foldWord)
}

/** The first word of a line, folded: by it most lines are told from what is looked for. */
export function firstWordIn(text: string): string {
  if (text === latest.text) return latest.word
  const end = text.indexOf(' ')
  latest.word = wordIn(end < 0 ? text : text.slice(0, end))
  latest.text = text
  return latest.word
}

/** One line is asked for several times. */
const latest = { text: '', word: '' }

/** The word at the end of a line, as `firstWordIn`. */
export function lastWordIn(text: string): string {
  return wordIn(text.slice(text.lastIndexOf(' ') + 1))
}

/** Folding costs far more than looking it up, and few words begin most lines. A full map starts over. */
const kept = new Map<string, string>()

function wordIn(piece: string): string {
  if (piece.length > longestPiece) return ''
  const known = kept.get(piece)
  if (known !== undefined) return known
  if (kept.size >= 5000) kept.clear()
  const word = copyOf(wordsIn(piece)[0] ?? '')
  kept.set(copyOf(piece), word)
  return word
}

/** A part of a text, as V8 makes it, keeps the whole text in memory. */
function copyOf(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}

const longestPiece = 60

/** Does the line begin or end in Chinese, Japanese or Korean? Their words are not parted by spaces. */
export function isSpaceless(line: string): boolean {
  const end = line.length
  return isWide(line, 0) || isWide(line, end - 1) || isWide(line, 1) || isWide(line, end - 2)
}

function isWide(line: string, at: number): boolean {
  const code = line.charCodeAt(at)
  return code >= 0x3040 && (code <= 0x30ff || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af))
}

/** The first words of phrases. */
export function firstWords(...all: Iterable<string>[]): Set<string> {
  return new Set(all.flatMap(each => [...each].map(phrase => phrase.split(' ', 1)[0] ?? '')))
}

/** The last words of phrases. */
export function lastWords(...all: Iterable<string>[]): Set<string> {
  return new Set(all.flatMap(each => [...each].map(phrase => phrase.slice(phrase.lastIndexOf(' ') + 1))))
}

/** Phrases, separated by commas, as they are looked up: folded, words by single spaces. */
export function phrases(...lists: string[]): Set<string> {
  return new Set(
    lists.flatMap(list => list.split(',').map(phrase => wordsIn(phrase).join(' '))).filter(phrase => phrase !== ''),
  )
}

/** Words, separated by spaces, folded. */
export function words(...lists: string[]): Set<string> {
  return new Set(lists.flatMap(list => list.split(' ').map(foldWord)).filter(word => word !== ''))
}

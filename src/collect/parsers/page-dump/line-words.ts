import { foldWord } from '../dates/date-words.ts'

/** The words of a line, folded; marks and emoji between them are left out. */
export function wordsIn(text: string): string[] {
  // Most lines: a quarter of the time.
  if (/^[ -~]*$/.test(text)) return (text.toLowerCase().match(/[a-z\d]+(?:['.-][a-z\d]+)*/g) ?? []).map(foldWord)
  return (text.normalize('NFKC').match(/[\p{L}\p{M}\p{N}\u200c]+(?:['’.-][\p{L}\p{M}\p{N}]+)*/gu) ?? []).map(foldWord)
}

/** The first word of a line, folded: by it most lines are told from what is looked for. */
export function firstWordIn(text: string): string {
  return wordsIn(text.split(' ', 1)[0] ?? '')[0] ?? ''
}

/** The first words of phrases. */
export function firstWords(...all: Iterable<string>[]): Set<string> {
  return new Set(all.flatMap(each => [...each].map(phrase => phrase.split(' ', 1)[0] ?? '')))
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

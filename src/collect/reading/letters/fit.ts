import type { Language } from './languages.ts'

/** A text as one coding reads it. */
export interface Reading {
  /** Without markup and addresses, whose letters say nothing of the language; composed, spaces folded. */
  text: string
  words: Word[]
}

interface Word {
  small: string
  isAscii: boolean
  /** Its letters beyond ASCII; undefined where it is no word in any language. */
  letters?: string[]
}

/** How well a text fits a language. */
export interface Fit {
  /** Common words; those with letters beyond ASCII say twice as much. */
  hits: number
  /** What is no word of the language: each weighs more where it is none of any. */
  misfits: number
  score: number
}

/** Undefined for bytes that the coding does not have. */
export function readingOf(decoded: string | undefined): Reading | undefined {
  if (decoded === undefined) return undefined
  const bare = decoded.normalize('NFC').replace(/<[^<>]*>|&#?\w{1,30};|\bhttps?:\/\/\S+/g, ' ')
  const text = bare.replace(/\s+/g, ' ')
  return { text, words: text.split(' ').flatMap(wordOf) }
}

const edge = String.raw`["'“”„‚‘’«»‹›()[\]{}¿¡….,;:!?–—|/*#_~=+<>%،؛؟·•-]+`
const edges = new RegExp(`^${edge}|${edge}$`, 'g')
/** Numbers carry their signs: 20°, 5€, 3m². */
const number = /^\d*[\d.,\p{Sc}°ºª²³‰½¼¾]+\p{L}{0,2}[²³ºª°]?$/u
/** What parts a word's parts, or two words where a space was forgotten. */
const inner = /['’´.·\-–—&/_:,;!?…"“”„‘«»()[\]@+™®״׳\u00ad\u200c]+[¿¡]?/

/** RiskLab is a word, and cafŽ none. */
const lateCapital = /\p{Ll}(?![A-Z])\p{Lu}|(?![a-z])\p{Ll}\p{Lu}/u

function wordOf(written: string): Word[] {
  const word = written.length > 60 ? written : written.replace(edges, '')
  const small = word.toLowerCase()
  if (/^[\0-\x7f]*$/.test(word)) return word === '' ? [] : [{ small, isAscii: true }]
  if (word.includes('¤')) return [{ small, isAscii: false }]
  if (!/\p{L}/u.test(word)) return []
  const parts = small.split(inner).filter(part => !/^[\0-\x7f]*$/.test(part) && !number.test(part))
  // Signs or digits stand within no word, and no capital behind a small letter.
  const isWord = !lateCapital.test(word) && parts.every(part => /^[\p{L}\p{M}]*$/u.test(part))
  return [{ small, isAscii: false, ...(isWord && { letters: Array.from(parts.join('')) }) }]
}

export function fitOf(reading: Reading, language: Language): Fit | undefined {
  return language.signs ? fitOfSigns(reading.text, language.signs) : fitOfWords(reading, language)
}

/** Over a fifth of all signs of a text are among the most common ones, and of Thai are its particles. */
function fitOfSigns(text: string, signs: RegExp): Fit | undefined {
  const all = text.match(/[^\0-\x7f\u2000-\u206f\u3000-\u3002\uff00-\uff1f]/g)?.length ?? 0
  const common = text.match(signs) ?? []
  const length = common.reduce((sum, { length: one }) => sum + one, 0)
  const halfWidth = text.match(/[\uff61-\uff9f\ue000-\uf8ff]/g)?.length ?? 0
  if (all < 8 || length < 0.2 * all || halfWidth > 0.05 * all) return undefined
  // Four of them are worth a word.
  return { hits: Math.floor(length / 4), misfits: 0, score: 2 * length }
}

/** Of the words with letters beyond ASCII, how many may be those of another language, and how many none of any. */
const most = { foreign: 0.2, strange: 0.08 }

function fitOfWords({ text, words }: Reading, language: Language): Fit | undefined {
  const own = alphabetOf(language)
  let [hits, fits, foreign, strange] = [0, 0, 0, 0]
  for (const { small, isAscii, letters } of words) {
    if (language.words?.has(small)) hits += isAscii ? 1 : 2
    if (isAscii) continue
    if (letters === undefined) strange++
    else if (letters.every(letter => own.has(letter))) fits++
    else if (letters.every(letter => latin.test(letter)) && !language.foreign) foreign++
    else strange++
  }
  const all = fits + foreign + strange
  if (foreign > most.foreign * all || strange > most.strange * all) return undefined
  if (all === 0 && strangeSign.test(text)) return undefined
  return { hits, misfits: foreign + strange, score: fits - 2 * foreign - 5 * strange + 6 * hits }
}

const latin = /[\p{Script=Latin}\p{M}]/u

/** Beyond ASCII, what does not stand in a text without letters beyond ASCII. */
const strangeSign = /[^\0-\x7f\u00a0£§©«®°·»½–—‘’“”„•…€™]/

const alphabets = new Map<Language, ReadonlySet<string>>()

function alphabetOf(language: Language): ReadonlySet<string> {
  const known = alphabets.get(language)
  if (known !== undefined) return known
  const alphabet = new Set(Array.from(language.letters + (language.foreign ? '' : 'abcdefghijklmnopqrstuvwxyz')))
  alphabets.set(language, alphabet)
  return alphabet
}

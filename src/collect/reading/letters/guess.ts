import { codingOf } from './codings.ts'
import { fitOf, readingOf, type Fit, type Reading } from './fit.ts'
import { languages } from './languages.ts'

/** What letters that nobody declared can be told to be. */
export interface Guess {
  /** By WHATWG's name; absent where it cannot be told, or what is told is less likely than its doubt allows. */
  coding?: string
  /** Why it is in doubt: the end of a sentence that says that it is. */
  doubt: string
}

/** Bytes that are looked at: lines with letters beyond ASCII, from the beginning; more of them where that leaves a doubt. */
const sampleSizes = [4_000, 32_000]

/**
 * Tells the coding by the letters: the one in which the text is made of a language's own letters and common words, if no other reading
 * comes near. `hinted`: languages that the text is said to be in; `among`: the only codings that it may be in. Looks at 32 kB, in
 * linear time. Pure.
 */
export function guessCoding(bytes: Buffer, hinted: readonly string[], among?: readonly string[]): Guess {
  const wanted = hinted.map(tag => tag.toLowerCase().split(/[-_]/, 1)[0]!)
  let guess: Guess = { doubt: '' }
  for (const size of sampleSizes) {
    guess = judge(hypothesesOf(sampleOf(bytes, size), wanted, among))
    if (guess.coding === 'windows-1252' && !among && isOfEuro(bytes)) guess.coding = 'iso-8859-15'
    if (guess.coding !== undefined || bytes.length <= size) break
  }
  return guess
}

function judge(hypotheses: readonly Hypothesis[]): Guess {
  const found = hypotheses.toSorted((a, b) => b.score - a.score)
  const best = found.find(each => each.isUsual && isNoWorse(each, found[0]!)) ?? found[0]
  if (best === undefined) return { doubt: 'its letters are those of no coding and language that are known here' }
  if (best.hits < 2) return { doubt: 'there is too little text to tell it by' }
  // Codings that read the sample alike are no rivals.
  const rival = found.find(each => each.text !== best.text && !isBeaten(each, best))
  if (rival === undefined) return { coding: best.coding, doubt: '' }
  return { doubt: `it could be ${best.coding} (${best.tag}) or ${rival.coding} (${rival.tag})` }
}

function isNoWorse(one: Hypothesis, other: Hypothesis): boolean {
  return one.tag === other.tag && one.misfits <= other.misfits
}

/** Of two readings in one language the words that differ decide: it has them in one coding, and not in the other. */
function isBeaten(rival: Hypothesis, best: Hypothesis): boolean {
  if (best.score >= 1.5 * rival.score + 2) return true
  return isNoWorse(best, rival) && (best.isUsual || rival.misfits > best.misfits)
}

/** One way to read the sample. */
interface Hypothesis extends Fit {
  coding: string
  tag: string
  text: string
  /** Hardly anyone wrote this language otherwise. */
  isUsual: boolean
}

function hypothesesOf(sample: Buffer, wanted: readonly string[], among?: readonly string[]): Hypothesis[] {
  const readings = new Map<string, Reading | undefined>()
  return languages.flatMap(language => {
    const bonus = wanted.includes(language.tag) ? 1 : 0
    return language.codings.flatMap(coding => {
      if (among && !among.includes(coding)) return []
      if (!readings.has(coding)) readings.set(coding, readingOf(codingOf(coding)?.read(sample)))
      const reading = readings.get(coding)
      const fit = reading && fitOf(reading, language)
      if (reading === undefined || fit === undefined) return []
      const { text } = reading
      const weight = { hits: fit.hits + bonus, score: fit.score + 6 * bonus }
      return { ...fit, ...weight, coding, tag: language.tag, text, isUsual: coding === 'windows-1252' }
    })
  })
}

/** ISO 8859-15 has letters and the euro where Windows-1252 has signs that nobody writes, or not within words. */
function isOfEuro(bytes: Buffer): boolean {
  return /\xa4|[a-z][\xa6\xa8\xb8\xbc\xbd\xbe][a-z]/i.test(bytes.toString('latin1'))
}

/** Lines with anything beyond ASCII from the beginning, then others: so many bytes, and as far as the line ends. */
function sampleOf(bytes: Buffer, size: number): Buffer {
  const lines: Buffer[] = []
  const others: Buffer[] = []
  let [length, otherLength, from] = [0, 0, 0]
  while (from < bytes.length && length < size) {
    const end = bytes.indexOf(10, from)
    const to = end < 0 ? bytes.length : end + 1
    const line = bytes.subarray(from, Math.min(to, from + sampleSizes.at(-1)!))
    if (line.some(byte => byte > 0x7f)) length += lines.push(line) && line.length
    else if (otherLength < size) otherLength += others.push(line) && line.length
    from = to
  }
  return Buffer.concat([...lines, ...(length < size ? others : [])])
}

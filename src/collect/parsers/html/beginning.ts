import { wordsOf } from './elsewhere.ts'
import { lettersOf } from './headline.ts'
import { printedIn } from './byline-line.ts'
import { datesOn, type Place } from './page-dates.ts'
import type { PageLine, Print } from './page-lines.ts'
import { inForm, isLinked, isLong, isUnseen, unspaced } from './story-box.ts'
import { isFurniture } from '../page-dump/furniture.ts'
import { sentenceEnd } from '../paragraphs.ts'

/** A line below the headline by which the text may begin, from before Readability takes the page apart. */
export interface Beginning {
  line: PageLine
  html: string
  /** Marked as a standfirst, told as one by the page's head, or a heading right below the headline. */
  isStandfirst: boolean
  /** What holds both it and the headline, where that is near. */
  box: Element | undefined
}

/** Lines that stand before the text, and lines below a headline among which its standfirst is. */
const [mostBefore, mostBelow] = [3, 6]
/** Boxes around a standfirst in which its headline is. */
const boxes = 3
/** Letters of a description that are looked for. */
const sample = 40

/** Words of `class` and `itemprop` by which newsrooms name a standfirst. */
const names =
  /^(?:standfirst|lead|leads?text|lede|intro|introduction|ingress|dec?k|summary|sub(?:title|titulo|headline|head|heading|titre)|teaser|anleser|vorspann|chap[oô]|chapeau|entradilla|bajada|copete|sumario|resumen|sommario|abstract|excerpt|strapline|manchet|perex|zajawka|alternativeheadline|description)$/

/** Words of `class` and `id` of what is said of the page. */
const notices =
  /^(?:banner|alert|notices?|notification|warning|hint|disclaimer|paywall|regwall|abo|subscribe|subscription|donate|donation|outdated|browser|browsehappy|toast|overlay|tooltip)$/

/** What may stand between the headline and the text that will be found. */
export function beginningsOf(
  place: Place,
  print: Print,
  {
    headline,
    prose,
    standfirst = '',
  }: { headline: Element | undefined; prose: readonly PageLine[]; standfirst?: string },
): Beginning[] {
  const { lines, at, isElsewhere } = place
  if (at < 0) return []
  const title = lettersOf(lines[at]?.text ?? '')
  const told = lettersOf(standfirst).slice(0, sample)
  const isFormed = inForm(print)
  const known = new Set(prose)
  const first = prose[0] === undefined ? lines.length : lines.indexOf(prose[0])
  const isHeading = (line: PageLine): boolean =>
    /^h[2-4]$/.test(line.block.localName) &&
    lines.indexOf(line) < first &&
    isLong(line) &&
    !isLinked(line, print) &&
    boxWith(headline, line.block) !== undefined &&
    !isElsewhere(line.block) &&
    !isUnseen(line.block) &&
    !isFormed(line.block)
  const below = lines.slice(at + 1, at + 1 + mostBelow)
  return [...new Set([...below.filter(line => known.has(line) || isHeading(line)), ...prose.slice(0, mostBefore)])]
    .filter(line => !title.includes(lettersOf(line.text)) && !isLabel(line, place))
    .filter(({ block }) => !isCalled(block, headline, { names: notices, attributes: ['class', 'id'] }))
    .map(line => ({
      line,
      html: htmlOfLine(line, print),
      box: boxWith(headline, line.block),
      isStandfirst:
        !known.has(line) ||
        (told.length === sample && lettersOf(line.text).startsWith(told)) ||
        isCalled(line.block, headline, { names, attributes: ['class', 'itemprop'] }),
    }))
}

/** The whole sentences right below the headline that are its standfirst whatever the text is, as HTML. */
export function standfirstIn(beginnings: readonly Beginning[]): string {
  const [beginning] = beginnings
  const isSure = beginning?.isStandfirst === true || /^(?:header|hgroup)$/.test(beginning?.box?.localName ?? '')
  return beginning?.box && isSure && sentenceEnd.test(beginning.line.text) ? beginning.html : ''
}

/**
 * Of the `beginnings` those that a text leaves out, as HTML: all where only a few lines stand before it, else what can be nothing but its
 * standfirst.
 */
export function missingIn(
  beginnings: readonly Beginning[],
  { letters, kept }: { letters: string; kept: ReadonlySet<PageLine> },
  {
    prose,
    ancestors,
    isWhole,
  }: { prose: readonly PageLine[]; ancestors: ReadonlyMap<PageLine, readonly Element[]>; isWhole: boolean },
): string {
  if (beginnings.length === 0) return ''
  const first = prose.findIndex(line => kept.has(line))
  const above = new Set(prose.slice(0, Math.max(0, first)))
  const around = new Set(ancestors.get(prose[first] as PageLine))
  const isMissing = ({ line, box, isStandfirst }: Beginning): boolean => {
    if (letters.includes(unspaced(line.text)) || (prose.includes(line) && first >= 0 && !above.has(line))) return false
    if (isStandfirst) return true
    if (!above.has(line)) return false
    const isSentence = sentenceEnd.test(line.text)
    if (!isWhole && above.size <= mostBefore) return isSentence || box !== undefined
    return isSentence && box !== undefined && !around.has(box)
  }
  const missing = beginnings.filter(isMissing)
  if (missing.length === 0) return ''
  // Its quotation marks and dashes may be others.
  const bare = lettersOf(letters)
  return missing.map(({ html, line }) => (bare.includes(lettersOf(line.text)) ? '' : html)).join('')
}

/** What holds a line and the headline both, near the line. */
function boxWith(headline: Element | undefined, block: Element): Element | undefined {
  let box = block.parentElement
  for (let step = 0; step < boxes && box; step++, box = box.parentElement)
    if (headline && box.contains(headline)) return box
  return undefined
}

/** A line, or a box around it that does not hold the headline. */
function isCalled(
  block: Element,
  headline: Element | undefined,
  { names: words, attributes }: { names: RegExp; attributes: readonly string[] },
): boolean {
  let box: Element | null = block
  for (let step = 0; step < boxes && box && !box.contains(headline ?? null); step++, box = box.parentElement)
    for (const name of attributes) if (wordsOf(box.getAttribute(name) ?? '').some(word => words.test(word))) return true
  return false
}

/** Characters beside a date that say no more than who wrote, and in a sentence, what of it is dated. */
const [mostBeside, mostLabel] = [60, 40]

/** A date or a byline, which are told already, a button, or what is not for readers. */
function isLabel(line: PageLine, place: Place): boolean {
  const { text } = line
  if (isFurniture(text) || /^(?:https?:\/\/|[&,;:.])/u.test(text)) return true
  const isSentence = sentenceEnd.test(text)
  const dates = datesOn(line, place.language)
  const shown = dates.reduce((sum, { start, end }) => sum + end - start, 0)
  if (shown > 0 && line.length - shown < (isSentence ? mostLabel : mostBeside)) return true
  return !isSentence && printedIn(line, undefined, place).length > 0
}

/** A line as it stands in the page: of a block that holds more than it, the line alone. */
function htmlOfLine({ text, length, block }: PageLine, { sizes }: Print): string {
  if ((sizes.get(block) ?? 0) <= length) return `<p>${block.innerHTML}</p>`
  return text.length < length ? '' : `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`
}

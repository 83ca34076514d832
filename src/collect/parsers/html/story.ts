import type { Found } from './article-body.ts'
import { beginningsOf, missingIn, standfirstIn } from './beginning.ts'
import { elsewhereFrom } from './elsewhere.ts'
import type { Place } from './page-dates.ts'
import { printOf, type PageLine, type Print } from './page-lines.ts'
import type { Page } from './page.ts'
import type { Told } from './preamble.ts'
import { htmlWithin, readableHtml } from './readable.ts'
import { boxesOf, boxOf, lengthOf, linesIn, proseOf, unspaced } from './story-box.ts'
import { textOfHtml } from '../plain.ts'

/** A page, and what is known of its article. */
export interface Known {
  page: Page
  print: Print
  place: Place
  headline: Element | undefined
  told: Told
}

/** Of what the page prints below its headline, the part that a text has at least. */
const least = 0.45
/** By which a text of more than all of it may still be the article's. */
const little = 0.2
/** Characters of prose that are a text. */
const leastProse = 200
/** Characters of prose that are an article's, if nothing of it is found. */
const leastLost = 1_000
/** Characters. What is longer is found by its size alone. */
const longest = 500_000
/** Characters that a text leaves out at its beginning: what is longer is the article, and what was found stands below it. */
const mostMissing = 1_000

/**
 * A page's article, as unsafe HTML: what Readability finds. Where that leaves out most of the paragraphs that the page prints below its
 * headline, all of the box that holds them, from the page read `again`. Changes the page.
 */
export function storyOf({ page, print, place, headline, told }: Known, again: () => Page): Found {
  const [prose, others] = proseOf(place, print)
  const numberOf = (element: Element | undefined): number => (element ? page.elements.indexOf(element) : -1)
  const title = numberOf(headline)
  const ancestors = boxesOf(prose)
  // Readability takes the page apart.
  const beginnings = beginningsOf(place, print, { headline, prose, standfirst: told.standfirst })
  const standfirst = standfirstIn(beginnings)
  const begun = (text: string, shown: { letters: string; kept: ReadonlySet<PageLine> }, isWhole: boolean): Found => ({
    html: missingIn(beginnings, shown, { prose, ancestors, isWhole }) + text,
    standfirst,
  })
  const html = readableHtml(page, { ...told, headline }) ?? ''
  const found = textOfHtml(html)
  if (found.length > longest) return { html, standfirst }
  const letters = unspaced(found)
  const kept = linesIn(letters, prose)
  const whole = lengthOf(prose)
  const share = lengthOf(kept) / whole
  const isOthers = place.at >= 0 && whole > 2 * leastProse && lengthOf(linesIn(letters, others)) > found.length / 2
  const isLate =
    lengthOf(
      prose.slice(
        0,
        prose.findIndex(line => kept.has(line)),
      ),
    ) > mostMissing
  const isStory = share >= least || (!isOthers && whole <= found.length && (share >= little || whole < leastLost))
  if (whole < leastProse || (isStory && !isLate)) return begun(html, { letters, kept }, false)
  const box = numberOf(boxOf(ancestors, isLate ? new Set() : kept))
  const other = again()
  const [chosen, heading] = [other.elements[box], other.elements[title]]
  if (chosen === undefined) return begun(html, { letters, kept }, true)
  const isElsewhere = elsewhereFrom(heading, other, printOf(other))
  const all = htmlWithin(other, chosen, { ...told, headline: heading }, isElsewhere) ?? ''
  // Less will do where nothing that was found is the article's as the page prints it, anything where it is another's.
  const enough = isOthers ? 0 : kept.size === 0 || isLate ? 0.5 : 1
  const text = textOfHtml(all)
  if (text.length <= found.length * enough) return begun(html, { letters, kept }, true)
  const lettersOfAll = unspaced(text)
  return begun(all, { letters: lettersOfAll, kept: linesIn(lettersOfAll, prose) }, true)
}

import type { Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fold, linesOf } from '../../../text.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { findHeadline } from './above-headline.ts'
import type { Line } from './line.ts'
import { dumpOrigins } from './origins.ts'
import { addressesIn } from './pictures.ts'
import { readHead } from './page-dump-head.ts'
import { sift, withoutComments, withoutEnd, withoutPictures } from './sift.ts'
import { paragraphsOf } from '../paragraphs.ts'

/** The text dump of a page: headline, then standfirst, image URLs, publisher, section and printed date, each optional; then paragraphs. */
export const pageDump: Parser = {
  recognises: () => true,
  parse: (text, hints) => [parsePageDump(text, hints)],
}

function parsePageDump(written: string, hints: Hints): Draft {
  const lines: Line[] = linesOf(written).flatMap((line, index) => {
    const number = index + 1
    return addressesIn(line)?.map(address => ({ text: address, number })) ?? { text: line, number }
  })
  const headline = findHeadline(lines, hints)
  if (!headline) throw new Unusable('The page dump has no headline.')
  const { lines: rest, captions, commentsAt, ...told } = sift(lines.slice(headline.end), hints)
  const { bodyStart, leftOver, media: first, ...head } = readHead(rest, hints)
  const ends = commentsAt.map(at => at - bodyStart)
  const text = withoutComments(rest.slice(bodyStart), ends)
  const below = withoutPictures(withoutEnd(withoutTail(text, hints.tail)))
  const body = paragraphsOf(below.lines.map(line => line.text))
  const all = [...leftOver, ...body]
  const terms = new Set(all.filter(paragraph => isBoilerplate(paragraph, hints)))
  const paragraphs = terms.size === 0 ? all : all.filter(paragraph => !terms.has(paragraph))
  const usageTerms = [...terms].join('\n')
  const place = placeOf(body[0])
  const draft: Draft = {
    title: headline.title.text,
    ...(headline.section !== undefined && { section: headline.section }),
    ...told,
    ...head,
    media: [...new Map([...first, ...below.media].map(each => [each.url, withCaption(each, captions)])).values()],
    ...(usageTerms !== '' && { usageTerms }),
    ...(place !== undefined && { place }),
    body: { paragraphs },
  }
  const dated = head.published === undefined ? 0 : (rest[bodyStart - 1]?.number ?? 0)
  return { ...draft, origins: () => dumpOrigins(lines, draft, dated) }
}

function withCaption(media: Media, captions: ReadonlyMap<string, string>): Media {
  const caption = captions.get(media.url)
  return caption === undefined ? media : { ...media, caption }
}

function withoutTail(lines: readonly Line[], tail: readonly string[]): Line[] {
  const endings = new Set(tail.map(fold))
  // Most lines are too long to be looked at closer. Folding may make a text shorter: composed, by its white space.
  const longest = 4 * Math.max(0, ...tail.map(line => line.length))
  const first = new Set([...endings].map(ending => ending.charAt(0)))
  const mayEnd = (text: string) => text !== '' && text.length <= longest && first.has(text.toLowerCase().charAt(0))
  const end = lines.findIndex(({ text }) => mayEnd(text) && endings.has(fold(text)))
  return lines.slice(0, end < 0 ? undefined : end)
}

function isBoilerplate(paragraph: string, hints: Hints): boolean {
  return hints.boilerplate.some(beginning => paragraph.startsWith(beginning))
}

const longestPlace = 60

/**
 * The place of a dateline: `SEOUL, South Korea - `, `LISBON (Agency) — `, `SÃO PAULO, Brazil, Nov 3 - `. It begins with a city in
 * capitals; a script without capitals gives no sign that it is one.
 */
function placeOf(paragraph = ''): string | undefined {
  if (!/^\p{Lu}[\p{Lu}\p{M} .'’-]/u.test(paragraph)) return undefined
  const [, line] = /^(.{2,100}?) ?(?: [-–]|\.[-–—]|—|--) ?(?=\S)/u.exec(paragraph) ?? []
  if (line === undefined) return undefined
  const place = line
    .replace(/ ?\([^()]*\)$/u, '')
    .replace(/,? (?:\p{L}+\.? \d{1,2}|\d{1,2}\.? (?:de )?\p{L}+\.?)(?: ?\([^()]*\))?$/u, '')
  const [city = ''] = place.split(',', 1)
  const capitals = /^\p{Lu}[\p{Lu}\p{M} .'’-]+$/u.test(city)
  return capitals && place.length <= longestPlace && place.split(',').length <= 3 ? place : undefined
}

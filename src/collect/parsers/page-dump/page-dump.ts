import { Unusable } from '../../../errors.ts'
import { fold, linesOf } from '../../../text.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { readHead, type Line } from './page-dump-head.ts'
import { paragraphsOf } from '../paragraphs.ts'

/** The text dump of a page: headline, then standfirst, image URLs, publisher, section and printed date, each optional; then paragraphs. */
export const pageDump: Parser = {
  recognises: () => true,
  parse: (text, hints) => [parsePageDump(text, hints)],
}

function parsePageDump(text: string, hints: Hints): Draft {
  const lines: Line[] = linesOf(text).map((line, index) => ({ text: line, number: index + 1 }))
  const start = lines.findIndex(line => line.text !== '')
  const title = lines[start]
  if (!title) throw new Unusable('The page dump has no headline.')
  const { bodyStart, leftOver, ...head } = readHead(lines.slice(start + 1), hints)
  const body = paragraphsOf(withoutTail(lines.slice(start + 1 + bodyStart), hints.tail))
  const all = [...leftOver, ...body]
  const paragraphs = all.filter(paragraph => !isBoilerplate(paragraph, hints))
  const usageTerms = all.filter(paragraph => isBoilerplate(paragraph, hints)).join('\n')
  const place = placeOf(body[0])
  return {
    title: title.text,
    ...head,
    ...(usageTerms !== '' && { usageTerms }),
    ...(place !== undefined && { place }),
    body: { paragraphs },
  }
}

function withoutTail(lines: readonly Line[], tail: readonly string[]): string[] {
  const endings = new Set(tail.map(fold))
  // Most lines are too long to be looked at closer. Folding may make a text shorter: composed, by its white space.
  const longest = 4 * Math.max(0, ...tail.map(line => line.length))
  const end = lines.findIndex(({ text }) => text !== '' && text.length <= longest && endings.has(fold(text)))
  return lines.slice(0, end < 0 ? undefined : end).map(line => line.text)
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
  const [, line] = /^(.{2,100}?) ?(?: [-–]|—|--) ?(?=\S)/u.exec(paragraph) ?? []
  if (line === undefined) return undefined
  const place = line.replace(/ ?\([^()]*\)$/u, '').replace(/,? \p{L}+\.? \d{1,2}$/u, '')
  const [city = ''] = place.split(',', 1)
  const capitals = /^\p{Lu}[\p{Lu}\p{M} .'’-]+$/u.test(city)
  return capitals && place.length <= longestPlace && place.split(',').length <= 3 ? place : undefined
}

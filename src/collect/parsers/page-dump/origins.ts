import type { Draft, Origins, Told } from '../draft.ts'
import type { Line } from './line.ts'

/** Lines among which the head of a page stands. */
const farthest = 200

/** On which line each value of a page dump stands. `dated`: that of the printed date, 0 for none. */
export function dumpOrigins(lines: readonly Line[], draft: Draft, dated: number): Origins {
  const near = lines.slice(0, farthest)
  const lineWith = (text: string | undefined): string | undefined => {
    const found = near.find(line => text !== undefined && text !== '' && line.text.includes(text))
    return found && `line ${found.number}`
  }
  const title = lineWith(draft.title) ?? lineWith(draft.title?.slice(0, 20))
  const found: readonly (readonly [Told, string | undefined])[] = [
    ['title', title],
    ['standfirst', lineWith(draft.standfirst)],
    ['published', dated > 0 ? `line ${dated}` : undefined],
    ['modified', draft.modified === undefined ? undefined : 'a line that says when it was changed'],
    ['authors', lineWith(draft.authors?.[0]?.name)],
    ['byline', lineWith(draft.byline)],
    ['publisher', lineWith(draft.publisher?.name)],
    ['section', lineWith(draft.section)],
    ['media', lineWith(draft.media?.[0]?.url)],
    ['place', draft.place === undefined ? undefined : 'the dateline of the first paragraph'],
    ['usageTerms', 'paragraphs that begin as "boilerplate" says'],
  ]
  return Object.fromEntries(found.filter(([, place]) => place !== undefined))
}

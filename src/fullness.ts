import type { Article } from './article.ts'
import type { Feed } from './feed.ts'

/** How much of its articles a feed gives. */
export type Fullness = Pick<Feed, 'content' | 'media'>

const leastFirst = ['headline', 'summary', 'full'] as const satisfies Feed['content'][]

/** As full as the most generous of these feeds, one at least. */
export function mostOf(feeds: readonly Fullness[]): Fullness {
  const content = leastFirst.findLast(each => feeds.some(feed => feed.content === each)) ?? 'headline'
  return feeds.every(({ media }) => media === false) ? { content, media: false } : { content }
}

/**
 * What is given of an article: with `headline` neither its text nor what sums it up; without media none, in its text
 * neither. That a summary is less than the text is for those to see who write it.
 */
export function given<Of extends Article>(article: Of, { content, media }: Fullness): Of {
  const { standfirst: _standfirst, ...rest } = article
  const told = content === 'headline' ? ({ ...rest, html: '' } as Of) : article
  return media === false ? { ...told, html: withoutShown(told.html), media: [] } : told
}

const shows = /<(\/?)(figure|picture|video|audio|img)\b[^>]*>/g
const nothingLeft = /<(p|a)(?: [^>]*)?>\s*<\/\1>/g

/** Sanitised HTML without what shows a medium, and what then holds nothing. */
function withoutShown(html: string): string {
  const pieces: string[] = []
  let [from, depth] = [0, 0]
  for (const { 0: whole, 1: slash, 2: element, index } of html.matchAll(shows)) {
    if (depth === 0 && slash === '') pieces.push(html.slice(from, index))
    if (element !== 'img') depth = Math.max(0, depth + (slash === '' ? 1 : -1))
    from = depth === 0 ? index + whole.length : html.length
  }
  if (pieces.length === 0) return html
  // A link around a picture leaves a paragraph around nothing.
  return [...pieces, html.slice(from)].join('').replace(nothingLeft, '').replace(nothingLeft, '')
}

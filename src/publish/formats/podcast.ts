import type { Article } from '../../article.ts'
import type { Podcast } from '../../feed.ts'
import { uriOf } from './address.ts'
import { creatorsOf } from './core.ts'
import { enclosureOf } from './media.ts'
import { longestName } from './podcast-categories.ts'
import { element, textElement } from './xml.ts'

/** https://podcasters.apple.com/support/823-podcast-requirements */
export const podcastNamespace = 'http://www.itunes.com/dtds/podcast-1.0.dtd'

/** What a podcast says of itself, at the top of its RSS. */
export function podcastElements({ author, email, category, explicit, image }: Podcast): string[] {
  const said = [textElement('itunes:author', author)]
  // An owner without an address is none.
  if (email !== undefined) {
    said.push(element('itunes:owner', {}, [textElement('itunes:name', author), textElement('itunes:email', email)]))
  }
  return [
    ...said,
    element('itunes:image', { href: uriOf(image) }),
    category.reduceRight((inner, text) => element('itunes:category', { text }, inner === '' ? [] : [inner]), ''),
    textElement('itunes:explicit', String(explicit)),
    textElement('itunes:type', 'episodic'),
  ]
}

/** What an episode says, besides its enclosure. */
export function episodeElements(article: Article, { explicit }: Podcast): string[] {
  const author = creatorsOf(article)
    .map(({ name }) => name)
    .join(', ')
  const seconds = Math.round(enclosureOf(article, true)?.duration ?? 0)
  return [
    ...(author === '' || author.length > longestName ? [] : [textElement('itunes:author', author)]),
    ...(seconds > 0 ? [textElement('itunes:duration', String(seconds))] : []),
    textElement('itunes:explicit', String(explicit)),
  ]
}

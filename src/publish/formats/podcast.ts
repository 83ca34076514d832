import { hash } from 'node:crypto'
import type { Article } from '../../article.ts'
import type { Podcast } from '../../feed.ts'
import { isEnclosable, uriOf } from './address.ts'
import { creatorsOf } from './core.ts'
import { enclosureOf } from './media.ts'
import { longestName } from './podcast-categories.ts'
import { element, textElement } from './xml.ts'

/** https://podcasters.apple.com/support/823-podcast-requirements */
export const podcastNamespace = 'http://www.itunes.com/dtds/podcast-1.0.dtd'

/** https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/tags/guid.md */
export const podcastIndexNamespace = 'https://podcastindex.org/namespace/1.0'

/** The namespace of podcasts' names, as its specification gives it. */
const guidNamespace = Buffer.from('ead4c236bf5858c6a2c6a6b28d128cb6', 'hex')

/** The same for one address on every platform: UUIDv5 (RFC 9562, 5.5) of the feed's URL without its scheme and slashes at its end. */
export function podcastGuid(feedUrl: string): string {
  const name = feedUrl.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '').replace(/\/{1,100}$/, '')
  const digest = hash('sha1', Buffer.concat([guidNamespace, Buffer.from(name)]), 'buffer').subarray(0, 16)
  digest[6] = (digest[6]! & 0x0f) | 0x50
  digest[8] = (digest[8]! & 0x3f) | 0x80
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** What a podcast says of itself, at the top of its RSS, which is found at `url`. */
export function podcastElements({ author, email, category, explicit, image }: Podcast, url: string): string[] {
  const said = [textElement('podcast:guid', podcastGuid(url)), textElement('itunes:author', author)]
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
    ...pictureOf(article),
    textElement('itunes:explicit', String(explicit)),
  ]
}

/** Directories take JPEG and PNG alone: where the type is not known, by the ending. */
function pictureOf({ media }: Article): string[] {
  const picture = media.find(
    ({ kind, url, type }) =>
      kind === 'image' && isEnclosable(url) && /^image\/(?:jpeg|png)$/i.test(type ?? typeByEnding(url)),
  )
  return picture === undefined ? [] : [element('itunes:image', { href: uriOf(picture.url) })]
}

function typeByEnding(url: string): string {
  return /\.(?:jpe?g|png)(?:[?#]|$)/i.test(url) ? 'image/png' : ''
}

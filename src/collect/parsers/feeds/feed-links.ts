import { all, attribute, one } from './feed-xml.ts'
import { atom } from './atom.ts'
import { fieldsOf, listIn, readJson, textIn } from '../json.ts'
import { jsonFeed } from './json-feed.ts'
import { rss } from './rss.ts'
import { readXml } from '../xml/xml.ts'

/** Where else a feed has entries, and who tells of new ones. Addresses as written: relative ones are relative to the feed's own. */
export interface FeedLinks {
  self?: string
  /** The next page: of a paged feed (RFC 5005, 3), or JSON Feed's `next_url`. */
  next?: string
  /** The archive before this one (RFC 5005, 4). */
  prevArchive?: string
  /** WebSub. */
  hub?: string
  /** What is not in it is gone (RFC 5005, 2). */
  complete?: boolean
}

/** The links of an RSS, Atom or JSON feed; none for any other text. Throws `Unusable` as its parser does. */
export function feedLinks(text: string): FeedLinks {
  if (jsonFeed.recognises(text)) return ofJson(text)
  if (!rss.recognises(text) && !atom.recognises(text)) return {}
  const root = readXml(text)
  const feed = one(root, 'rss', 'channel') ?? root
  const link = (...rels: string[]) =>
    attribute(
      all(feed, 'atom', 'link').find(({ attributes }) => rels.includes(attributes.get('rel')?.trim() ?? '')),
      'href',
    )
  return {
    self: link('self'),
    next: link('next'),
    // RFC 5005 has its name registered; some write it as a URI.
    prevArchive: link('prev-archive', 'http://www.iana.org/assignments/relation/prev-archive'),
    hub: link('hub'),
    ...(one(feed, 'fh', 'complete') && { complete: true }),
  }
}

function ofJson(text: string): FeedLinks {
  const feed = fieldsOf(readJson(text))
  const hub = listIn(feed, 'hubs').find(each => textIn(each, 'type')?.toLowerCase() === 'websub')
  return { self: textIn(feed, 'feed_url'), next: textIn(feed, 'next_url'), hub: hub && textIn(hub, 'url') }
}

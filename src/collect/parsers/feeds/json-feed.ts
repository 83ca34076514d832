import type { Media, Party } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { Body, Draft, Hints, Parser } from '../draft.ts'
import { datesOf, distinctMedia, eachEntry, htmlOfText, kindOf, plainBody, textOfEntry } from './feed-entry.ts'
import { fieldsOf, listIn, numberIn, readJson, textIn, type Fields } from '../json.ts'
import { languageTag } from '../language-tag.ts'
import { originsAmong } from '../origins.ts'
import { inJsonFeed } from './statements.ts'
import { sureDate } from '../dates/lenient-dates.ts'
import { webAddress } from '../web-address.ts'

const version = /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version/

/** JSON Feed 1.1 and 1.0 (https://www.jsonfeed.org/version/1.1/), and the `_feedwire.canceled` of our own. */
export const jsonFeed: Parser = {
  recognises: text => /^\s*\{/.test(text) && (version.test(text.slice(0, 4096)) || version.test(text.slice(-4096))),
  parse: (text, hints) => {
    const feed = fieldsOf(readJson(text))
    const common = readFeed(feed)
    const items = feed.get('items')
    const canceled = fieldsOf(feed.get('_feedwire')).get('canceled')
    if (!Array.isArray(items)) throw new Unusable('The JSON Feed has no list of "items".')
    return [
      ...eachEntry<unknown>(items, item => readItem(fieldsOf(item), common, hints)),
      ...eachEntry<unknown>(Array.isArray(canceled) ? canceled : [], item => readCanceled(item, hints)),
    ]
  },
}

/** What the feed says of all items, found once: it may name many authors. */
interface Common {
  home?: string
  language?: string
  authors: Party[]
}

function readFeed(feed: Fields): Common {
  const home = webAddress(textIn(feed, 'home_page_url')) ?? webAddress(textIn(feed, 'feed_url'))
  return { home, language: languageTag(textIn(feed, 'language')), authors: authorsOf(feed, home) }
}

function readItem(item: Fields, { home, ...common }: Common, hints: Hints): Draft {
  const link = webAddress(textIn(item, 'url'), home) ?? webAddress(textIn(item, 'external_url'), home)
  const language = languageTag(textIn(item, 'language')) ?? common.language
  const authors = authorsOf(item, home)
  const summary = textIn(item, 'summary')
  return {
    ownId: textIn(item, 'id') ?? link,
    title: textIn(item, 'title'),
    ...textOfEntry(contentOf(item), summary && htmlOfText(summary)),
    baseUrl: link ?? home,
    language,
    ...datesOf([textIn(item, 'date_published')], [textIn(item, 'date_modified')], hints, language),
    // A tag may be any word: none of them is the section.
    keywords: listIn(item, 'tags').flatMap(tag => textIn(tag, 'name') ?? []),
    authors: authors.length > 0 ? authors : common.authors,
    media: distinctMedia(mediaOf(item), link ?? home),
    link,
    origins: () => originsAmong(inJsonFeed, name => (item.has(name) ? `property "${name}"` : undefined)),
  }
}

function contentOf(item: Fields): Body | undefined {
  const html = textIn(item, 'content_html')
  const text = textIn(item, 'content_text')
  if (html !== undefined) return { html }
  return text === undefined ? undefined : plainBody(text)
}

/** Version 1.0 had one `author`. */
function authorsOf(from: Fields, home: string | undefined): Party[] {
  const list = [...listIn(from, 'authors'), fieldsOf(from.get('author'))]
  return list.flatMap(author => {
    const name = textIn(author, 'name')
    return name === undefined ? [] : [{ name, url: webAddress(textIn(author, 'url'), home) }]
  })
}

function mediaOf(item: Fields): Media[] {
  const images = ['image', 'banner_image'].flatMap((name): Media[] => {
    const url = textIn(item, name)
    return url === undefined ? [] : [{ kind: 'image', url }]
  })
  return [...images, ...listIn(item, 'attachments').flatMap(attachmentOf)]
}

function attachmentOf(attachment: Fields): Media[] {
  const [url, type] = [textIn(attachment, 'url'), textIn(attachment, 'mime_type')]
  const kind = kindOf(type)
  if (url === undefined || kind === undefined) return []
  const [length, duration] = [numberIn(attachment, 'size_in_bytes'), numberIn(attachment, 'duration_in_seconds')]
  return [{ kind, url, type, length, duration, caption: textIn(attachment, 'title') }]
}

/** An id, or an object with the `id` and when it went. */
function readCanceled(item: unknown, hints: Hints): Draft {
  const fields = typeof item === 'string' ? new Map([['id', item]]) : fieldsOf(item)
  const ownId = textIn(fields, 'id', 'uri')
  if (ownId === undefined) throw new Unusable('An entry of "_feedwire.canceled" has no "id".')
  const ownVersion = sureDate([textIn(fields, 'date_modified', 'when')], hints)
  return { ownId, ownVersion, pubStatus: 'canceled', body: { paragraphs: [] } }
}

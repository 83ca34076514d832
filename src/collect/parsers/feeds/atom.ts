import type { Party } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { Body, Draft, Hints, Parser } from '../draft.ts'
import {
  bodyOf,
  datesOf,
  distinctMedia,
  eachEntry,
  filed,
  htmlOfText,
  mediaBeside,
  plainBody,
  textOfEntry,
  type Category,
} from './feed-entry.ts'
import { all, attribute, baseOf, languageOf, one, textIn, textsOf } from './feed-xml.ts'
import { languageTag } from '../language-tag.ts'
import { sureDate } from '../dates/lenient-dates.ts'
import { descriptionOf, mediaOf } from './media-rss.ts'
import { textOfHtml } from '../plain.ts'
import { atomOrigins } from './statements.ts'
import { webAddress } from '../web-address.ts'
import { htmlInside } from '../xml/xml-markup.ts'
import { rootName } from '../xml/xml-tokens.ts'
import { elementsOf, readXml, textOf, type XmlElement } from '../xml/xml.ts'

/** Atom 1.0 (RFC 4287), leniently also 0.3, with deleted entries (RFC 6721) and the media module of RSS. */
export const atom: Parser = {
  recognises: text =>
    ['feed', 'entry'].includes(rootName(text) ?? '') &&
    /http:\/\/(?:www\.w3\.org\/2005\/Atom|purl\.org\/atom\/ns#)/.test(text.slice(0, 4096)),
  parse: (text, hints) => {
    const root = readXml(text)
    if (root.name !== 'feed' && root.name !== 'entry')
      throw new Unusable(`The document is no Atom: its root element is "${root.name.slice(0, 40)}".`, root.line)
    const entries =
      root.name === 'entry' ? [root] : [...all(root, 'atom', 'entry'), ...all(root, 'at', 'deleted-entry')]
    const common = readFeed(root.name === 'entry' ? undefined : root)
    return eachEntry(entries, entry =>
      entry.name === 'entry' ? readEntry(entry, common, hints) : readDeleted(entry, hints),
    )
  },
}

/** What the feed says of all entries, found once: it may have many children. */
interface Common {
  feed?: XmlElement
  home?: string
  authors: Party[]
  rights?: string
}

function readFeed(feed: XmlElement | undefined): Common {
  const home = baseOf([feed], alternateOf(feed))
  return { feed, home, authors: authorsOf(feed, home), rights: plainConstruct(one(feed, 'atom', 'rights')) }
}

function readEntry(entry: XmlElement, { feed, home, ...common }: Common, hints: Hints): Draft {
  const content = one(entry, 'atom', 'content')
  const base = baseOf([feed, entry], home)
  const link = alternateOf(entry, base)
  const language = languageTag(languageOf([feed, entry, content]) ?? textIn(entry, 'dc', 'language'))
  const origin = one(entry, 'atom', 'source')
  const publisher = plainConstruct(one(origin, 'atom', 'title'))
  // RFC 4287, 4.2.1: of the entry, else of its source, else of the feed.
  const authors = [authorsOf(entry, base), authorsOf(origin, base), common.authors].find(({ length }) => length > 0)
  const text = textOfEntry(bodyIn(content), markupConstruct(one(entry, 'atom', 'summary')) ?? descriptionOf(entry))
  return {
    ownId: textIn(entry, 'atom', 'id') ?? link,
    title: plainConstruct(one(entry, 'atom', 'title')),
    ...text,
    baseUrl: baseOf([feed, entry, content], link ?? base),
    language,
    ...datesOf(
      publishedOf(entry),
      [textIn(entry, 'atom', 'updated'), textIn(entry, 'atom', 'modified')],
      hints,
      language,
    ),
    ...filed(categoriesOf(entry)),
    authors,
    publisher: publisher === undefined ? undefined : { name: publisher },
    rights: [entry, origin].map(from => plainConstruct(one(from, 'atom', 'rights'))).find(Boolean) ?? common.rights,
    media: mediaBeside(text.body, distinctMedia(mediaOf(entry), base)),
    link,
    origins: () => atomOrigins(entry, feed),
  }
}

function publishedOf(entry: XmlElement): (string | undefined)[] {
  return [
    textIn(entry, 'atom', 'published'),
    textIn(entry, 'atom', 'issued'),
    textIn(entry, 'atom', 'created'),
    textIn(entry, 'dc', 'date'),
  ]
}

function categoriesOf(entry: XmlElement): Category[] {
  return all(entry, 'atom', 'category').map(category => ({
    name: attribute(category, 'label') ?? attribute(category, 'term') ?? textOf(category),
    scheme: attribute(category, 'scheme'),
  }))
}

/** RFC 6721, 3: `ref` is the id of the entry that is gone, `when` orders it among the versions. */
function readDeleted(deleted: XmlElement, hints: Hints): Draft {
  const ownId = attribute(deleted, 'ref')
  if (ownId === undefined)
    throw new Unusable('A "deleted-entry" has no "ref" that says which entry goes.', deleted.line)
  return {
    ownId,
    ownVersion: sureDate([attribute(deleted, 'when')], hints),
    pubStatus: 'canceled',
    body: { paragraphs: [] },
  }
}

/** RFC 4287, 4.2.7.2: a link without `rel` is one to the entry's page. */
function alternateOf(parent: XmlElement | undefined, base?: string): string | undefined {
  const links = all(parent, 'atom', 'link').filter(link => (attribute(link, 'rel') ?? 'alternate') === 'alternate')
  const page = links.find(link => /html/.test(attribute(link, 'type') ?? '')) ?? links[0]
  return webAddress(attribute(page, 'href'), baseOf([page], base ?? baseOf([parent])))
}

function authorsOf(from: XmlElement | undefined, base: string | undefined): Party[] {
  const people = all(from, 'atom', 'author').flatMap(author => personIn(author, base))
  return people.length > 0 ? people : textsOf(from, 'dc', 'creator').map(name => ({ name }))
}

function personIn(author: XmlElement, base: string | undefined): Party[] {
  const name = textIn(author, 'atom', 'name')
  return name === undefined
    ? []
    : [{ name, url: webAddress(textIn(author, 'atom', 'uri') ?? textIn(author, 'atom', 'url'), base) }]
}

type Form = 'text' | 'html' | 'xhtml' | 'base64' | 'other'

/** RFC 4287, 3.1.1 and 4.1.3.3; Atom 0.3 says media types, and by `mode` how they are written. */
function formOf(element: XmlElement): Form {
  const type = (attribute(element, 'type') ?? 'text').toLowerCase()
  const mode = attribute(element, 'mode')
  if (mode === 'base64') return 'base64'
  if (type === 'xhtml' || type === 'application/xhtml+xml' || (type === 'text/html' && mode === 'xml')) return 'xhtml'
  if (type === 'html' || type === 'text/html') return 'html'
  if (type === 'text' || type === 'text/plain') return elementsOf(element).length > 0 ? 'xhtml' : 'text'
  return 'other'
}

/** The text of a construct as HTML. */
function markupConstruct(element: XmlElement | undefined): string | undefined {
  const body = bodyIn(element)
  if (body === undefined) return undefined
  return 'html' in body ? body.html : body.paragraphs.map(htmlOfText).join('\n')
}

function plainConstruct(element: XmlElement | undefined): string | undefined {
  if (element && formOf(element) === 'text') return textOf(element).trim() || undefined
  const markup = markupConstruct(element)
  return markup === undefined ? undefined : textOfHtml(markup)
}

/** RFC 4287, 3.1.1.3: the `div` is not part of the content. */
function wrapperOf(element: XmlElement): XmlElement {
  const [only, ...more] = elementsOf(element)
  return only?.name === 'div' && more.length === 0 ? only : element
}

/** Undefined for what stands elsewhere (`src`), is empty or is no text. */
function bodyIn(element: XmlElement | undefined): Body | undefined {
  if (!element || attribute(element, 'src') !== undefined) return undefined
  const form = formOf(element)
  const text = form === 'xhtml' ? htmlInside(wrapperOf(element)) : textOf(element)
  if (form === 'other' || text.trim() === '') return undefined
  if (form === 'text') return plainBody(text)
  return form === 'base64' ? bodyOf(Buffer.from(text, 'base64').toString('utf8')) : { html: text }
}

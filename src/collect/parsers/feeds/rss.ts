import type { Party } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { isNobody } from '../byline-names.ts'
import { namesInByline } from '../byline.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import {
  bodyOf,
  datesOf,
  distinctMedia,
  eachEntry,
  filed,
  mediaBeside,
  textOfEntry,
  type Category,
} from './feed-entry.ts'
import { all, attribute, baseOf, languageOf, markupIn, one, plainIn, textIn, textsOf } from './feed-xml.ts'
import { languageTag } from '../language-tag.ts'
import { descriptionOf, mediaOf } from './media-rss.ts'
import { plainOf } from '../plain.ts'
import { rssOrigins } from './statements.ts'
import { webAddress } from '../web-address.ts'
import {
  exportedCategories,
  exportedItem,
  exportedNames,
  isPost,
  readExport,
  shownContent,
  withoutOrigin,
  type Export,
} from './word-press.ts'
import { rootName } from '../xml/xml-tokens.ts'
import { readXml, type XmlElement } from '../xml/xml.ts'

/** RSS 2.0 and 0.9x (https://www.rssboard.org/rss-specification) and RSS 1.0 (RDF), with the modules content, dc, dcterms, atom, media, itunes. */
export const rss: Parser = {
  recognises: text => {
    const name = rootName(text)
    return name === 'rss' || (name === 'RDF' && /purl\.org\/rss\/1\.0\/|netscape\.com\/rdf\//.test(text.slice(0, 4096)))
  },
  parse: (text, hints) => {
    const root = readXml(text)
    if (root.name !== 'rss' && root.name !== 'RDF')
      throw new Unusable(`The document is no RSS: its root element is "${root.name.slice(0, 40)}".`, root.line)
    const channel = one(root, 'rss', 'channel')
    // RSS 1.0 has the items beside the channel.
    const items = [...all(channel, 'rss', 'item'), ...all(root, 'rss', 'item')]
    const common = readChannel(root, channel, items)
    return eachEntry(items.filter(isPost), item => readItem(item, common, hints))
  },
}

/** What the channel says of all items, found once: it may have many children. */
interface Channel {
  path: readonly (XmlElement | undefined)[]
  home?: string
  language?: string
  rights?: string
  export: Export
}

function readChannel(root: XmlElement, channel: XmlElement | undefined, items: readonly XmlElement[]): Channel {
  const path = [root, channel]
  return {
    path,
    home: webAddress(textIn(channel, 'rss', 'link')),
    language: languageOf(path) ?? textIn(channel, 'rss', 'language') ?? textIn(channel, 'dc', 'language'),
    rights: rightsOf(channel),
    export: readExport(channel, items),
  }
}

function readItem(item: XmlElement, { path, home, ...channel }: Channel, hints: Hints): Draft {
  const base = baseOf([...path, item], home)
  const link = linkOf(item, base)
  const language = languageTag(textIn(item, 'dc', 'language') ?? languageOf([item]) ?? channel.language)
  const exported = exportedItem(item, channel.export)
  const stored = shownContent(item, markupIn(one(item, 'content', 'encoded')), channel.export)
  const [content, summary] = [stored, summaryOf(item) ?? exported.excerpt].map(
    html => html && withoutOrigin(html, link, home),
  )
  const text = textOfEntry(content === undefined ? undefined : bodyOf(content), summary)
  const publisher = plainIn(one(item, 'rss', 'source')) ?? plainIn(one(item, 'dc', 'publisher'))
  return {
    ownId: textIn(item, 'rss', 'guid') ?? attribute(item, rdfAbout) ?? link,
    title: plainIn(one(item, 'rss', 'title')) ?? plainIn(one(item, 'dc', 'title')),
    ...(exported.pubStatus && { pubStatus: exported.pubStatus }),
    ...text,
    baseUrl: baseOf([...path, item], link ?? home),
    language,
    ...datesOf(
      [...publishedOf(item), exported.published],
      [textIn(item, 'atom', 'updated'), textIn(item, 'dcterms', 'modified'), exported.modified],
      hints,
      language,
    ),
    ...filed(exportedCategories(item, categoriesOf(item))),
    authors: exportedNames(item, authorsOf(item), channel.export).flatMap(printedName),
    publisher: publisher === undefined ? undefined : { name: publisher },
    rights: rightsOf(item) ?? channel.rights,
    media: mediaBeside(text.body, distinctMedia([...(exported.lead ? [exported.lead] : []), ...mediaOf(item)], base)),
    link,
    origins: () => rssOrigins(item, path[1]),
  }
}

/** A podcast may have no other text than its `itunes:summary`, a film than its media description. */
function summaryOf(item: XmlElement): string | undefined {
  return markupIn(one(item, 'rss', 'description')) ?? markupIn(one(item, 'itunes', 'summary')) ?? descriptionOf(item)
}

function publishedOf(item: XmlElement): (string | undefined)[] {
  return [
    textIn(item, 'rss', 'pubDate'),
    textIn(item, 'dcterms', 'issued'),
    textIn(item, 'dc', 'date'),
    textIn(item, 'atom', 'published'),
  ]
}

const rdfAbout = '{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about'

/** A `guid` is the address of the article's page unless it says that it is not. */
function linkOf(item: XmlElement, base: string | undefined): string | undefined {
  const guid = one(item, 'rss', 'guid')
  const permanent = attribute(guid, 'isPermaLink')?.toLowerCase() !== 'false'
  const alternate = all(item, 'atom', 'link').find(link => (attribute(link, 'rel') ?? 'alternate') === 'alternate')
  return (
    webAddress(textIn(item, 'rss', 'link'), base) ??
    webAddress(attribute(alternate, 'href'), base) ??
    (permanent ? webAddress(textIn(item, 'rss', 'guid')) : undefined)
  )
}

function categoriesOf(item: XmlElement): Category[] {
  const own = all(item, 'rss', 'category').map(category => ({
    name: plainIn(category) ?? '',
    scheme: attribute(category, 'domain'),
  }))
  const subjects = textsOf(item, 'dc', 'subject').map(name => ({ name: plainOf(name) }))
  const keywords = textsOf(item, 'media', 'keywords')
    .flatMap(list => list.split(','))
    .map(name => ({ name }))
  return [...own, ...subjects, ...keywords]
}

/** `By Ida Holm and Bo Lund`, `admin`: whom it names. */
function printedName({ name, ...rest }: Party): Party[] {
  if (/^by /i.test(name)) return namesInByline(name).map(each => ({ ...rest, name: each }))
  return isNobody(name) ? [] : [{ ...rest, name }]
}

/** The first module that names any. An `author` is an e-mail address, by habit with the name behind it. */
function authorsOf(item: XmlElement): Party[] {
  const found = [
    textsOf(item, 'dc', 'creator').map(nameOf),
    textsOf(item, 'rss', 'author').map(nameOf),
    all(item, 'atom', 'author').flatMap(author => textsOf(author, 'atom', 'name')),
    textsOf(item, 'itunes', 'author').map(nameOf),
  ]
  const names = found.map(list => list.filter(name => name !== '')).find(list => list.length > 0) ?? []
  return [...new Set(names)].map(name => ({ name }))
}

/** Of `desk@example.com (Ida Holm)`, `Ida Holm <desk@example.com>` or `Ida Holm` the name; an address alone is none to print. */
function nameOf(written: string): string {
  const text = plainOf(written).slice(0, 1000)
  const inside = /^[^\s@()]+@[^\s@()]+ *\(([^()]+)\)$/.exec(text)?.[1]
  return (inside ?? text.replace(/ *<?[^\s@<>]+@[^\s@<>]+>?/, '')).trim()
}

function rightsOf(element: XmlElement | undefined): string | undefined {
  return (
    plainIn(one(element, 'dc', 'rights')) ??
    plainIn(one(element, 'media', 'copyright')) ??
    plainIn(one(element, 'rss', 'copyright'))
  )
}

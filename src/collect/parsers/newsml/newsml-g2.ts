import type { Media } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { eachArticle } from '../each-article.ts'
import { childOf, childrenOf, elementsOf, readXml, type XmlElement } from '../xml/xml.ts'
import { rootName } from '../xml/xml-tokens.ts'
import { readItem } from './item.ts'
import { attachedMedia } from './media.ts'
import { natureOf } from './values.ts'

const roots = new Set([
  'newsMessage',
  'newsItem',
  'packageItem',
  'knowledgeItem',
  'conceptItem',
  'planningItem',
  'catalogItem',
])

/**
 * NewsML-G2 (IPTC): a news item, a package, or a message with several of either. Namespaces do not count, since some agencies
 * leave them out. Pictures, sounds and films that belong to a text of the same message become its media, all others articles.
 */
export const newsmlG2: Parser = {
  recognises: text => roots.has(rootName(text) ?? ''),
  parse: (text, hints) => {
    const root = readXml(text)
    const items = itemsIn(root)
    const articles = items.filter(({ name }) => name === 'newsItem')
    if (articles.length === 0) {
      throw new Unusable(
        items.length > 0 ? 'The package only refers to news items, and holds none.' : 'There is no news item in it.',
      )
    }
    const attached = attachedTo(articles, items)
    const elsewhere = new Set([...attached.values()].flat())
    return eachArticle(
      articles.filter(article => !elsewhere.has(article)),
      article =>
        readInPlace(
          article,
          (attached.get(article) ?? []).flatMap(media => attachedMedia(media, hints)),
          root,
          hints,
        ),
    )
  },
}

/** News items and packages, wherever the message or package has them. */
function itemsIn(element: XmlElement): XmlElement[] {
  const own = element.name === 'newsItem' || element.name === 'packageItem' ? [element] : []
  return element.name === 'newsItem' ? own : [...own, ...elementsOf(element).flatMap(itemsIn)]
}

/** The pictures that go with a text: those that it links to, that a package names beside it, or that come with the only text there is. */
function attachedTo(articles: readonly XmlElement[], items: readonly XmlElement[]): Map<XmlElement, XmlElement[]> {
  const texts = articles.filter(article => natureOf(article) === undefined)
  const textsByGuid = new Map(texts.map(text => [guidOf(text), text]))
  const owners = new Map<string, XmlElement>()
  for (const item of items) {
    const refs = refsIn(item)
    const beside = refs.map(ref => textsByGuid.get(ref)).find(found => found !== undefined)
    const text = textsByGuid.get(guidOf(item)) ?? beside
    for (const ref of refs) if (text !== undefined && !owners.has(ref)) owners.set(ref, text)
  }
  const only = texts.length === 1 ? texts[0] : undefined
  const attached = new Map<XmlElement, XmlElement[]>()
  for (const media of articles) {
    const owner = natureOf(media) === undefined ? undefined : (owners.get(guidOf(media)) ?? only)
    if (owner === undefined) continue
    const list = attached.get(owner)
    if (list) list.push(media)
    else attached.set(owner, [media])
  }
  return attached
}

function guidOf(item: XmlElement): string {
  return item.attributes.get('guid')?.trim() ?? ''
}

/** The guids that an item's links, or a package's references, name. */
function refsIn(item: XmlElement): string[] {
  const links = childrenOf(childOf(item, 'itemMeta'), 'link')
  const references = childrenOf(childOf(item, 'groupSet'), 'group').flatMap(group => childrenOf(group, 'itemRef'))
  return [...links, ...references].flatMap(link => link.attributes.get('residref') ?? [])
}

function readInPlace(article: XmlElement, media: readonly Media[], message: XmlElement, hints: Hints): Draft {
  try {
    return readItem(article, media, message, hints)
  } catch (error) {
    throw error instanceof Unusable ? new Unusable(error.message, error.line ?? article.line) : error
  }
}

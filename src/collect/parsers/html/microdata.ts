import { closest, type Page } from './page.ts'

const articleType = /^https?:\/\/schema\.org\/(?:\w*Article|\w*Posting|Report)$/

/** Characters of one value; the text itself is looked for elsewhere. */
const longest = 5_000
const mostValues = 500
/** Characters of all values. Each may hold those of the elements within it. */
const enough = 2_000_000

type Node = Map<string, unknown[]>

/**
 * The article that a page marks with microdata (HTML, 5), as JSON-LD would say it; undefined where there is none, or several of which none
 * has the page's text. One with a headline that the page is not told by, `isTitle`, is a teaser of another story.
 */
export function microdataOf({ elements }: Page, isTitle: (headline: string) => boolean): string | undefined {
  const nodes = new Map<Element, Node>()
  let read = 0
  for (const element of elements) {
    if (element.getAttribute('itemscope') !== null)
      nodes.set(element, new Map([['@type', [element.getAttribute('itemtype')?.trim() ?? '']]]))
    const name = element.getAttribute('itemprop')?.trim()
    const { parentElement: parent } = element
    if (!name || !parent || read > enough) continue
    const node = nodes.get(closest(parent, around => around.getAttribute('itemscope') !== null) ?? parent)
    const values = node?.get(name) ?? []
    if (!node || values.length >= mostValues) continue
    const value = nodes.get(element) ?? valueOf(element, name)
    read += typeof value === 'string' ? value.length : 0
    node.set(name, [...values, typeof value === 'string' ? value.trim().slice(0, longest) : value])
  }
  const articles = [...nodes.values()].filter(
    node => articleType.test(String(node.get('@type')?.[0])) && isTitle(titleOf(node)),
  )
  const article = articles.find(node => node.has('articleBody')) ?? (articles.length === 1 ? articles[0] : undefined)
  return article && JSON.stringify(objectOf(article))
}

function titleOf(node: Node): string {
  const [title] = [...(node.get('headline') ?? []), ...(node.get('name') ?? [])]
  return typeof title === 'string' ? title : ''
}

/** As in JSON-LD, a list of one is that one. */
function objectOf(node: Node): object {
  const said = (value: unknown) => (value instanceof Map ? objectOf(value as Node) : value)
  return Object.fromEntries(
    Array.from(node, ([name, values]) => [name, values.length === 1 ? said(values[0]) : values.map(said)]),
  )
}

/** Properties that are addresses; what stands on a link to the article is a name. */
const addresses = /^(?:url|image|logo|sameAs|mainEntityOfPage|thumbnailUrl|contentUrl|embedUrl|discussionUrl)$/
const people = /^(?:author|creator|editor|contributor)$/

/** HTML, 5.2.4; but of a link its text, where a name is asked for. */
function valueOf(element: Element, name: string): string | Node {
  const [content, href, src, datetime] = ['content', 'href', 'src', 'datetime'].map(each => element.getAttribute(each))
  if (content) return content
  const address = href || src
  if (address && addresses.test(name)) return address
  if (datetime) return datetime
  // Its length is that of the page.
  const text = name === 'articleBody' ? '' : element.textContent.trim()
  return address && people.test(name) && text !== ''
    ? new Map([
        ['name', [text.slice(0, longest)]],
        ['url', [address]],
      ])
    : text
}

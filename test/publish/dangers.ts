import { DOMParser } from 'linkedom'

const forbidden = new Set(
  `iframe frame frameset object embed applet svg math form input button select textarea template noscript noembed noframes xmp plaintext
  base marquee style link meta script`.split(/\s+/),
)
const addressed = new Set(
  'href src cite poster action formaction data srcset xlink:href background ping longdesc lowsrc dynsrc usemap classid codebase'.split(
    ' ',
  ),
)

// As the sanitiser writes it, so that no two parsers can see something different: whole tags, values in quotes, no other angle.
const strictTag = /<(?:\/[a-z][a-z0-9]*|[a-z][a-z0-9]*(?: [a-z]+="[^"<>]*")*(?: \/)?)>/g

/** What a browser could run, load as a page or follow to a script in a piece of HTML from outside; empty where it is safe. */
export function dangersIn(html: string): string[] {
  const text = html.replace(strictTag, '')
  return [...(/[<>]/.test(text) ? [`a stray bracket in ${text.slice(0, 200)}`] : []), ...dangersInTree(html)]
}

/** The same of a whole page of our own, whose head may hold a style and data for machines, but no script. */
export function dangersInPage(page: string): string[] {
  const document: Document = new DOMParser().parseFromString(page, 'text/html') as unknown as Document
  const inHead = [...document.head.querySelectorAll('*')]
  const own = inHead.filter(
    element =>
      !['title', 'style', 'meta', 'link', 'script'].includes(element.localName) ||
      element.getAttribute('http-equiv') !== null ||
      (element.localName === 'script' && element.getAttribute('type') !== 'application/ld+json') ||
      (element.localName === 'link' && !/^(?:canonical|alternate)$/.test(element.getAttribute('rel') ?? '')),
  )
  const styles = inHead.filter(({ localName }) => localName === 'style')
  return [
    ...(styles.length === 1 ? [] : [`${styles.length} styles`]),
    ...own.map(element => `${element.localName} in the head`),
    ...inHead.flatMap(dangersOfAttributes),
    ...dangersInTree(document.body.innerHTML),
  ]
}

/** Is this an address that a browser would run, or open as a page of its own? However it is written. */
export function isScript(address: string): boolean {
  const [scheme] = /^[^/?#]*?:/.exec(address.replace(/[\p{C}\p{Z}\s]/gu, '').normalize('NFKC')) ?? []
  return scheme !== undefined && !/^(?:https?|mailto|tag):$/i.test(scheme)
}

function dangersInTree(html: string): string[] {
  const body = new DOMParser().parseFromString(`<html><head></head><body>${html}</body></html>`, 'text/html').body
  return [...body.querySelectorAll('*')].flatMap((element: Element) => [
    ...(forbidden.has(element.localName.toLowerCase()) ? [`an element ${element.localName}`] : []),
    ...dangersOfAttributes(element),
  ])
}

function dangersOfAttributes(element: Element): string[] {
  return element.getAttributeNames().flatMap(written => {
    const name = written.toLowerCase()
    const value = element.getAttribute(written) ?? ''
    if (name.startsWith('on') || name === 'style' || name === 'srcdoc') return [`an attribute ${name}`]
    return addressed.has(name) && isScript(value) ? [`${name}="${value}"`] : []
  })
}

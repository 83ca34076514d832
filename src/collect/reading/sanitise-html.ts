import sanitize from 'sanitize-html'
import { Unusable } from '../../errors.ts'
import { absoluteUrl, isRelative } from './links.ts'
import { withResolvedImages } from '../parsers/html/page-images.ts'
import { composed, withoutForbidden } from '../../text.ts'

/** Open elements at one place. The parser's time grows with the square of it. */
const deepest = 256

/** Characters between two tags. */
const longestText = 2_000_000

const attributes: Record<string, string[]> = {
  a: ['href', 'title', 'hreflang'],
  abbr: ['title'],
  audio: ['src', 'controls'],
  blockquote: ['cite'],
  col: ['span'],
  del: ['datetime'],
  img: ['src', 'alt', 'title', 'width', 'height'],
  ins: ['datetime'],
  li: ['value'],
  ol: ['start', 'reversed', 'type'],
  q: ['cite'],
  source: ['src', 'type'],
  td: ['colspan', 'rowspan', 'headers'],
  th: ['colspan', 'rowspan', 'headers', 'scope'],
  time: ['datetime'],
  video: ['src', 'controls', 'width', 'height', 'poster'],
}
const everywhere = ['lang', 'dir']

const tags =
  `p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote q cite figure figcaption img table caption colgroup col thead tbody tfoot
  tr td th pre code kbd samp var em strong b i u s sub sup small mark del ins abbr dfn time bdi bdo ruby rb rt rp wbr br hr a div span
  audio video source`.split(/\s+/)

// Their content is no text of the article, or is read by other rules than the parser's.
const dropped =
  `script style textarea option select button xmp noscript noembed noframes template svg math iframe object applet
  title head datalist`.split(/\s+/)

/** Its types do not know `allowedEmptyAttributes` yet. */
const options: sanitize.IOptions & { allowedEmptyAttributes: string[] } = {
  allowedTags: tags,
  allowedAttributes: { ...attributes, '*': everywhere },
  // Every attribute gets a value: `alt=""`, as XML wants it.
  allowedEmptyAttributes: [...new Set([...Object.values(attributes).flat(), ...everywhere])],
  nonTextTags: dropped,
  selfClosing: ['img', 'br', 'hr', 'col', 'wbr', 'source'],
  // `transform` has decided already, by the same parser as browsers; this is the second lock.
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesAppliedToAttributes: ['href', 'src', 'cite', 'poster'],
  allowProtocolRelative: false,
}

/**
 * HTML that is safe to show anywhere, from HTML that may be hostile: allow-listed elements and attributes, links (http, https,
 * mailto) and media (http, https) absolute against `baseUrl` and dropped where they cannot be, an iframe as a link to what it showed.
 * Images that a script would load late are there at once (`resolveImages`).
 * Well-formed as XML too: balanced, `<br />`, no named entity but those of XML, no `]]>`. Text is in NFC. Sanitising twice changes nothing.
 * `lost` is told of each link and medium that is relative where nothing says to what.
 * Throws `Unusable` at more than 256 nested elements, or two million characters without a tag.
 */
export function sanitiseHtml(html: string, baseUrl?: string, lost?: (kind: Lost) => void): string {
  refuseEndless(html)
  const { safe, unwrapped } = sanitiseOnce(withResolvedImages(html), baseUrl, lost)
  // Without the element that stood between them a paragraph may stand in a paragraph: read again, as browsers will.
  return unwrapped ? sanitiseOnce(safe, baseUrl).safe : safe
}

/** What has no address without a base. */
export type Lost = 'link' | 'medium'

/** Before the parser, which takes twenty times as much memory as the text. A picture in an attribute may be as long. */
function refuseEndless(html: string): void {
  for (let at = 0; at >= 0;) {
    const tag = html.indexOf('<', at)
    if ((tag < 0 ? html.length : tag) - at > longestText) {
      throw new Unusable(`The HTML has more than ${longestText} characters without a tag.`)
    }
    const end = tag < 0 ? -1 : html.indexOf('>', tag)
    at = end < 0 ? -1 : end + 1
  }
}

const known = new Set([...tags, 'h1'])

function sanitiseOnce(
  html: string,
  baseUrl: string | undefined,
  lost?: (kind: Lost) => void,
): { safe: string; unwrapped: boolean } {
  let depth = 0
  let links = 0
  let unwrapped = false
  let pieces = 0
  const unwanted = new WeakSet<sanitize.Attributes>()
  const safe = sanitize(html, {
    ...options,
    onOpenTag: name => {
      if (++depth > deepest) throw new Unusable(`The HTML nests more than ${deepest} elements.`)
      unwrapped ||= !known.has(name)
      if (name === 'a') links++
    },
    onCloseTag: name => {
      depth--
      if (name === 'a') links--
    },
    transformTags: {
      // Only a transformation by name may set a text. Within a link there can be no other (HTML, 4.5.1).
      iframe: (_, { src }) => embedded(links > 0 ? undefined : absoluteUrl(src, 'web', baseUrl)),
      '*': (name, given) => {
        const tag = transform(name, given, baseUrl)
        if (lost && baseUrl === undefined) tellLost(name, given, lost)
        if (name === 'div' && isFurniture(given) && ++pieces <= mostFurniture) unwanted.add(tag.attribs)
        return tag
      },
    },
    // Goes with all that is in it.
    exclusiveFilter: ({ attribs }) => unwanted.has(attribs),
  })
  // Entities may have brought back what the decoder had removed.
  const clean = withoutForbidden(safe).replace(/<(?:img|source) \/>/g, '')
  const text = composedText(clean.trim()).replace(/^[\s\u0338]+/, '')
  return { safe: text.trimEnd(), unwrapped }
}

/** Paragraphs of plain text as HTML, each escaped; one that is an address becomes a link. */
export function htmlOfParagraphs(paragraphs: readonly string[]): string {
  return paragraphs.map(htmlOfParagraph).join('\n')
}

function htmlOfParagraph(paragraph: string): string {
  const text = escapeText(paragraph)
  const address = /^https?:\/\/\S+$/i.test(paragraph) ? absoluteUrl(paragraph, 'link') : undefined
  return address === undefined
    ? `<p>${text}</p>`
    : `<p><a href="${escapeText(address).replaceAll('"', '&quot;')}">${text}</a></p>`
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, character => escapes[character] ?? '').replace(/^\u0338+/, '')
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * NFC in text alone: over the whole, `>` and a U+0338 behind it would become one character and the tag would be gone.
 * For the sake of those who normalise later, no text begins with that mark.
 */
function composedText(html: string): string {
  if (!/[\u0300-\uffff]/.test(html)) return html
  return html
    .split(/(<[^>]*>)/)
    .map((part, index) => (index % 2 === 0 ? composed(part).replace(/^\u0338+/, '') : part))
    .join('')
}

/** What newsletter and blog systems put between paragraphs: forms to subscribe, buttons to share, lists of other articles. */
const furniture =
  /(?:^|\s)(?:subscription-widget-wrap(?:-editor)?|kg-signup-card|sharedaddy|jp-relatedposts|mc4wp-form|addtoany_share_save_container)(?:\s|$)/

/** Taking one away costs as much as the text in front of it is long. */
const mostFurniture = 100

function isFurniture({ class: names = '' }: sanitize.Attributes): boolean {
  return furniture.test(names.slice(0, 1_000))
}

function transform(name: string, given: sanitize.Attributes, baseUrl: string | undefined): sanitize.Tag {
  const attribs = plainAttributes(given)
  switch (name) {
    case 'h1':
      return { tagName: 'h2', attribs }
    case 'a':
      return withUrl({ tagName: 'a', attribs }, 'href', absoluteUrl(given.href, 'link', baseUrl))
    case 'img':
      if (isBeacon(given)) return { tagName: 'img', attribs: {} }
      // One without a word for it is read out by its file's name.
      return withUrl(
        { tagName: 'img', attribs: { alt: '', ...attribs } },
        'src',
        absoluteUrl(given.src, 'web', baseUrl),
      )
    case 'source':
      return withUrl({ tagName: name, attribs }, 'src', absoluteUrl(given.src, 'web', baseUrl))
    case 'audio':
    case 'video':
      return player(name, attribs, given, baseUrl)
    case 'blockquote':
    case 'q':
      return { tagName: name, attribs: { ...attribs, ...present('cite', absoluteUrl(given.cite, 'web', baseUrl)) } }
    default:
      return { tagName: name, attribs }
  }
}

function tellLost(name: string, given: sanitize.Attributes, lost: (kind: Lost) => void): void {
  if (name === 'a' && isRelative(given.href)) lost('link')
  if (/^(?:img|source|audio|video)$/.test(name) && isRelative(given.src)) lost('medium')
}

const valueForms: Readonly<Record<string, RegExp>> = {
  lang: /^[a-z0-9-]{1,35}$/i,
  hreflang: /^[a-z0-9-]{1,35}$/i,
  dir: /^(?:ltr|rtl|auto)$/i,
  width: /^\d{1,5}$/,
  height: /^\d{1,5}$/,
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,5}$/,
  span: /^\d{1,3}$/,
  start: /^-?\d{1,9}$/,
  value: /^-?\d{1,9}$/,
  scope: /^(?:row|col|rowgroup|colgroup)$/i,
  type: /^(?:[1aAiI]|(?:audio|video)\/[\w.+-]{1,60})$/,
  title: /[^]/,
  alt: /^/,
  datetime: /^[\w:.+ -]{1,40}$/,
  headers: /^[\w -]{1,200}$/,
}

/** Those attributes that are no addresses and have a fitting value. */
function plainAttributes(given: sanitize.Attributes): sanitize.Attributes {
  const kept: sanitize.Attributes = {}
  for (const [name, value] of Object.entries(given)) {
    if (name === 'reversed') kept.reversed = 'reversed'
    else if (valueForms[name]?.test(value)) kept[name] = composed(value)
  }
  return kept
}

/** One point, or none, counts readers. */
function isBeacon({ width = '', height = '' }: sanitize.Attributes): boolean {
  return [width, height].every(measure => /^\s{0,9}[01](?:px)?\s{0,9}$/.test(measure))
}

/** Without an address no attribute is left, and an image goes as a whole. */
function withUrl(tag: sanitize.Tag, name: string, url: string | undefined): sanitize.Tag {
  return { ...tag, attribs: url === undefined ? {} : { [name]: url, ...tag.attribs } }
}

/** Its address may stand in `source` elements. */
function player(
  name: string,
  attribs: sanitize.Attributes,
  given: sanitize.Attributes,
  baseUrl?: string,
): sanitize.Tag {
  const addresses = {
    ...present('src', absoluteUrl(given.src, 'web', baseUrl)),
    ...present('poster', absoluteUrl(given.poster, 'web', baseUrl)),
  }
  return { tagName: name, attribs: { ...addresses, ...attribs, controls: 'controls' } }
}

function embedded(url: string | undefined): sanitize.Tag {
  return url === undefined ? { tagName: 'iframe', attribs: {} } : { tagName: 'a', attribs: { href: url }, text: url }
}

function present(name: string, value: string | undefined): sanitize.Attributes {
  return value === undefined ? {} : { [name]: value }
}

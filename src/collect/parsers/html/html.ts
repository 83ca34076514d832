import { linesOf } from '../../../text.ts'
import type { Body, Draft, Hints, Parser } from '../draft.ts'
import { readJsonLd } from './json-ld.ts'
import { firstDate, sureDate } from '../dates/lenient-dates.ts'
import { microdataOf } from './microdata.ts'
import { leadImage, resolveImages } from './page-images.ts'
import { readHead, readMetadata, type PageMetadata } from './page-metadata.ts'
import { readPage, type Page } from './page.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { plainOf, standfirstOf } from '../plain.ts'
import { readableHtml } from './readable.ts'
import { webAddress } from '../web-address.ts'

const prolog = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*/
const beginning = /^<(?:!doctype\s+html\b|html[\s>]|head[\s>]|body[\s>]|article[\s>])/i

/** A stored web page: JSON-LD first, then OpenGraph and meta elements, then the page itself; the text by Mozilla's Readability. */
export const html: Parser = {
  recognises: text => {
    const start = text.slice(0, 4096)
    return beginning.test(start.slice(prolog.exec(start)?.[0].length))
  },
  parse: (text, hints) => [parseHtml(text, hints)],
}

function parseHtml(text: string, hints: Hints): Draft {
  const page = readPage(text)
  const head = readHead(page)
  const canonical = webAddress(head.canonical ?? head.metas.get('og:url')?.[0], webAddress(head.base))
  const { text: articleBody, ...linked } = linkedData(page, head.scripts, canonical)
  const said = merged(linked, readMetadata(page, head, linked.publisher?.name))
  const link = canonical ?? webAddress(linked.link)
  const baseUrl = webAddress(head.base, link) ?? link
  resolveImages(page)
  const lead = leadImage(page)
  const body = bodyOf(readableHtml(page, said) ?? '', articleBody)
  return {
    ...said,
    ownId: ownIdOf(linked.ownId, link),
    link,
    baseUrl,
    body,
    standfirst: standfirstOf(said.standfirst, 'html' in body ? body.html : body.paragraphs.join('\n')),
    published: firstDate(said.published ?? [], hints, said.language),
    modified: sureDate(said.modified ?? [], hints, said.language),
    authors: said.authors?.map(({ name, url }) => ({ name, url: webAddress(url, baseUrl) })),
    media: [...(said.media ?? []), ...(hasImage(said.media, body) ? [] : lead)].flatMap(medium => {
      const url = webAddress(medium.url, baseUrl)
      return url === undefined ? [] : [{ ...medium, url }]
    }),
  }
}

/** As JSON-LD, else as microdata. */
function linkedData(page: Page, scripts: readonly string[], canonical: string | undefined): PageMetadata {
  const linked = readJsonLd(scripts, canonical)
  const marked = linked.title === undefined ? microdataOf(page) : undefined
  return marked === undefined ? linked : readJsonLd([marked], canonical)
}

function hasImage(media: PageMetadata['media'] = [], body: Body): boolean {
  return media.some(({ kind }) => kind === 'image') || ('html' in body && /<img\s/i.test(body.html))
}

/** What the first says, and of the second what the first leaves out; of dates, both. */
function merged(trusted: PageMetadata, other: PageMetadata): PageMetadata {
  const given = Object.entries(trusted).filter(([, value]) =>
    Array.isArray(value) ? value.length > 0 : value !== undefined,
  )
  return {
    ...other,
    ...Object.fromEntries(given),
    published: [...(trusted.published ?? []), ...(other.published ?? [])],
    modified: [...(trusted.modified ?? []), ...(other.modified ?? [])],
  }
}

/** An id that means this page everywhere: a system that writes the site's address, or `#article`, would give all pages the same. */
function ownIdOf(id: string | undefined, link: string | undefined): string | undefined {
  const absolute = id === undefined || !URL.canParse(id, link) ? undefined : new URL(id, link)
  return [absolute && id !== undefined && URL.canParse(id) ? id : absolute?.href, link].find(
    address => address !== undefined && !isHome(new URL(address)),
  )
}

function isHome({ protocol, pathname, search }: URL): boolean {
  return /^https?:$/.test(protocol) && pathname === '/' && search === ''
}

/** Characters of text. What Readability finds on a page that a script fills later is a notice about cookies. */
const hardlyAnything = 200

function bodyOf(readable: string, articleBody: string | undefined): Body {
  const found = readable.replace(/<[^>]*>/g, '').trim().length
  if (articleBody === undefined || found >= hardlyAnything || articleBody.length <= found) return { html: readable }
  return /<p[\s>]/i.test(articleBody)
    ? { html: articleBody }
    : { paragraphs: paragraphsOf(linesOf(plainOf(articleBody))) }
}

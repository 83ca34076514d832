import { Unusable } from '../../errors.ts'
import type { Parser } from './draft.ts'
import { rootName } from './xml/xml-tokens.ts'

const markup = /^\s*<\?xml\s/i

/** Documents that are known, and hold no article by themselves. */
const known: ReadonlyMap<string, string> = new Map([
  ['opml', 'a list of feeds (OPML)'],
  ['urlset', 'a sitemap'],
  ['sitemapindex', 'a list of sitemaps'],
])

/** An XML or JSON document that no format knows: its first line is no headline, and the reason says what it is. */
export const foreign: Parser = {
  recognises: text => markup.test(text) || known.has(rootName(text) ?? '') || isJson(text),
  parse: text => {
    const root = rootName(text)
    if (root === undefined)
      throw new Unusable(
        `The ${isJson(text) ? 'JSON' : 'XML'}${isEnvelope(text) ? ' (a list of items in an envelope)' : ''} is in none of the formats read here.`,
      )
    throw new Unusable(
      `The XML document "${root.slice(0, 40)}" is ${known.get(root) ?? 'in none of the formats read here'}.`,
    )
  },
}

/** By its beginning: a headline may begin with a bracket, but hardly with a quoted name or nothing else behind it. */
function isJson(text: string): boolean {
  return /^\s*(?:\{\s*"(?:[^"\\\n]|\\.){1,200}"\s*:|\[\s*[[{]\s*["[{])/.test(text.slice(0, 4096))
}

function isEnvelope(text: string): boolean {
  return isJson(text) && /:\s*\[\s*\{/.test(text.slice(0, 4096))
}

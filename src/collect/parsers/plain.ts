import { decodedText } from './html/page.ts'

/** Characters. No title, caption or summary comes near it. */
const longest = 20_000

const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z0-9]{1,31});/i
const inline = '(?:abbr|a|b|cite|code|del|em|font|i|ins|mark|p|q|s|small|span|strong|sub|sup|u)'
const startTag = new RegExp(String.raw`<${inline}(?:\s[^<>]*)?>`, 'i')
const endTag = new RegExp(String.raw`</${inline}\s*>`, 'i')

/**
 * A title or name that should be plain text, and in many feeds is HTML: taken for HTML only where it has both tags of an inline element,
 * a line break or an entity. `AT&T`, `a < b` and `the <html> tag` stay.
 */
export function plainOf(text: string): string {
  if (text.length > longest) return text
  if ((startTag.test(text) && endTag.test(text)) || /<br\s*\/?>/i.test(text)) return textOfHtml(text)
  return entity.test(text) ? textOfHtml(text.replaceAll('<', '&lt;')) : text
}

/**
 * A summary (HTML or plain) as the standfirst of a text (HTML): undefined where it is the text's beginning, which an excerpt gives as well,
 * or is no summary for its length.
 */
export function standfirstOf(summary: string | undefined, html: string): string | undefined {
  if (summary === undefined || summary.length > longest) return undefined
  const said = textOfHtml(summary)
  const beginning = lettersOf(said.replace(/\s*(?:\[?(?:…|\.\.\.|&hellip;)\]?).{0,40}$/u, ''))
  if (beginning === '') return undefined
  const start = html.slice(0, 2 * longest)
  return lettersOf(
    textOfHtml(start.slice(0, start.length === html.length ? undefined : start.lastIndexOf('<'))),
  ).startsWith(beginning)
    ? undefined
    : said
}

/** The text of a piece of HTML on one line, as a browser shows it: markup gone, entities decoded, blocks apart. In linear time. */
export function textOfHtml(html: string): string {
  const marked = withoutRawText(html).replace(blockTag, ' $&')
  const text = marked.replace(/<[a-z/!?][^<>]*>/gi, '').replaceAll('<', '&lt;')
  return decodedText(text).replace(/\s+/g, ' ').trim()
}

const blockTag = /<(?:\/?(?:p|div|h[1-6]|li|[uod]l|d[dt]|blockquote|figure|figcaption|table|t[rdh])|[bh]r)(?=[\s/>])/gi

/** Without comments, scripts and styles, whose ends are looked for but once: an expression would start again at each beginning. */
function withoutRawText(html: string): string {
  let text = ''
  let from = 0
  for (const { 0: start, index } of html.matchAll(/<!--|<script\b|<style\b/gi)) {
    if (index < from) continue
    const end = start === '<!--' ? /-->/g : /<\/(?:script|style)[^<>]*>/gi
    end.lastIndex = index
    text += html.slice(from, index)
    from = end.exec(html) ? end.lastIndex : html.length
  }
  return text + html.slice(from)
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}

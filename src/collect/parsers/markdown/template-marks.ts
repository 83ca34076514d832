/** Code, which says what it says; then whatever may hold a mark. A fence without an end goes to the end of the text (CommonMark, 4.5). */
const code = /(^ {0,3}(`{3,}|~{3,})[^]*?(?:^ {0,3}\2|(?![^]))|^(?: {4}|\t).*|`[^`\n]*`)/gm

const figure = /^\{\{<\s*(?:figure|img|image)\s/
const attribute = (name: string) => new RegExp(`\\s${name}=(?:"([^"]*)"|'([^']*)')`)

/**
 * Markdown without what only the system that stored it can resolve: shortcodes and tags (Hugo, Liquid, Nunjucks), wiki links, embeds and
 * comments (Obsidian), attribute lists (kramdown). Links keep their text, a figure its image, a footnote (GitHub, Pandoc) its number.
 */
export function withoutTemplateMarks(markdown: string): string {
  if (!/\{[{%:]|\[\[|%%|==|\[\^|\[!/.test(markdown)) return markdown
  let [plain, at] = ['', 0]
  for (const { 0: whole, index } of markdown.matchAll(code)) {
    plain += resolved(markdown.slice(at, index)) + whole
    at = index + whole.length
  }
  return plain + resolved(markdown.slice(at))
}

/** A wiki link as its text: `[[Page|Text]]`, `[[Page]]`. With an address behind it, it is Markdown's own. */
export function withoutWikiLinks(text: string): string {
  return text.replace(/\[\[(?:[^[\]|\n]{0,200}\|)?([^[\]|\n]{1,200})\]\](?!\()/g, '$1')
}

function resolved(text: string): string {
  const shown = text
    .replace(/\{\{[<%][^{}\n]{0,1000}\}\}/g, imageOf)
    .replace(/\{\{-?\s{0,9}(?:site|page|layout|include)\.[^{}\n]{0,500}\}\}/g, '')
    .replace(/\{%[^{}\n]{0,1000}%\}/g, '')
    .replace(/^[ \t]{0,9}\{:[^{}\n]{0,500}\}[ \t]*$/gm, '')
    .replace(/%%[^%]{0,5000}%%/g, '')
    .replace(/!\[\[[^[\]\n]{1,500}\]\]/g, '')
    .replace(/==(?=\S)([^=\n]{1,500})==/g, '$1')
    .replace(/^(>[ \t]?)\[!\w{1,20}\][+-]?[ \t]*(.*)$/gm, calloutTitle)
    .replace(/^\[\^([\w-]{1,30})\]:/gm, '<sup>$1</sup>')
    .replace(/\[\^([\w-]{1,30})\]/g, '<sup>$1</sup>')
  return withoutWikiLinks(shown)
}

function imageOf(shortcode: string): string {
  const [src, alt, caption] = ['src', 'alt', 'caption'].map(name => {
    const [, double, single] = attribute(name).exec(shortcode) ?? []
    return double ?? single
  })
  if (!figure.test(shortcode) || src === undefined || /[\s<>]/.test(src)) return ''
  return `![${(alt ?? caption ?? '').replace(/[[\]]/g, '')}](${src})`
}

function calloutTitle(_: string, quote: string, title: string): string {
  return title === '' ? quote : `${quote}**${title}**\n>`
}

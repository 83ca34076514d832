import { codeApart } from './code-apart.ts'
import { withoutContainers } from './containers.ts'
import { withStrongWords } from './emphasis.ts'
import { withoutModules } from './jsx.ts'
import { Kept, withoutCode } from './template-code.ts'

/**
 * Markdown without what only the system that stored it can resolve: tags, shortcodes and output of templates (Hugo, Liquid, Jinja, Nunjucks),
 * JSX and modules (MDX), wiki links, embeds and comments (Obsidian), attribute lists (kramdown, Pandoc), containers. Links keep their text, a
 * figure its image, a footnote (GitHub, Pandoc) its number. Code stays as it is.
 */
export function withoutTemplateMarks(markdown: string, { isMdx = false } = {}): string {
  if (
    !/[{<]|\[\[|%%|==|\[\^|\[!|:::|^!!!|^===|--8<--|^@\[|^<<<|\]\{| \^[\w-]+$|^\\(?:new|page)|^\?\?\?|\[toc\]|^(?:im|ex)port |^\*\[|\]\(|\*\*/im.test(
      markdown,
    )
  )
    return markdown
  const kept = new Kept()
  const text = codeApart(markdown)
    .map(piece => (piece.isCode ? kept.keep(piece.text) : withoutModules(piece.text, isMdx)))
    .join('')
  return kept.shown(withStrongWords(resolved(withoutContainers(withoutCode(text, { kept, isMdx })))))
}

/** A wiki link as its text: `[[Page|Text]]`, `[[Page]]`. With an address or a label behind it, it is Markdown's own. */
export function withoutWikiLinks(text: string): string {
  return text.replace(/\[\[(?:[^[\]|\n]{0,200}\|)?([^[\]|\n]{1,200})\]\](?![([])/g, '$1')
}

/** `#id`, `.class` */
const name = String.raw`[#.][\p{L}\w:.-]{1,100}`
/** `width=50%`, `target="_blank"` */
const pair = String.raw`[\w-]{1,40}=(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|[^\s"'{}=]{1,200})`
/** Behind a link, a picture or code; by names alone also at the end of a line. Those of a formula stand behind its letters. */
const behind = new RegExp(
  String.raw`(?<=[)\]>\ufdd1])\{[ \t]?(?:${name}|${pair})(?:[ \t]+(?:${name}|${pair})){0,9}[ \t]?\}`,
  'gu',
)
const atEnd = new RegExp(String.raw`[ \t]{0,9}\{[ \t]?${name}(?:[ \t]+(?:${name}|${pair})){0,9}[ \t]?\}[ \t]*$`, 'gmu')

function resolved(text: string): string {
  const shown = text
    .replace(/^[-*+\d.]{1,4}[ \t].{0,100}\n[ \t]{0,9}\{:[ \t]{0,9}toc\b[^{}\n]{0,200}\}[ \t]*$/gim, '')
    .replace(/^[ \t]{0,3}\[{1,2}_?toc_?\]{1,2}[ \t]*$/gim, '')
    .replace(/\{::comment\}[^]{0,5000}?\{:\/(?:comment)?\}/g, '')
    .replace(/\{:(?=[\s.#:/]|[\w-]{1,40}=|toc\b)[^{}]{0,500}\}/g, '')
    .replace(
      /^[ \t]{0,9}(?:--8<--.*|<<<[ \t]+@?[./]\S.{0,300}|@\[[\w-]{1,20}[^[\]\n]{0,60}\]\([^()\n]{0,300}\)|\\(?:newpage|pagebreak|clearpage))[ \t]*$/gm,
      '',
    )
    .replace(/(?<=\S)[ \t]\^(?:[a-z][a-z\d-]{2,40}|[a-z\d]{6})[ \t]*$/gim, '')
    .replace(/(?<![\]!\\])\[([^[\]\n]{1,300})\]\{[ \t]?[.#][^{}\n]{1,200}\}/g, '$1')
    .replace(behind, '')
    .replace(atEnd, '')
    .replace(/^(#{1,6}[ \t][^{}\n]{0,300}[^{}\s])[ \t]{0,9}\{#[^\s{}]{1,100}\}(?=[ \t<]|$)/gm, '$1')
    .replace(/^\*\[[^\]\n]{1,100}\]:.*$/gm, '')
    .replace(/%%[^%]{0,5000}%%/g, '')
    .replace(/!\[\[[^[\]\n]{1,500}\]\]/g, '')
    .replace(/==(?=\S)([^=\n]{1,500})==/g, '$1')
    .replace(/^(>[ \t]?)\[!\w{1,20}\][+-]?[ \t]*(.*)$/gm, calloutTitle)
    .replace(notes, note => `${note}\n`)
    .replace(/^\[\^([^\]\s]{1,100})\]:/gm, '<sup>$1</sup>')
    .replace(/\[\^([^\]\s]{1,100})\]/g, '<sup>$1</sup>')
    .replace(/\]\((?:\{(?:static|attach)\}|\|(?:static|attach)\|)/g, '](')
    .replace(/(?<=\]\()(?:https?:\/\/|mailto:)[^()\n"'<>]{1,500}(?=\))/g, address =>
      address.trim().replace(/ /g, '%20'),
    )
    // A block of HTML goes on to the next empty line (CommonMark, 4.6), with all Markdown that stands behind its end.
    .replace(/(<\/(?:div|figure|iframe|table|center)>)[ \t]*(?=[^\s<][^\n]{0,500}\]\(https?:)/g, '$1\n\n')
    // A title without an address.
    .replace(/\]\([ \t]*"[^"\n]{0,300}"[ \t]*\)/g, ']()')
    // An address of the stored file is none of the page that is made of it.
    .replace(/\]\((?!https?:)[^()\s]{1,300}\.(?:mdx?|ipynb|rst)(?:#[^()\s]{0,200})?\)/g, ']()')
  return withoutWikiLinks(shown)
}

/** A footnote that another, or the address of a link, follows: only in a paragraph of its own does either stay what it is. */
const notes = /^\[\^[^\]\s]{1,100}\]:.*\n(?=\[[^\]\n]{1,100}\]:)/gm

function calloutTitle(_: string, quote: string, title: string): string {
  return title === '' ? quote : `${quote}**${title}**\n>`
}

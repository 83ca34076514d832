import { codeSpansOfHtml } from './html-code.ts'

/** A file that an export lists. */
export interface Attachment {
  url: string
  isImage: boolean
  caption?: string
  alt?: string
}

/** What a post's text refers to. */
export interface Stored {
  /** Files of the export by their ids. */
  attachments: ReadonlyMap<string, Attachment>
  /** Files that were put up with the post. */
  own: readonly Attachment[]
}

/**
 * The HTML of a stored post as WordPress shows it: shortcodes resolved, where their meaning is plain, else gone; an empty line parts paragraphs,
 * where the post is not made of blocks, which have their own. Code stays as it is.
 */
export function shownText(stored: string, files: Stored): string {
  const pieces = codeSpansOfHtml(stored)
  const resolved = pieces.map(({ text, isCode }) => (isCode ? text : withoutShortcodes(text, files))).join('')
  if (/<!-- wp:(?!freeform)/.test(stored)) return withLinks(resolved)
  return withParagraphs(resolved)
}

const name = String.raw`[a-z][\w-]{1,40}`
/** As WordPress reads attributes: `ids="1,2" align=left`. */
const pair = String.raw`[\w-]{1,40}\s?=\s?(?:"[^"\]]{0,2000}"|'[^'\]]{0,2000}'|[^\s"'\]=]{1,500})`
/** Those that everybody has, and those of the most common plug-ins: also without attributes. */
const known =
  'gallery|caption|wp_caption|audio|video|playlist|embed|youtube|vimeo|twitter|tweet|contact-form|contact-form-7|contact-field|more|toc|subscribe|jetpack[\\w-]*|polldaddy|slideshow|googlemaps|wpvideo|gist|soundcloud|spotify|instagram|vc_[\\w-]*|et_pb_[\\w-]*|fusion_[\\w-]*|su_[\\w-]*|dropcap|columns?|one_(?:half|third|fourth)(?:_last)?|button|tabs?|toggle|accordion'
const shortcode = new RegExp(
  String.raw`\[(\[?)(/?)(${name})((?:\s{1,5}(?:${pair}|"[^"\]]{0,500}"|[^\s"'\]=[]{1,500})){0,15})\s{0,5}(/?)\](\]?)`,
  'gi',
)
const hasPair = new RegExp(pair)
const isKnown = new RegExp(`^(?:${known})$`, 'i')

/** What no shortcode is: `[sic]`, `[not a shortcode]`, `[1]` stay, since they have no attribute, no end and no name that is known. */
function withoutShortcodes(text: string, files: Stored): string {
  const closed = new Set(Array.from(text.matchAll(/\[\/([a-z][\w-]{1,40})\]/gi), ([, tag = '']) => tag.toLowerCase()))
  let whole = text
  for (const tag of ['caption', 'wp_caption']) whole = enclosed(whole, tag, captioned)
  for (const tag of ['code', 'sourcecode']) whole = enclosed(whole, tag, (_, code) => codeOf(code))
  whole = whole.replace(embed, (_, _tag, given: string, inside?: string) => linkTo(inside ?? given))
  return whole.replace(
    shortcode,
    (all, open: string, ends: string, tag: string, given: string, alone: string, close: string) => {
      if (open && close) return all.slice(1, -1)
      const lower = tag.toLowerCase()
      const isOne = isKnown.test(tag) || ends !== '' || alone !== '' || closed.has(lower) || hasPair.test(given)
      if (!isOne) return all
      if (lower === 'gallery') return gallery(given, files)
      if (lower === 'audio' || lower === 'video') return player(lower, given)
      return ''
    },
  )
}

const embed =
  /\[(embed|youtube|vimeo|twitter|tweet|soundcloud|instagram|spotify)\b[\s=]?([^\]]{0,500})\](?:(https?:[^\s[\]<>"]{1,500})\[\/\1\])?/gi

/** What stands for each `[tag ...]...[/tag]`. Each end is looked for but once. */
function enclosed(text: string, tag: string, shownAs: (given: string, inside: string) => string): string {
  const end = `[/${tag}]`
  const last = text.lastIndexOf(end)
  let [shown, at] = ['', 0]
  for (const { 0: opening, 1: given = '', index } of text.matchAll(
    new RegExp(String.raw`\[${tag}\b([^\]]{0,2000})\]`, 'g'),
  )) {
    if (index < at || index > last) continue
    const close = text.indexOf(end, index)
    shown += text.slice(at, index) + shownAs(given, text.slice(index + opening.length, close))
    at = close + end.length
  }
  return shown + text.slice(at)
}

function codeOf(code: string): string {
  return `\n\n<pre><code>${code.trim().replaceAll('<', '&lt;')}</code></pre>\n\n`
}

function captioned(given: string, inside: string): string {
  const picture = /^\s*(?:<a\s[^<>]*>\s*)?<img\s[^<>]*>(?:\s*<\/a>)?/i.exec(inside)?.[0] ?? ''
  if (picture === '') return inside
  const caption = valueOf(given, 'caption') ?? inside.slice(picture.length).trim()
  return `\n\n<figure>${picture.trim()}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>\n\n`
}

/** Pictures that a gallery names; one that names none shows those that were put up with its post. */
function gallery(given: string, { attachments, own }: Stored): string {
  const ids = (valueOf(given, 'ids') ?? valueOf(given, 'include'))?.split(',').slice(0, 100)
  const files = ids === undefined ? own : ids.flatMap(id => attachments.get(id.trim()) ?? [])
  const figures = files
    .filter(({ isImage }) => isImage)
    .slice(0, 100)
    .map(figureOf)
  return figures.length === 0 ? '' : `\n\n${figures.join('\n\n')}\n\n`
}

function figureOf({ url, caption = '', alt = '' }: Attachment): string {
  const image = `<img src="${quoted(url)}" alt="${quoted(alt)}">`
  return `<figure>${image}${caption === '' ? '' : `<figcaption>${quoted(caption)}</figcaption>`}</figure>`
}

function player(tag: string, given: string): string {
  const src = ['src', 'mp3', 'mp4', 'm4a', 'm4v', 'webm', 'ogg', 'ogv', 'wav']
    .map(key => valueOf(given, key))
    .find(Boolean)
  return src === undefined ? '' : `\n\n<${tag} src="${quoted(src)}"></${tag}>\n\n`
}

function linkTo(given: string): string {
  const address = /https?:\/\/[^\s<>"'[\]]{1,500}/.exec(given)?.[0]
  return address === undefined ? '' : `<a href="${quoted(address)}">${quoted(address)}</a>`
}

function valueOf(given: string, key: string): string | undefined {
  const [, double, single, bare] =
    new RegExp(String.raw`\b${key}\s?=\s?(?:"([^"]*)"|'([^']*)'|([^\s"']+))`, 'i').exec(given) ?? []
  return double ?? single ?? bare
}

function quoted(text: string): string {
  return text
    .replace(/&(?!#?\w{1,20};)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
}

/** An address on a line of its own is shown as what lies there (oEmbed): here it is a link. */
function withLinks(html: string): string {
  return html.replace(/^[ \t]*(https?:\/\/[^\s<>"]{1,1000})[ \t]*$/gm, (_, address: string) => linkTo(address))
}

const block =
  /<(\/?)(p|div|h[1-6]|[uod]l|li|dt|dd|blockquote|figure|figcaption|table|t(?:head|body|foot|[rdh])|pre|hr|form|section|article|aside|header|footer|center|address|audio|video|iframe|object|script|style|noscript)(?=[\s/>])[^<>]*>/gi
/** Elements in which an empty line parts paragraphs. */
const flow = new Set(['div', 'blockquote', 'section', 'article', 'aside', 'center', 'header', 'footer'])

/** Paragraphs as `wpautop` makes them: an empty line parts two, a line break breaks the line. */
function withParagraphs(html: string): string {
  const text = withLinks(html.replace(/\r\n?/g, '\n').replace(/<br\s*\/?>\n/gi, '<br />'))
  let [shown, at] = ['', 0]
  const open: string[] = []
  const put = (piece: string) => {
    const inner = open.at(-1)
    if (inner === 'pre' || inner === 'script' || inner === 'style') shown += piece
    else if (inner === undefined || flow.has(inner)) shown += paragraphs(piece)
    else shown += piece.trim() === '' ? piece : piece.replace(/^\n+|\n+$/g, '').replace(/\n/g, '<br />')
  }
  for (const { 0: tag, 1: closes, 2: written = '', index } of text.matchAll(block)) {
    const element = written.toLowerCase()
    put(text.slice(at, index))
    at = index + tag.length
    shown += tag
    if (element === 'hr' || tag.endsWith('/>')) continue
    if (closes === '') open.push(element)
    else if (open.includes(element)) open.splice(open.lastIndexOf(element))
  }
  put(text.slice(at))
  return shown
}

function paragraphs(text: string): string {
  return text
    .split(/\n[ \t]*\n/)
    .map(part => part.trim())
    .map(part => (isNothing(part) ? part : `<p>${part.replace(/\n/g, '<br />')}</p>`))
    .join('\n')
}

function isNothing(part: string): boolean {
  return part === '' || /^(?:<!--[^>]{0,300}-->\s*)+$/.test(part)
}

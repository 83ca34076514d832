import { Unusable } from '../../../errors.ts'
import { fold, linesOf, oneLine } from '../../../text.ts'
import type { Draft } from '../draft.ts'
import { listIn, textIn, type Fields } from '../json.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { withoutTags } from '../xml/xml-markup.ts'

/** A headline, description or body. */
interface Piece {
  /** In lower case; empty for none. */
  role: string
  form: 'html' | 'text'
  value: string
}

const plurals = { headline: 'headlines', description: 'descriptions', body: 'bodies' } as const

/** Those of a list (2.x, 3.x), and those of properties such as `body_html` and `description_caption_text` (1.x). */
function piecesOf(fields: Fields, kind: keyof typeof plurals): Piece[] {
  const listed = listIn(fields, plurals[kind]).map(piece => ({
    role: fold(textIn(piece, 'role') ?? ''),
    type: textIn(piece, 'contenttype'),
    value: textIn(piece, 'value'),
  }))
  const named = [...fields.keys()]
    .filter(name => name === kind || name.startsWith(`${kind}_`))
    .map(name => {
      const words = name.split('_').slice(1)
      const type = typesBySuffix.get(words.at(-1) ?? '')
      const role = (type === undefined ? words : words.slice(0, -1)).join('_')
      return { role, type, value: textIn(fields, name) }
    })
  return [...listed, ...named].flatMap(({ role, type, value }) => {
    const form = value === undefined ? undefined : formOf(type, kind === 'body' ? value : '')
    return form === undefined || value === undefined ? [] : [{ role, form, value }]
  })
}

const typesBySuffix = new Map([
  ['xhtml', 'text/html'],
  ['html', 'text/html'],
  ['text', 'text/plain'],
])

/** Undefined for a form that is not read, such as NITF in JSON. Without a type a body shows by its tags what it is. */
function formOf(type: string | undefined, value: string): Piece['form'] | undefined {
  if (type === undefined) return /<\/?[a-z][^<>]*>/i.test(value) ? 'html' : 'text'
  if (/^(?:text\/html|application\/xhtml\+xml)\b/i.test(type)) return 'html'
  return /^text\/plain\b/i.test(type) ? 'text' : undefined
}

/** The piece with the first of these roles that one has, else the first. */
function preferred(pieces: readonly Piece[], roles: readonly string[]): Piece | undefined {
  return roles.map(role => pieces.find(piece => piece.role === role)).find(piece => piece !== undefined) ?? pieces[0]
}

function plain({ form, value }: Piece): string {
  return form === 'html' ? withoutTags(value) : value
}

/** The headline to publish, else the title, which is metadata. A slugline is neither. */
export function titleOf(fields: Fields): string | undefined {
  const headline = preferred(piecesOf(fields, 'headline'), ['main', ''])
  return headline === undefined ? textIn(fields, 'title') : plain(headline)
}

function isAlt({ role }: Piece): boolean {
  return /^alt|accessib/.test(role)
}

/** What it shows, and how that is told to those who do not see it. */
export function descriptionsOf(fields: Fields): { caption?: string; alt?: string } {
  const pieces = piecesOf(fields, 'description')
  const [caption, alt] = [
    preferred(
      pieces.filter(piece => !isAlt(piece)),
      ['caption', ''],
    ),
    pieces.find(isAlt),
  ]
  return { ...(caption && { caption: plain(caption) }), ...(alt && { alt: plain(alt) }) }
}

/**
 * The text in its richest form, and what stands above it. A picture or a film without a text has its description for one.
 * Throws `Unusable` where there is none.
 */
export function bodyOf(fields: Fields, title: string | undefined): Pick<Draft, 'body' | 'standfirst'> {
  const descriptions = piecesOf(fields, 'description').filter(piece => !isAlt(piece) && piece.role !== 'caption')
  const standfirst = preferred(descriptions, ['summary', 'abstract', 'standfirst', 'lead', ''])
  const bodies = piecesOf(fields, 'body')
  const body =
    preferred(
      bodies.filter(({ form }) => form === 'html'),
      ['main', ''],
    ) ?? preferred(bodies, ['main', ''])
  if (body) return { body: readBody(body, title), ...(standfirst && { standfirst: plain(standfirst) }) }
  const type = fold(textIn(fields, 'type') ?? 'text')
  const { caption } = descriptionsOf(fields)
  if (caption === undefined || !/^(?:picture|graphic|audio|video)$/.test(type)) {
    throw new Unusable(`The ninjs of type "${type.slice(0, 40)}" has no body in HTML or plain text.`)
  }
  return { body: { paragraphs: [caption] } }
}

function readBody({ form, value }: Piece, title: string | undefined): Draft['body'] {
  return form === 'html' ? { html: withoutTitle(value, title) } : { paragraphs: paragraphsOf(linesOf(value)) }
}

/** Some bodies are whole pages, which say their title again. */
function withoutTitle(html: string, title: string | undefined): string {
  const start = html.search(/<h1[\s>]/i)
  const end = start < 0 ? -1 : html.indexOf('</h1>', start)
  if (end < 0 || title === undefined || oneLine(withoutTags(html.slice(start, end))) !== oneLine(title)) return html
  return html.slice(0, start) + html.slice(end)
}

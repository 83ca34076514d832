import { Unusable } from '../../../errors.ts'
import { fault, tokensOf, type Tag, type Token } from './xml-tokens.ts'

/** A document that fast-xml-parser reads rightly, in linear time. */
export interface Guarded {
  /** Well-formed. Without comments and processing instructions; an empty CDATA section stands for nothing. */
  document: string
  /** Where each element begins, in document order. Counted from 1. */
  lines: number[]
}

const deepest = 256
/** Tags, attributes and pieces of text: each costs hundreds of bytes, whatever it says. */
const mostParts = 500_000
/** Characters of a text, a section or a tag: what comes at once, as pictures in Base64 do, takes several times its size. */
const longestPiece = 10_000_000

// fast-xml-parser gathers text character by character, at thirty bytes each until the text ends, and CDATA at once: so CDATA cuts long text.
const longestText = 65_536
const cut = '<![CDATA[]]>'

/**
 * Refuses what fast-xml-parser passes or is slow at, before it sees it. Throws `Unusable`, with the line, for tags that do not match,
 * text or a second root beside the root element, a DTD, more than 256 nested elements, 1,000 attributes in a tag, 500,000 parts,
 * or ten million characters without a tag.
 * It drops processing instructions, since there it takes an apostrophe for the beginning of a value.
 */
export function guardXml(text: string): Guarded {
  const lineAt = lineCounter(text)
  const lines: number[] = []
  const open: Open[] = []
  const names = new Set<string>()
  const pieces: string[] = []
  let kept = 0
  let parts = 0
  for (const token of tokensOf(text)) {
    const parent = open.at(-1)
    if (token.end - token.at > longestPiece)
      throw fault(text, token.at, `The XML has a piece of more than ${longestPiece} characters without a tag.`)
    parts += costOf(token, parent, names)
    if (parts > mostParts) throw fault(text, token.at, `The XML has more than ${mostParts} elements and attributes.`)
    if ('close' in token) {
      if (parent?.open !== token.close) throw fault(text, token.at, mismatch(token.close, parent))
      open.pop()
    } else if ('open' in token) {
      if (!parent && lines.length > 0) throw fault(text, token.at, 'The XML has more than one root element.')
      if (open.length === deepest) throw fault(text, token.at, `The XML nests more than ${deepest} elements.`)
      const line = lineAt(token.at)
      lines.push(line)
      if (!token.empty) open.push({ ...token, line })
    } else if (token.section === 'CDATA section') {
      if (!parent) refuseText(text, token)
    } else if (token.section === 'text') {
      if (!parent) refuseText(text, token)
      for (let at = token.at + longestText; at < token.end; at += longestText) {
        pieces.push(text.slice(kept, at), cut)
        kept = at
      }
    } else {
      pieces.push(text.slice(kept, token.at), cut)
      kept = token.end
    }
  }
  const unclosed = open.at(-1)
  if (unclosed) throw new Unusable(`The element "${shown(unclosed.open)}" never ends.`, unclosed.line)
  return { document: [...pieces, text.slice(kept)].join(''), lines }
}

interface Open extends Tag {
  line: number
}

/** A new name is a new kind of object; with each text the parser counts the attributes of the element around. */
function costOf(token: Token, parent: Tag | undefined, names: Set<string>): number {
  if (!('open' in token)) return 1 + Math.floor((parent?.attributes ?? 0) / 32)
  const known = names.has(token.open)
  if (!known) names.add(token.open)
  return token.attributes + (known ? 1 : 10)
}

function refuseText(text: string, { at, end }: Token): void {
  const first = text.slice(at, end).search(/\S/)
  if (first >= 0) throw fault(text, at + first, 'There is text outside of the root element.')
}

function mismatch(close: string, parent: Open | undefined): string {
  const open = parent ? `where "${shown(parent.open)}" of line ${parent.line} is open` : 'and was never begun'
  return `"${shown(close)}" ends here, ${open}.`
}

function shown(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name
}

/** For places in rising order. */
function lineCounter(text: string): (at: number) => number {
  let line = 1
  let next = text.indexOf('\n')
  return at => {
    for (; next !== -1 && next < at; next = text.indexOf('\n', next + 1)) line++
    return line
  }
}

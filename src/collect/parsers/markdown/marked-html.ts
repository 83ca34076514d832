import { Lexer, Parser, Tokenizer, type Tokens, type TokensList } from 'marked'
import { Unusable } from '../../../errors.ts'

/** The HTML of a Markdown text, unsafe, and its first heading of the first order, unsafe HTML too. */
export interface MarkedHtml {
  heading?: string
  html: string
}

/**
 * GitHub's Markdown as HTML. `takeHeading` says whether the first heading of the first order is the title and leaves the text.
 * Throws `Unusable` for a text that is built to take its parser more than linear time.
 */
export function markedHtml(markdown: string, takeHeading: (heading: string) => boolean): MarkedHtml {
  if (deepNesting.test(markdown)) throw new Unusable('The Markdown nests lists or quotes too deep.')
  if (markdown.split('|', mostCells).length === mostCells) throw new Unusable('The Markdown has too many table cells.')
  if ((markdown.match(/[<>&"']/g)?.length ?? 0) > mostSigns) throw new Unusable('The Markdown has too many signs.')
  if (markdown.split('\n', mostLines).length === mostLines) throw new Unusable('The Markdown has too many lines.')
  if (markdown.split('\n\n').some(({ length }) => length > longestPiece))
    throw new Unusable('The Markdown has a paragraph that is too long.')
  const tokens = lex(markdown)
  const index = tokens.findIndex(token => token.type === 'heading' && token.depth === 1)
  const found = tokens[index]
  const heading = isHeading(found) ? Parser.parseInline(found.tokens) : undefined
  if (heading !== undefined && takeHeading(heading)) tokens.splice(index, 1)
  return { html: Parser.parse(tokens), ...(heading !== undefined && { heading }) }
}

function isHeading(token: TokensList[number] | undefined): token is Tokens.Heading {
  return token?.type === 'heading'
}

// Every level of a list or quote is read once more by all levels above it. A line of one mark alone is a rule (CommonMark, 4.1) or underlines.
const deepNesting =
  /^(?![ \t]*([-*])(?:[ \t]*\1)*[ \t]*$)(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]))){20}|^[ \t]{60,}(?:[-*+]|\d{1,9}[.)])[ \t]/m

// A cell of two characters becomes sixty of HTML and an object for each step on the way.
const mostCells = 20_000

// Each is a piece of text by itself, and six characters of HTML.
const mostSigns = 200_000

// As a paragraph costs, so does an empty one.
const mostLines = 50_000

/** Characters without an empty line. The rest of a paragraph is looked through again at each of its marks and addresses. */
const longestPiece = 250_000

function lex(markdown: string): TokensList {
  try {
    return new Lexer({ gfm: true, tokenizer: new BoundedTokenizer(markdown.length) }).lex(markdown)
  } catch (cause) {
    // Its lexer calls itself for brackets within brackets.
    if (cause instanceof RangeError) throw new Unusable('The Markdown is nested too deep.')
    throw cause
  }
}

/** Looking ahead no further than this for an address without brackets. */
const textWindow = 300

/** Marked's own, without its two quadratic costs: pairing of emphasis over a whole paragraph, and the search for e-mail addresses. */
class BoundedTokenizer extends Tokenizer {
  #budget: number

  constructor(length: number) {
    super()
    this.#budget = 1_000_000 + 50 * length
  }

  override emStrong(src: string, maskedSrc: string, prevChar?: string): Tokens.Em | Tokens.Strong | undefined {
    if (/^[*_]/.test(src)) this.#spend(maskedSrc.length)
    return super.emStrong(src, maskedSrc, prevChar)
  }

  override del(src: string, maskedSrc: string, prevChar?: string): Tokens.Del | undefined {
    if (src.startsWith('~')) this.#spend(maskedSrc.length)
    return super.del(src, maskedSrc, prevChar)
  }

  override inlineText(src: string): Tokens.Text | undefined {
    if (src.length <= textWindow) return super.inlineText(src)
    const window = src.slice(0, textWindow)
    return super.inlineText(window.slice(0, window.lastIndexOf(' ') + 1) || window)
  }

  #spend(characters: number): void {
    this.#budget -= characters
    if (this.#budget < 0) throw new Unusable('The Markdown has too many marks of emphasis in one paragraph.')
  }
}

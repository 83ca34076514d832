import { linesOf } from '../../../text.ts'
import type { Body } from '../draft.ts'
import { lettersOf } from './headline.ts'
import { decodedText } from './page.ts'
import { paragraphsOf } from '../paragraphs.ts'
import { plainOf, textOfHtml } from '../plain.ts'

/** Characters of text that is longer than a description. */
const leastBody = 300
/** What Readability finds on a page that a script fills later is a notice about cookies. */
const hardlyAnything = 200
/** Pieces of the body that the page tells to machines, and characters of each. */
const [mostPieces, piece] = [7, 40]

const tags = '(?:p|div|b|strong|em|i|a|span|h[1-6]|li|blockquote)'
const endTag = new RegExp(`</${tags}>`, 'i')
const escapedTag = new RegExp(`&lt;/${tags}&gt;`, 'i')

/** A text that was found, and the standfirst, as HTML, that the page prints beside its headline. */
export interface Found {
  html: string
  standfirst: string
}

/** What is found, unless most of the body that the page tells to machines (schema.org's `articleBody`) is missing there. */
export function bodyOf({ html, standfirst }: Found, written: string | undefined): Body {
  if (written === undefined) return { html }
  // Some escape it twice.
  const isEscaped = escapedTag.test(written) && !endTag.test(written)
  const articleBody = isEscaped ? decodedText(written.replaceAll('<', '&lt;')) : written
  const isHtml = /<p[\s>]/i.test(articleBody)
  const paragraphs = linesOf(articleBody).map(endTag.test(articleBody) ? textOfHtml : plainOf)
  const told = lettersOf(isHtml ? textOfHtml(articleBody) : paragraphs.join('\n'))
  const shown = lettersOf(textOfHtml(html))
  if (told.length < (shown.length < hardlyAnything ? shown.length + piece : leastBody)) return { html }
  const pieces = Array.from({ length: mostPieces }, (_, at) => {
    const start = Math.floor((at * (told.length - piece)) / (mostPieces - 1))
    return told.slice(start, start + piece)
  })
  if (pieces.filter(text => shown.includes(text)).length > mostPieces / 2) return { html }
  const lead = textOfHtml(standfirst)
  const isTold = lead === '' || told.includes(lettersOf(lead))
  if (isHtml) return { html: isTold ? articleBody : standfirst + articleBody }
  return { paragraphs: paragraphsOf(isTold ? paragraphs : [lead, '', ...paragraphs]) }
}

import { isEnd, isFurniture } from '../page-dump/furniture.ts'
import { oneLine } from '../../../text.ts'
import { descendants } from './page.ts'

const blocks = new Set(
  'p div section article main header footer aside ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table tbody tr td th blockquote figure figcaption pre hr form'.split(
    ' ',
  ),
)
const shown = new Set(['img', 'picture', 'video', 'audio', 'iframe', 'figure', 'table', 'pre'])

/** Characters of a line that is told by its words, and of one that says something. */
const [longest, leastProse] = [100, 60]
const mostLines = 5_000

interface Line {
  element: Element
  text: string
  isProse: boolean
}

/**
 * Takes lines away that a page puts around its text, as page dumps have them too: buttons to share, "Advertisement", links to another story; and
 * the list of other stories below it, with its heading. Changes the page.
 */
export function removeFurniture(content: Element): void {
  const lines = linesOf(content)
  const last = lines.findLastIndex(({ isProse }) => isProse)
  const end = lines.findIndex(({ text }, at) => at > Math.max(0, last) && isEnd(withoutMark(text)))
  if (end > 0) removeFrom(content, lines[end]?.element)
  for (const { element, text } of lines)
    if (text.length <= longest && isFurniture(withoutMark(text)) && !holdsPicture(element))
      emptied(element, content).remove()
}

/** The innermost boxes of text. */
function linesOf(content: Element): Line[] {
  const lines: Line[] = []
  for (const element of descendants(content)) {
    if (lines.length === mostLines) break
    if (!blocks.has(element.localName) || [...element.children].some(child => blocks.has(child.localName))) continue
    const text = oneLine(element.textContent)
    const linked = descendants(element, 'a').reduce((sum, link) => sum + link.textContent.length, 0)
    if (text !== '') lines.push({ element, text, isProse: text.length >= leastProse && linked <= text.length / 2 })
  }
  return lines
}

/** `- Anzeige -`, `Advertisement:`. */
function withoutMark(text: string): string {
  return text.replace(/^[\s–—*»›•-]+|[\s–—*«‹•:…-]+$/gu, '')
}

function holdsPicture(element: Element): boolean {
  return descendants(element).some(({ localName }) => shown.has(localName))
}

function emptied(element: Element, content: Element): Element {
  const { parentElement: parent } = element
  const isAlone = parent !== null && parent !== content && parent.children.length === 1
  return isAlone && oneLine(parent.textContent) === oneLine(element.textContent) ? emptied(parent, content) : element
}

function removeFrom(content: Element, heading: Element | undefined): void {
  const elements = descendants(content)
  const at = heading === undefined ? -1 : elements.indexOf(heading)
  if (at >= 0) for (const element of elements.slice(at)) element.remove()
}

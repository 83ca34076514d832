import type { Page } from './page.ts'

/** A line of print: what a page shows between two line breaks. */
export interface PageLine {
  /** White space folded; of a longer line its beginning. */
  text: string
  /** Characters of all of it. */
  length: number
  /** The innermost block that it stands in. */
  block: Element
  /** The inline elements within it. */
  inner: readonly Element[]
}

export interface Print {
  lines: readonly PageLine[]
  /** Characters that are printed within an element. */
  sizes: ReadonlyMap<Element, number>
}

const inline = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp small span strong sub sup time
  tt u var`.split(/\s+/),
)
const unprinted = new Set(
  'rt rp script style template noscript svg math head title iframe object select textarea button'.split(' '),
)

/** Characters. What is read of a line is a date, a name or a headline. */
const most = 400

/** All that a page prints, in its order; one walk. */
export function printOf({ document }: Page): Print {
  const lines: PageLine[] = []
  const sizes = new Map<Element, number>()
  let [text, length, total] = ['', 0, 0]
  let isWhole = true
  let inner: Element[] = []
  const end = (block: Element): void => {
    const line = text
      .replace(/[\u00ad\u200b]/g, '')
      .replace(/\s+/g, ' ')
      .trim()
    // The indentation of the source is not printed.
    if (line !== '') lines.push({ text: line, length: isWhole ? line.length : length, block, inner })
    ;[text, length, inner, isWhole] = ['', 0, [], true]
  }
  const print = (written: string): void => {
    length += written.length
    total += written.length
    if (text.length >= most || written.length > 4 * most) isWhole = false
    if (text.length < most) text += written.slice(0, 4 * most)
  }
  const walk = (parent: Element, block: Element): void => {
    const before = total
    for (let child = parent.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) print(child.textContent ?? '')
      if (child.nodeType !== 1 || unprinted.has((child as Element).localName)) continue
      const element = child as Element
      const isInline = inline.has(element.localName) && !holdsBlock(element)
      if (isInline) inner.push(element)
      else end(block)
      // Neighbours without a space between them are told apart by their boxes.
      if (isInline && element.localName !== 'a') text += ' '
      walk(element, isInline ? block : element)
      if (!isInline) end(element)
      else if (element.localName !== 'a') text += ' '
    }
    sizes.set(parent, total - before)
  }
  walk(document.body, document.body)
  end(document.body)
  return { lines, sizes }
}

function holdsBlock({ firstElementChild: first }: Element): boolean {
  return first !== null && !inline.has(first.localName) && first.localName !== 'img' && first.localName !== 'br'
}

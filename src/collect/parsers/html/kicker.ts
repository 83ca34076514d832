import { closest, shownText } from './page.ts'

/** The text of a heading: of all of it, and of what is left without a kicker above the headline or a subtitle below it. */
export interface HeadingText {
  whole: string
  headline: string
}

/** What is set in a line of its own above or below a headline, as systems of several languages name it. */
const named =
  /kicker|eyebrow|over-?(?:line|title|head)|top-?(?:line|title)|roof-?line|dach-?zeile|ober-?(?:zeile|titel)|spitzmarke|super-?title|pre-?(?:title|head)|strap-?line|high-?line|sur-?titre|ante-?t[ií]tulo|sobre-?t[ií]tulo|volanta|cintillo|chap[eé]u|occhiello|boven-?(?:kop|titel)|nad-?(?:tytul|titulek)|over-?rubrik|vignett|sub-?(?:title|head|line)|unter-?(?:titel|zeile)|sous-?titre|sub-?t[ií]tulo|sotto-?titolo|onder-?(?:kop|titel)|pod-?(?:tytul|titulek)|topic|label|rubri[ckq]/i
const hidden = /hidden|sr-?only|screen-?reader|invisible|aural/i
/** Part of the words around them. */
const emphasis = /^(?:a|abbr|b|bdi|cite|code|del|em|font|i|ins|mark|q|rp|rt|ruby|s|strong|sub|sup|u|wbr)$/
/** What parts a kicker from the headline. */
const mark = /^[\s:|·–—-]+|[\s:|·–—-]+$/gu

const [mostParts, longest] = [12, 1_600]

interface Part {
  text: string
  /** None for what stands between elements. */
  element?: Element
}

/**
 * What a heading says. A part of it that stands in an element of its own is none of the headline where its name says so, where a mark that
 * nobody sees parts the two, or where the page tells elsewhere, in `titles`, the rest alone, or the two with a mark between.
 */
export function headingText(
  heading: Element,
  titles: readonly string[],
  lettersOf: (text: string) => string,
): HeadingText {
  const whole = tidied(shownText(heading, longest)) || inPicture(heading)
  const parts = partsOf(heading)
  if (parts.length < 2 || !parts.some(({ element }) => element)) return { whole, headline: whole }
  const told = new Set(titles.map(lettersOf))
  const isTold = (text: string): boolean => told.has(lettersOf(text))
  const rest = behindHiddenMark(parts.filter(part => !isNamed(part)))
  const headline = textOf(rest)
  if (rest.length < parts.length && lettersOf(headline).length >= leastLetters) {
    const isUntold = !titles.some(title => lettersOf(title).includes(lettersOf(headline)))
    const other = isUntold ? parts.find(part => !rest.includes(part) && isTold(part.text)) : undefined
    return { whole, headline: other?.text ?? headline }
  }
  for (const [at, part] of parts.entries()) {
    const without = textOf(parts.filter(other => other !== part))
    if (part.element === undefined || (at > 0 && at < parts.length - 1)) continue
    if (isTold(without) || (at === 0 && isApart(part.text, without, titles))) return { whole, headline: without }
  }
  return { whole, headline: whole }
}

/** Some set their headlines as pictures. */
function inPicture(heading: Element): string {
  return tidied(heading.querySelector('img')?.getAttribute('alt')?.slice(0, longest) ?? '')
}

/** Of a headline: one word in a script that writes them in few signs. */
const leastLetters = 4

/** Has a title a mark between the two where the heading has none? */
function isApart(kicker: string, rest: string, titles: readonly string[]): boolean {
  if (/^[^\p{L}\p{N}"'“”„«»‘’¿¡(]/u.test(rest) || /[^\p{L}\p{N}"'“”»’?!)]$/u.test(kicker)) return false
  return titles.some(title => {
    const [before, after] = [title.slice(0, kicker.length), title.slice(kicker.length)]
    return (
      before.toLowerCase() === kicker.toLowerCase() &&
      /^\s*[:|–—-]\s+\S/u.test(after) &&
      after.replace(mark, '').toLowerCase().startsWith(rest.slice(0, 20).toLowerCase())
    )
  })
}

/** The innermost boxes of a heading's text, side by side. */
function partsOf(heading: Element): Part[] {
  const parts: Part[] = []
  for (let child = heading.firstChild; child && parts.length < mostParts; child = child.nextSibling) {
    const element = child.nodeType === 1 ? (child as Element) : undefined
    if (element === undefined && child.nodeType !== 3) continue
    const text = element ? shownText(element, longest) : (child.textContent ?? '').slice(0, longest)
    if (text === '') continue
    const last = parts.at(-1)
    const isOwn = element !== undefined && (!emphasis.test(element.localName) || heading.childNodes.length === 1)
    if (isOwn) parts.push({ text: tidied(text), element })
    else if (last && last.element === undefined) last.text += text
    else if (tidied(text) !== '') parts.push({ text })
  }
  const [only] = parts
  return parts.length === 1 && only?.element ? partsOf(only.element) : parts
}

function isNamed({ element }: Part): boolean {
  if (element === undefined) return false
  if (element.localName === 'time' || element.firstElementChild?.localName === 'time') return true
  return element.localName === 'small' || named.test(element.getAttribute('class')?.slice(0, 300) ?? '')
}

/** A mark in an element that only machines read stands for the line break that people see. */
function behindHiddenMark(parts: readonly Part[]): readonly Part[] {
  const at = parts.findLastIndex(
    ({ text, element }) =>
      element !== undefined &&
      !/[\p{L}\p{N}]/u.test(text) &&
      (element.getAttribute('aria-hidden') !== null || hidden.test(element.getAttribute('class')?.slice(0, 300) ?? '')),
  )
  return at < 0 || at === parts.length - 1 ? parts : parts.slice(at + 1)
}

function textOf(parts: readonly Part[]): string {
  const text = parts.map(part => part.text).join(' ')
  return tidied(parts.length > 0 ? text : '').replace(/^[:|·–—-]\s+|\s*[:|·–—-]$/gu, '')
}

export function tidied(text: string): string {
  return text
    .replace(/[\u00ad\u200b]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Does a heading lead to the site's first page, or is it called the site's sign? */
export function isSiteSign(heading: Element): boolean {
  const link = heading.querySelector('a') ?? closest(heading, ({ localName }) => localName === 'a')
  // A copy in an archive has the address within its own.
  const address =
    link
      ?.getAttribute('href')
      ?.trim()
      .replace(/^.+(?=https?:\/\/)/i, '') ?? ''
  const isHome = /^(?:https?:\/\/[^/]+)?\/?(?:index\.\w+)?$/i.test(address) && address !== ''
  if (isHome || /(?:^|\s)home(?:\s|$)/i.test(link?.getAttribute('rel') ?? '')) return true
  return ['class', 'id'].some(name =>
    /(?:^|\s)(?:site|blog)[-_]?(?:title|name|logo)(?:$|\s)/i.test(heading.getAttribute(name)?.slice(0, 300) ?? ''),
  )
}

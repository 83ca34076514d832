import type { Party } from '../../../article.ts'
import { isPerson } from '../byline-names.ts'
import { openedBy } from '../byline.ts'
import { bare, personsIn, withoutInvitation, type Certainty } from './author-names.ts'
import { segmentsOf } from './line-segments.ts'
import { wordsOf } from './elsewhere.ts'
import { datesOn, type Place } from './page-dates.ts'
import type { PageLine } from './page-lines.ts'
import { descendants, shownText } from './page.ts'

/** Characters of a line that is told to be a byline by the names of its boxes alone. */
const longestNamed = 200
const mostInner = 50

const ofAuthor =
  /^(?:(?:author|autor|auteur)(?!i[sztd])[a-z]{0,12}|autrice|byline|bylines|writer|reporter|journalist|periodista|giornalista|verfasser|redakteur|columnist|forfatter|författare|skribent|toimittaja|kirjoittaja|schrijver|yazar|penulis|szerzo|avtor)$/
/** Of those, what each begins with. */
const beginning =
  /aut(?:h|o|e|r)|byline|writer|report|journalist|periodist|giornalist|verfasser|redakt|columnist|forfatter|författare|skribent|toimitta|kirjoitt|schrijver|yazar|penulis|szerz|avtor/i
const noAuthors =
  /^(?:image|img|avatar|photo|bio|box|description|icon|editor|follow|more|role|job|social|comments?|prep|sep|label|prefix)$/
const box = /^(?:bio|box|card|info|infos|about|profile|details|section|block|wrap|wrapper|panel|widget)$/
/** Where sites keep the pages of their authors. */
const profile =
  /\/(?:authors?|autor(?:en|es|a|in)?|auteurs?|autore|autori|profil(?:e|es|s)?|people|staff(?:-contributors)?|contributors?|journalists?|reporters?|writers?|redakteur(?:e|in)?|redaktion|colunistas?|columnistas?|firmas?|periodistas?)\/[^/?#]{2}/i
/** Where sites keep those of all who write to them. */
const account =
  /\/(?:users?|userinfo|members?|mitglied(?:er)?|usuarios?|utilisateurs?|membres?)(?:-[a-z]{3,12})?(?:\.\w{3,4})?[/?][^/#]{2}/i
const ofPicture = /^(?:licen[sc]es?|lizenz|copyright|captions?|figcaption)$/
/** What others than authors have done. */
const otherTrade =
  /(?:photo|foto|bild|image|imagen|picture|illustra|grafi|graphic|video|translat|übersetz|tradu|vertaal|vertaling|översätt|oversat|oversett|tłum|překlad|перев|fordít|edit(?:ed|ing)|lektorat)\p{L}{0,10}(?:\s(?:by|von|par|por|de|di|door|av|af))?\s?[:–-]?\s*$/iu

/**
 * Links and boxes of authors, by `rel`, microdata, address or class; the innermost, since the outer ones hold dates too. Accounts are authors'
 * only where it is near the headline.
 */
export function markedIn(line: PageLine, { isElsewhere, language, address }: Place, isNear = true): Party[] {
  const { inner, block, text } = line
  const isOut = isElsewhere(block)
  const own = [...inner.slice(0, mostInner), block].filter(element => isOut || !isElsewhere(element))
  const wrote = ({ name }: Party): boolean =>
    !otherTrade.test(text.slice(0, Math.max(0, text.indexOf(name))).slice(-40))
  const sure = innermost(own.filter(isMarked))
    .filter(isOfText)
    .flatMap(element => partiesOf(element, language, 'marked'))
  if (sure.length > 0) return sure.filter(wrote)
  if (text.length > longestNamed) return []
  const named = innermost(
    own.filter(each => isNamedSo(each) || isProfile(each, address) || (isNear && isAccount(each, address))),
  ).filter(isOfText)
  const isDated = named.length > 0 && datesOn(line, language).length > 0
  const classed = named.flatMap(element =>
    partiesOf(element, language, isDated && element !== block ? 'sure' : 'likely'),
  )
  if (classed.length > 0) return classed.filter(wrote)
  const isWithin = [block, block.parentElement, block.parentElement?.parentElement].some(
    each => each && (isNamedSo(each) || isProfile(each)),
  )
  return isWithin && isOfText(block)
    ? segmentsOf(text, language, datesOn(line, language))
        .slice(0, 2)
        .flatMap(segment => personsIn(segment, language, 'likely'))
        .filter(party => isPerson(party.name) && wrote(party))
    : []
}

/** A caption or a licence names who took the picture. */
function isOfText(element: Element): boolean {
  let around: Element | null = element
  for (let step = 0; step < 4 && around; step++, around = around.parentElement) {
    if (/^fig(?:ure|caption)$/.test(around.localName)) return false
    if (isNamedAsOfPicture(around)) return false
  }
  return true
}

/** A caption is also what sites call the headline's box, with its byline. */
function isNamedAsOfPicture(element: Element): boolean {
  return wordsOf(element.getAttribute('class') ?? '').some(word => ofPicture.test(word)) && !beginsWithHeading(element)
}

/** Among its first children. */
function beginsWithHeading({ firstElementChild: child }: Element): boolean {
  for (let seen = 0, at = child; at && seen < 10; seen++, at = at.nextElementSibling)
    if (at.localName === 'h1') return true
  return false
}

/** The name in a box about the author. */
export function boxedIn({ block, text }: PageLine, { language }: Place): Party[] {
  let around: Element | null = block
  for (let step = 0; step < 5 && around; step++, around = around.parentElement)
    if (isAuthorBox(around)) return personsIn(text, language, 'likely')
  return []
}

function isAuthorBox(element: Element): boolean {
  const words = ['class', 'id'].flatMap(name => wordsOf(element.getAttribute(name) ?? ''))
  return (
    words.some(word => ofAuthor.test(word)) &&
    words.some(word => box.test(word)) &&
    !words.some(word => word.startsWith('comment'))
  )
}

function innermost(elements: readonly Element[]): Element[] {
  return elements.filter(element => !elements.some(other => other !== element && element.contains(other)))
}

function partiesOf(element: Element, language: string, certainty: Certainty): Party[] {
  // Beside the link may stand a label, in a box of its own.
  const within = descendants(element)
  const link =
    within.find(isFullName) ??
    within.find(each => each.localName === 'a' && (isMarked(each) || isNamedSo(each) || isProfile(each))) ??
    element
  const url = link.getAttribute('href')
  const [text = ''] = segmentsOf(withoutInvitation(shownText(link, 300)), language)
  const isOpened = openedBy(text, language) !== undefined
  const isOwn = url !== null && isPageOf(text, url)
  const isSure = certainty === 'likely' && (isOpened || isOwn)
  const persons = personsIn(text, language, isSure ? 'sure' : certainty)
  return persons.map(person => ({ ...person, ...(url && persons.length === 1 && { url }) }))
}

/** hCard and h-card (https://microformats.org/wiki/h-card), and schema.org's name. */
function isFullName(element: Element): boolean {
  const words = element.getAttribute('class')?.slice(0, 300).split(/\s+/) ?? []
  return words.includes('fn') || words.includes('p-name') || element.getAttribute('itemprop') === 'name'
}

/** Is an address called as somebody signs, `/author/driftwood`? */
function isPageOf(name: string, url: string): boolean {
  const slug = /([^/?#]+)\/?(?:[?#].*)?$/.exec(url.slice(0, 500))?.[1]?.replace(/\.\w{2,5}$/, '')
  if (slug === undefined || bare(name).length < 3) return false
  return (
    bare(slug) === bare(name) ||
    (bare(slug).startsWith(bare(name)) && /^\d+$/.test(bare(slug).slice(bare(name).length)))
  )
}

/** By `rel` (HTML, 4.6.7.2), microdata, RDFa, or as an hCard. */
export function isMarked(element: Element): boolean {
  if (/(?:^|\s)author(?:\s|$)/i.test(element.getAttribute('rel') ?? '')) return true
  if (/(?:^|[\s:])author$/i.test(element.getAttribute('itemprop') ?? element.getAttribute('property') ?? ''))
    return true
  const words = wordsOf(element.getAttribute('class') ?? '')
  return words.includes('author') && (words.includes('vcard') || words.includes('fn')) && !words.includes('comment')
}

/** Does its class say that it names authors? */
export function isNamedSo(element: Element): boolean {
  const classes = element.getAttribute('class')?.slice(0, 300) ?? ''
  // Hardly any has one, and to look for its beginning costs a tenth.
  if (!beginning.test(classes) && !beginning.test(element.localName)) return false
  return [...classes.split(/\s+/), element.localName].some(name => {
    const words = wordsOf(name)
    return words.some(word => ofAuthor.test(word)) && !words.some(word => noAuthors.test(word))
  })
}

/** A link to an author's page of the same site. */
export function isProfile(element: Element, address?: string): boolean {
  return leadsTo(element, profile, address)
}

function isAccount(element: Element, address?: string): boolean {
  return leadsTo(element, account, address) && /^[^\s]+(?:\s[^\s]+){0,3}$/.test(shownText(element, 60))
}

function leadsTo(element: Element, pages: RegExp, address?: string): boolean {
  const href = element.localName === 'a' ? element.getAttribute('href')?.slice(0, 500) : undefined
  if (!href || !pages.test(href)) return false
  return address === undefined || !URL.canParse(href) || isSameSite(new URL(href), new URL(address))
}

function isSameSite({ hostname: one }: URL, { hostname: other }: URL): boolean {
  const [a, b] = [one, other].map(host => host.split('.').slice(-2).join('.'))
  return a === b
}

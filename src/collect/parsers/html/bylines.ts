import type { Party } from '../../../article.ts'
import { isName, isPenName, isPerson } from '../byline-names.ts'
import { namesInByline, openedBy } from '../byline.ts'
import { datesInLine } from '../dates/dates-in-line.ts'
import { wordsOf } from './elsewhere.ts'
import { lettersOf } from './headline.ts'
import { isDateLabel, type Place } from './page-dates.ts'
import type { PageLine } from './page-lines.ts'
import { closest, descendants, shownText } from './page.ts'

/** Lines of print between a headline and its byline at most. */
const [below, above] = [20, 3]
/** Lines in which a byline counts though its box is called a margin or a teaser. */
const next = 4
const longestName = 80
const mostWords = 6
const mostAuthors = 20

/** WordPress puts it into the link to an author's other articles. */
const allPosts =
  /^(?:view all posts by|show all articles of|posts by|more (?:posts|articles|stories) (?:by|from)|(?:zeige )?alle (?:beiträge|artikel) (?:von|anzeigen von)|voir tous les articles de|ver todas las entradas de|ver todos os posts de|visualizza tutti gli articoli di|alle berichten (?:van|tonen van)|visa alla inlägg av|все записи автора|zobacz wszystkie wpisy|view profile of|about the author|articles? (?:by|de|par)|beiträge von|weitere \p{L}{1,20} von|alles von|über)[\s:–-]*/iu

/**
 * The persons and organisations that written names name: without "By", once each, and none that is an address, a login, a path or one of the
 * site's own names.
 */
export function authorsNamed(written: readonly Party[], siteNames: readonly string[], language: string): Party[] {
  const sites = lettersOfSites(siteNames)
  // Whoever made the page's template adds an address.
  const named = written.slice(0, 100).filter(({ name }) => !/https?:|www\.|[<{]/i.test(name))
  const found = named.flatMap(({ name, url }) => {
    const names = namesIn(name, language)
    return names.map(each => ({ name: each, ...(names.length === 1 && url !== undefined && { url }) }))
  })
  return distinct(found.filter(({ name }) => isShort(name) && isName(name) && !sites.has(lettersOf(name))))
}

/** A site that calls itself by its address means its name as well. */
function lettersOfSites(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap(name => [name, name.replace(/\.[a-z]{2,4}$/i, '')]).map(lettersOf))
}

/** Each of those that are the same once: "Jo Hall" and "Herald - Jo Hall", or the same with an address. */
function distinct(persons: readonly Party[]): Party[] {
  const kept: Party[] = []
  for (const person of persons.slice(0, mostAuthors)) {
    const letters = bare(person.name)
    const at = kept.findIndex(({ name }) => bare(name).includes(letters) || letters.includes(bare(name)))
    const known = kept[at]
    if (known === undefined) kept.push(person)
    else kept[at] = { ...(bare(known.name).length <= letters.length ? known : person), ...urlOf(known, person) }
  }
  return kept
}

function urlOf(one: Party, other: Party): { url?: string } {
  const url = one.url ?? other.url
  return url === undefined ? {} : { url }
}

function bare(name: string): string {
  return lettersOf(name.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))
}

function isShort(name: string): boolean {
  return name.length <= longestName && name.split(' ').length <= mostWords && !/\d{2}/.test(name)
}

function namesIn(written: string, language: string): string[] {
  const text = written
    .slice(0, 500)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(allPosts, '')
    .replace(/^[\s,:|–—-]+|[\s,:|–—→»›-]+$/gu, '')
  return namesInByline(text, language)
}

/** The authors that a page marks or prints beside its headline, else the one of whom alone it says so below the text. */
export function bylineOf(place: Place, siteNames: readonly string[]): Party[] {
  const sites = lettersOfSites(siteNames)
  const once = (parties: readonly Party[]): Party[] =>
    distinct(ofOneKind(parties.filter(({ name }) => !sites.has(lettersOf(name)))))
  const beside = besideHeadline(place)
  const marked: Party[] = []
  let last = -1
  for (const [at, line] of beside.entries()) {
    const parties = last >= 0 && at - last > mostBetween ? [] : markedIn(line, place)
    if (parties.length > 0) last = at
    marked.push(...parties)
  }
  if (once(marked).length > 0) return once(marked)
  for (const [at, line] of beside.entries()) {
    const printed = place.isElsewhere(line.block) ? [] : once(printedIn(line, beside[at + 1], place))
    if (printed.length > 0) return printed
  }
  const signed = once(belowText(place).flatMap(line => [...markedIn(line, place), ...creditedIn(line, place)]))
  return signed.length === 1 ? signed : []
}

/** Lines between two that name authors of one article. */
const mostBetween = 3
/** Lines below the text that are looked at. */
const mostAfter = 1_000

function belowText({ lines, at, isElsewhere }: Place): PageLine[] {
  const after = at < 0 ? [] : lines.slice(at + 1 + below, at + 1 + below + mostAfter)
  return after.filter(({ length, block }) => length < longestName && !isElsewhere(block))
}

/** Who is no person is an author where it is named first: an agency, or who signs with one word. */
function ofOneKind(parties: readonly Party[]): Party[] {
  const [first] = parties
  const isByPerson = first !== undefined && parties.some(({ name }) => isPerson(name)) && !isPenName(first.name)
  return isByPerson ? parties.filter(({ name }) => isPerson(name)) : parties.filter(({ name }) => !isPerson(name))
}

function besideHeadline({ lines, at, isElsewhere }: Place): PageLine[] {
  if (at < 0) return []
  const isOwn = ({ block }: PageLine, index: number): boolean =>
    !isElsewhere(block) || (index < next && isInBox(block, isElsewhere))
  const after = lines.slice(at + 1, at + 1 + below).filter(isOwn)
  return [...after, ...lines.slice(Math.max(0, at - above), at).filter(({ block }) => !isElsewhere(block))]
}

/** A margin or teaser right below the headline that leads to no other story: it is called so for its looks. */
function isInBox(block: Element, isElsewhere: (element: Element) => boolean): boolean {
  let box = block
  while (box.parentElement && isElsewhere(box.parentElement)) box = box.parentElement
  const within = descendants(box)
  return (
    within.length <= mostInBox &&
    closest(block, ({ localName }) => /^(?:nav|footer|form)$/.test(localName)) === undefined &&
    within.every(element => !/^(?:h[1-6]|form|input)$/.test(element.localName) && !leadsOn(element))
  )
}

function leadsOn(element: Element): boolean {
  const address = element.localName === 'a' ? element.getAttribute('href') : undefined
  return !!address && !/^(?:#|mailto:|tel:)/i.test(address) && !isMarked(element) && !isNamedSo(element)
}

/** Elements of a box that holds a byline. */
const mostInBox = 60

const ofAuthor =
  /^(?:(?:author|autor|auteur)(?!i[sztd])[a-z]{0,12}|byline|writer|reporter|journalist|verfasser|redakteur|columnist)$/
const noAuthors =
  /^(?:image|img|avatar|photo|bio|box|description|icon|editor|follow|more|role|job|social|comments?|prep|sep|label|prefix)$/
/** Where sites keep the pages of their authors. */
const profile =
  /\/(?:authors?|autor(?:en|es|a|in)?|auteurs?|autore|autori|profil(?:e|es|s)?|people|staff(?:-contributors)?|contributors?|journalists?|reporters?|writers?|redakteur(?:e|in)?|redaktion|colunistas?|columnistas?|firmas?)\/[^/?#]{2}/i

/** Links and boxes of authors, by `rel`, microdata, address or class; the innermost, since the outer ones hold dates too. */
function markedIn(line: PageLine, { isElsewhere, language }: Place): Party[] {
  const { inner, block, text } = line
  if (text.length > 200) return []
  const isOut = isElsewhere(block)
  const own = [...inner.slice(0, 50), block].filter(element => isOut || !isElsewhere(element))
  const sure = innermost(own.filter(isMarked)).flatMap(element => partiesOf(element, language, true))
  if (sure.length > 0) return sure
  const named = innermost(own.filter(isNamedSo))
  const isDated = named.length > 0 && datesInLine(text, language).length > 0
  const classed = named.flatMap(element => partiesOf(element, language, isDated && element !== block))
  if (classed.length > 0) return classed
  const isWithin = [block, block.parentElement, block.parentElement?.parentElement].some(box => box && isNamedSo(box))
  return isWithin
    ? segmentsOf(text, language)
        .slice(0, 2)
        .flatMap(segment => personsIn(segment, language, false))
    : []
}

function innermost(elements: readonly Element[]): Element[] {
  return elements.filter(element => !elements.some(other => other !== element && element.contains(other)))
}

function partiesOf(element: Element, language: string, isSure: boolean): Party[] {
  // Beside the link may stand a label, in a box of its own.
  const links = element.localName === 'a' ? [] : descendants(element, 'a')
  const link = links.find(each => isMarked(each) || isNamedSo(each)) ?? element
  const url = link.getAttribute('href')
  const [text = ''] = segmentsOf(shownText(link, 300).replace(allPosts, ''), language)
  const isOpened = openedBy(text, language) !== undefined
  const persons = personsIn(text, language, isSure || isOpened)
  return persons.map(person => ({ ...person, ...(url && persons.length === 1 && { url }) }))
}

/** The persons of a text that names authors; where it is sure that it does, also one who signs with one word, or an agency. */
function personsIn(text: string, language: string, isSure: boolean): Party[] {
  const names = namesIn(text, language)
  const persons = names.filter(isPerson)
  // A line of text may begin as a list of names does.
  const isWhole = persons.reduce((sum, { length }) => sum + length, 0) >= (openedBy(text, language) ?? text).length / 2
  if (persons.length > 0) return isWhole || isSure ? persons.map(name => ({ name })) : []
  const [only = (openedBy(text, language) ?? text).trim()] = names
  if (names.length > 1 || isDateLabel(only)) return []
  const isAgency = agency.test(only) && isShort(only) && isName(only) && /^\p{Lu}/u.test(only)
  return isAgency || (isSure && (isPenName(only) || (isShort(only) && isName(only)))) ? [{ name: only }] : []
}

/** What no person is called, but an author may be. */
const agency =
  /(?:^|\s)(?:agenc\p{L}*|agent(?:ur|schap)\p{L}*|agenz\p{L}*|press\p{L}*|prensa|redak\p{L}*|redac\p{L}*|rédaction|redazione|newsroom|staff|desk)(?=$|\s)/iu

function isMarked(element: Element): boolean {
  if (/(?:^|\s)author(?:\s|$)/i.test(element.getAttribute('rel') ?? '')) return true
  if (/(?:^|[\s:])author$/i.test(element.getAttribute('itemprop') ?? element.getAttribute('property') ?? ''))
    return true
  const words = wordsOf(element.getAttribute('class') ?? '')
  return words.includes('author') && (words.includes('vcard') || words.includes('fn')) && !words.includes('comment')
}

function isNamedSo(element: Element): boolean {
  if (element.localName === 'a' && profile.test(element.getAttribute('href')?.slice(0, 500) ?? '')) return true
  const words = [...wordsOf(element.getAttribute('class') ?? ''), element.localName]
  return words.some(word => ofAuthor.test(word)) && !words.some(word => noAuthors.test(word))
}

const labelAlone =
  /^(?:text|autor(?:in|a|es|en)?|authors?|auteurs?|autore|verfasser(?:in)?|автор|作者|記者|记者)\s*[:：]?$/iu

/** "By Ida Holm, 3 May 2024", "Published 3 May by ida", "Author: Ida Holm", "Ida Holm 기자"; a label may have a line of its own. */
function printedIn({ text, length }: PageLine, following: PageLine | undefined, { language }: Place): Party[] {
  if (length > longestLine) return []
  if (labelAlone.test(text) && following && following.length < longestName)
    return personsIn(following.text, language, false)
  const segments = segmentsOf(text, language)
  // A line with a date, or one cut in pieces, tells of the article; a short clause may begin with such a word too.
  const isSure = segments.length > 1 || datesInLine(text, language).length > 0
  for (const segment of segments) {
    const opened = openedBy(segment, language)
    if (opened === undefined) continue
    const persons = personsIn(segment, language, isSure && isPenName(opened))
    if (persons.length > 0) return persons
  }
  return []
}

/** "Text: Ida Holm" below it. A book has an author too, beside its publisher. */
function creditedIn({ text, length }: PageLine, { language }: Place): Party[] {
  if (
    length > 100 ||
    !/^(?:text|texte|texto|testo|tekst|автор|作者)\s*[:：]|^(?:auto(?:r|ren|rin|res|ra)|authors?|auteure?s?|autore)(?:\s*[:：]|\s)/iu.test(
      text,
    )
  )
    return []
  return personsIn(text, language, false)
}

/** Characters. A longer line is text. */
const longestLine = 250

/** The pieces of a line without its dates, and what stands in front of and behind them. */
function segmentsOf(text: string, language: string): string[] {
  let rest = text
  for (const { start, end } of datesInLine(text, language).toReversed())
    rest = `${rest.slice(0, start)}|${rest.slice(end)}`
  return rest
    .split(/\s*(?:[|•·→»›()[\]~]|\/\/|\s[–—/-]\s)\s*/u)
    .map(segment =>
      segment
        .replace(/^[\s,:;.–—-]+|[\s,:;–—@-]+$/gu, '')
        .replace(dateLabel, '')
        .replace(/\s(?:am|on|le|el|il|em|den|op|om|på|dne|dnia|in|at|under|unter|dans|en)$/iu, ''),
    )
    .filter(segment => segment !== '')
}

/** What stands between a name and a date. */
const dateLabel =
  /\s(?:(?:stand|updated?|published|posted|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato)\s?:?(?: am| on| le| el| il| em)?|(?:under|in|unter|dans|illustration|bilder|fotos?|photos?)(?: von| by| par| de)? .{1,100})$/iu

import type { Party } from '../../../article.ts'
import { wordsOf } from './elsewhere.ts'
import { lettersOf } from './headline.ts'
import type { Place } from './page-dates.ts'
import type { PageLine } from './page-lines.ts'
import { shownText } from './page.ts'
import { datesInLine } from '../dates/dates-in-line.ts'

/** Lines of print between a headline and its byline at most. */
const [below, above] = [20, 3]
const longestName = 80
const mostWords = 6
const mostAuthors = 20

/** "By" in the languages that print it before a name. */
const by =
  /^(?:(?:posted|written|story|text|words|report(?:ed)?|published|geschrieben|verfasst|veröffentlicht|publié|escrito|publicado|scritto|pubblicato|texte?|texto|testo|tekst|interview) )?(?:by|von|par|por|de|di|da|door|av|af|od|tarafından|автор|autor(?:a|in)?|author|auteur|autore|autrice|redacción|redação|oleh|bởi|tác giả|от|з|написал[а]?)\s*:?\s+/iu
const byWithoutSpace = /^(?:文|撰文|作者|記者|记者|文\/|取材|بقلم|كتب|נכתב על ידי|מאת)\s*[:：/]?\s*/u
const behind = /\s*(?:기자|記者|记者|特派員|리포터)$/u

/** WordPress puts it into the link to an author's other articles. */
const allPosts =
  /^(?:view all posts by|show all articles of|posts by|more (?:posts|articles|stories) (?:by|from)|(?:zeige )?alle (?:beiträge|artikel) (?:von|anzeigen von)|voir tous les articles de|ver todas las entradas de|ver todos os posts de|visualizza tutti gli articoli di|alle berichten (?:van|tonen van)|visa alla inlägg av|все записи автора|zobacz wszystkie wpisy|view profile of|articles? (?:by|de|par)|beiträge von)\s*/iu

/**
 * The persons and organisations that written names name: without "By", once each, and none that is an address, a login, a path or one of the
 * site's own names.
 */
export function authorsNamed(written: readonly Party[], siteNames: readonly string[]): Party[] {
  const sites = new Set(siteNames.map(lettersOf))
  const found = written.slice(0, 100).flatMap(({ name, url }) => {
    const names = namesIn(name)
    return names.map(each => ({ name: each, ...(names.length === 1 && url !== undefined && { url }) }))
  })
  const persons = found.filter(({ name }) => isName(name) && !sites.has(lettersOf(name)))
  const once: Party[] = []
  for (const person of persons.slice(0, mostAuthors)) {
    const letters = bare(person.name)
    const at = once.findIndex(({ name }) => bare(name).includes(letters) || letters.includes(bare(name)))
    const known = once[at]
    if (known === undefined) once.push(person)
    // "Jo Hall" and "Herald - Jo Hall", or the same with an address.
    else once[at] = { ...(bare(known.name).length <= letters.length ? known : person), ...urlOf(known, person) }
  }
  return once
}

function urlOf(one: Party, other: Party): { url?: string } {
  const url = one.url ?? other.url
  return url === undefined ? {} : { url }
}

function bare(name: string): string {
  return lettersOf(name.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))
}

const between = /\s*(?:[;|•·\n]|,(?=\s)|\s(?:and|und|et|y|e|en|og|och|и|та|&|\+)\s)\s*/u

/** Several names in one text; a title or degree behind a comma is no name of its own. */
function namesIn(written: string): string[] {
  const text = written
    .slice(0, 500)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(allPosts, '')
    .replace(/[\s→»›]+$/u, '')
  const name = withoutBy(text)
    .replace(behind, '')
    .replace(/^[\s,:|–—-]+|[\s,:|–—-]+$/gu, '')
  const parts = name.split(between).map(part => withoutBy(part).trim())
  const areNames = parts.length > 1 && parts.every(part => isName(part) && part.split(' ').length >= 2)
  return areNames ? parts : [name.replace(/\s*[|•·].*$/u, '')]
}

function withoutBy(text: string): string {
  const rest = text.replace(by, '').replace(byWithoutSpace, '')
  // "De Boer", "Da Silva": a name may begin so, but goes on with one word then.
  return rest !== text && /^(?:de|di|da|von|od|af|av)\s/i.test(text) && /^[\p{Lu}]/u.test(text) && !rest.includes(' ')
    ? text
    : rest
}

const noName = /https?:|www\.|@|\[at\]|[/\\_<>{}=#"]|\d{2}|\.(?:com|net|org|de|html?|php)\b/iu
const noPerson =
  /^(?:admin(?:istrator)?|wordpressadmin|webmaster|root|editor|user|guest|no author|unknown|anonymous|author|autor|null|undefined|none)$/iu

function isName(name: string): boolean {
  if (name.length < 2 || name.length > longestName || name.split(' ').length > mostWords) return false
  if (noName.test(name) || noPerson.test(name) || !/\p{L}/u.test(name)) return false
  // A login has no capital, in scripts that have them.
  return /\p{Lu}|\p{Lo}/u.test(name)
}

/** The authors that a page marks or prints beside its headline. */
export function bylineOf(place: Place, siteNames: readonly string[]): Party[] {
  const lines = besideHeadline(place)
  const marked = lines.flatMap(line => markedIn(line, place))
  const authors = authorsNamed(marked.slice(0, mostAuthors), siteNames)
  if (authors.length > 0) return authors
  for (const [index, line] of lines.entries()) {
    // A label may have a line of its own.
    const isLabel = label.exec(line.text)?.[0] === line.text
    const text = isLabel ? `${line.text} ${lines[index + 1]?.text ?? ''}` : line.text
    const printed = authorsNamed(printedIn({ ...line, text }, place.language), siteNames)
    if (printed.length > 0) return printed
  }
  return []
}

function besideHeadline({ lines, at, isElsewhere }: Place): PageLine[] {
  if (at < 0) return []
  const after = lines.slice(at + 1, at + 1 + below)
  return [...after, ...lines.slice(Math.max(0, at - above), at)].filter(({ block }) => !isElsewhere(block))
}

const authorNames = new Set(
  'author authors authorname byline autor autoren autores autora auteur auteurs autore writer reporter journalist verfasser'.split(
    ' ',
  ),
)
const noAuthors = /^(?:image|img|avatar|photo|bio|box|date|time|social|description|icon|editor|follow|more|role|job)$/
/** Where sites keep the pages of their authors. */
const profile =
  /\/(?:authors?|autor(?:en|es|a|in)?|auteurs?|autore|autori|profil(?:e|es|s)?|people|staff(?:-contributors)?|contributors?|journalists?|reporters?|writers?|redakteur(?:e|in)?|colunistas?|columnistas?|firmas?)\/[^/?#]{2}/i

/** Links and boxes of authors, by `rel`, microdata, address or class; the innermost, since the outer ones hold dates too. */
function markedIn(line: PageLine, { isElsewhere, language }: Place): Party[] {
  const { inner, block, text } = line
  if (text.length > 200) return []
  const own = [...inner.slice(0, 50), block].filter(element => !isElsewhere(element))
  const sure = innermost(own.filter(isMarked)).map(partyOf)
  if (sure.length > 0) return sure
  const classed = innermost(own.filter(isNamedSo)).map(partyOf).filter(isPerson)
  if (
    classed.length > 0 ||
    ![block.parentElement, block.parentElement?.parentElement].some(box => box && isNamedSo(box))
  )
    return classed
  return [{ name: beforeDate(text, language) }].filter(isPerson)
}

function innermost(elements: readonly Element[]): Element[] {
  return elements.filter(element => !elements.some(other => other !== element && element.contains(other)))
}

function partyOf(element: Element): Party {
  const url = element.getAttribute('href')
  return { name: shownText(element, 300), ...(url && { url }) }
}

function isMarked(element: Element): boolean {
  if (/(?:^|\s)author(?:\s|$)/i.test(element.getAttribute('rel') ?? '')) return true
  return /(?:^|[\s:])author$/i.test(element.getAttribute('itemprop') ?? element.getAttribute('property') ?? '')
}

function isNamedSo(element: Element): boolean {
  if (element.localName === 'a' && profile.test(element.getAttribute('href')?.slice(0, 500) ?? '')) return true
  const words = wordsOf(element.getAttribute('class') ?? '')
  return words.some(word => authorNames.has(word)) && !words.some(word => noAuthors.test(word))
}

const particles = new Set(
  'de da do dos das del della di du van von der den la le el al bin ibn y e ter ten zu af av the of'.split(' '),
)

/** Two words or more, each with a capital; where there are no capitals, anything short. */
function isPerson({ name }: Party): boolean {
  return namesIn(name).every(each => {
    const words = each.split(' ')
    const named = words.every(word => /^["'“„(]?(?:\p{Lu}|\p{Lo})/u.test(word) || particles.has(word))
    return named && (words.length >= 2 || /\p{Lo}/u.test(each)) && !/[:!?]/.test(each)
  })
}

/** A label in front of a name that is no editor's, photographer's or translator's. */
const label =
  /^(?:(?:ein|un|an?|une) )?(?:artikel von|article by|article de|artículo de|text(?:e|o)?|testo|autor(?:in|a|es|en)?|authors?|auteurs?|autore|verfasser(?:in)?|interview|автор|作者|記者|记者)\s*[:|：]\s*/iu

/** "By Ida Holm, 3 May 2024", "Author: Ida Holm", "Ida Holm 기자". */
function printedIn({ text }: PageLine, language: string): Party[] {
  if (text.length > 150) return []
  const line = text.replace(/^(?:ein artikel|un article|an article)\s+(?=von|de|by)/iu, '')
  const isSaid = by.test(line) || byWithoutSpace.test(line) || behind.test(line) || label.test(line)
  if (!isSaid) return []
  const name = beforeDate(line, language).replace(label, '')
  const names = withoutBy(name)
  return isPerson({ name: names.replace(behind, '') }) ? [{ name }] : []
}

function beforeDate(text: string, language: string): string {
  const [date] = datesInLine(text, language)
  return (date ? text.slice(0, date.start) : text).replace(
    /[\s,|•·–—/(-]+(?:am|on|le|el|il|em|den|op|om|på)?\s*$/iu,
    '',
  )
}

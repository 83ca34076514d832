import type { Party } from '../../../article.ts'
import { isName, isPenName, isPerson, personOf } from '../byline-names.ts'
import { isMarked, markedIn } from './author-marks.ts'
import { authorsNamed } from './author-names.ts'
import { printedIn } from './byline-line.ts'
import { besideHeadline, bylineOf, type OtherNames } from './bylines.ts'
import type { Place } from './page-dates.ts'
import type { PageLine } from './page-lines.ts'
import type { PageMetadata } from './page-metadata.ts'
import { shownText } from './page.ts'

/** Characters of a line that may hold a byline. */
const longestByline = 300

/**
 * The page's own word first, then its meta data, where they name a person whom the page prints; else the byline in print, and what names no
 * person or is printed nowhere where there is none.
 */
export function authorsOf(told: readonly PageMetadata[], place: Place, others: OtherNames): Party[] {
  const named = told.map(({ authors = [] }) =>
    authorsNamed(authors, others.siteNames, place.language).map(author => inFull(author, place)),
  )
  const sure = named.find(authors => authors.some(({ name }) => isPerson(name) && isPrinted(name, place)))
  if (sure) return withCompany(fullerOf(named, sure, place), place)
  const printed = bylineOf(place, others)
  const agreed = named.find(authors => authors.some(({ name }) => isPerson(name)) && includesAll(printed, authors))
  if (agreed) return withCompany(agreed, place)
  const isByPersons = printed.some(({ name }) => isPerson(name))
  const persons = named.find(authors => authors.some(({ name }) => isPerson(name)))
  const isSigned = printed.some(({ name }) => isPenName(name) && /^[\p{Lu}\p{Lo}]/u.test(name))
  const ranked = isByPersons || isSigned ? [printed, ...named] : [persons, ...named, printed]
  return [...ranked, penNames(told, place)].find(authors => authors !== undefined && authors.length > 0) ?? []
}

/** A list that has the same authors and others, all of whom the page prints beside its headline: systems tell some machines the first alone. */
function fullerOf(named: readonly Party[][], sure: Party[], place: Place): Party[] {
  const lines = besideHeadline(place).filter(({ text }) => text.length < longestByline)
  const isBeside = ({ name }: Party): boolean => isPerson(name) && lines.some(({ text }) => text.includes(name))
  return named.find(list => list.length > sure.length && includesAll(list, sure) && list.every(isBeside)) ?? sure
}

function isPrinted(name: string, place: Place): boolean {
  const written = name.toLowerCase()
  return place.lines.some(
    ({ text, length, block }) =>
      length < longestByline && text.toLowerCase().includes(written) && !place.isElsewhere(block),
  )
}

/** Who is told by the first name alone, and printed with both. */
function inFull(author: Party, { lines, isElsewhere }: Place): Party {
  const { name } = author
  if (name.includes(' ')) return author
  const full = lines
    .filter(({ text, block }) => text.startsWith(`${name} `) && !isElsewhere(block))
    .map(({ text }) => text.split(/\s*(?:[,;|–—(]|\s-\s)/u, 1)[0] ?? '')
    .filter(text => isPerson(text) && text.split(' ').length < 5)
  return new Set(full).size === 1 ? { ...author, name: full[0] ?? name } : author
}

const joint = /(?:^|\P{L})(?:and|und|et|y|e|og|och|en|i|и|та|i|ve|și|és|και|&)(?:$|\P{L})/iu

/** Systems tell whose account it was, the page prints all who wrote: joined in one line, the one who is told among them. */
function withCompany(authors: Party[], place: Place): Party[] {
  const known = new Map(authors.map(author => [personOf(author.name), author]))
  for (const line of besideHeadline(place)) {
    if (line.text.length > longestByline || !authors.every(({ name }) => line.text.includes(name))) continue
    const all = [markedIn(line, place), printedIn(line, undefined, place)]
      .map(parties => parties.filter(({ name }) => isPerson(name)))
      .find(
        parties =>
          parties.length > authors.length &&
          (isJoined(parties, line.text) || isOneMark(parties, line)) &&
          includesAll(parties, authors),
      )
    if (all) return all.map(({ name }) => ({ ...known.get(personOf(name)), name }))
  }
  return authors
}

function includesAll(parties: readonly Party[], authors: readonly Party[]): boolean {
  const persons = new Set(parties.map(({ name }) => personOf(name)))
  return authors.every(({ name }) => persons.has(personOf(name)))
}

/** An hCard that holds nothing else. */
function isOneMark(parties: readonly Party[], { inner }: PageLine): boolean {
  const names = parties.map(({ name }) => name).join(', ')
  return inner.some(element => isMarked(element) && shownText(element, 300) === names)
}

/** A paper or a trade behind a name is parted from it by a comma alone. */
function isJoined(parties: readonly Party[], text: string): boolean {
  const [other, last] = parties.slice(-2).map(({ name }) => name)
  if (other === undefined || last === undefined) return false
  const between = text.slice(text.indexOf(other) + other.length, text.indexOf(last))
  return joint.test(between) && between.length <= 10
}

/** One who is told by a word in small letters is called so where the page prints it as a line or a link. */
function penNames(told: readonly PageMetadata[], { lines }: Place): Party[] {
  const [author] = told.flatMap(({ authors = [] }) => authors)
  if (author === undefined || isName(author.name) || !isPenName(author.name)) return []
  const { name } = author
  const isPrintedSo = lines.some(
    ({ text, inner }) =>
      text === name ||
      (text.includes(name) && inner.some(each => each.localName === 'a' && each.textContent.trim() === name)),
  )
  return isPrintedSo ? [author] : []
}

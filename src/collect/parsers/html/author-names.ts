import type { Party } from '../../../article.ts'
import { isName, isPenName, isPerson } from '../byline-names.ts'
import { namesInByline, openedBy } from '../byline.ts'
import { lettersOf } from './headline.ts'
import { isDateLabel } from './page-dates.ts'

export const longestName = 80
const mostWords = 6
const mostAuthors = 20

/** WordPress puts it into the link to an author's other articles. */
const allPosts =
  /^(?:view all posts by|show all articles of|posts by|more (?:posts|articles|stories) (?:by|from)|(?:zeige )?alle (?:beiträge|artikel) (?:von|anzeigen von)|voir tous les articles de|ver todas las entradas de|ver todos os posts de|visualizza tutti gli articoli di|alle berichten (?:van|tonen van)|visa alla inlägg av|все записи автора|zobacz wszystkie wpisy|view profile of|about the author|articles? (?:by|de|par)|beiträge von|weitere \p{L}{1,20} von|alles von|über(?: (?:den|die) autor(?:in)?)?|à propos de l’auteure?|sobre (?:el|la|o|a) autora?|over de auteur|om författaren|об авторе)[\s:–-]*/iu

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
export function lettersOfSites(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap(name => [name, name.replace(/\.[a-z]{2,4}$/i, '')]).map(lettersOf))
}

/** Each of those that are the same once: "Jo Hall" and "Herald - Jo Hall", or the same with an address. */
export function distinct(persons: readonly Party[]): Party[] {
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

/** Letters and digits without their accents. */
export function bare(name: string): string {
  return lettersOf(name.normalize('NFD').replace(/[\u0300-\u036f]/g, ''))
}

/** Who is no person is an author where it is named first: an agency, or who signs with one word. */
export function ofOneKind(parties: readonly Party[]): Party[] {
  const [first] = parties
  const isByPerson = first !== undefined && parties.some(({ name }) => isPerson(name)) && !isPenName(first.name)
  return isByPerson ? parties.filter(({ name }) => isPerson(name)) : parties.filter(({ name }) => !isPerson(name))
}

function isShort(name: string): boolean {
  return name.length <= longestName && name.split(' ').length <= mostWords && !/\d{2}/.test(name)
}

/** Whom somebody talked to, or whose notes were used. */
const company =
  /(?<=\p{Lu}\p{Ll}{1,30})(?<![Gg]espräch|[Cc]onversation|[Cc]onversación|[Gg]esprek) (?:mit|with|avec|con|com|med|met) \p{Lu}.{1,80}$/u

export function namesIn(written: string, language: string): string[] {
  const text = withoutInvitation(written.slice(0, 500).replace(/\s+/g, ' ').trim()).replace(
    /^[\s,:|–—-]+|[\s,:|–—→»›-]+$/gu,
    '',
  )
  return namesInByline(text.replace(company, ''), language)
}

/** `View all posts by Ida Holm` -> `Ida Holm`. */
export function withoutInvitation(text: string): string {
  return text.replace(allPosts, '')
}

/** How sure it is that a text names an author: by its words alone, by where it stands, or because it is marked so. */
export type Certainty = 'likely' | 'sure' | 'marked'

/** The persons of a text that names authors; where it is sure that it does, also one who signs with one word, or an agency. */
export function personsIn(text: string, language: string, certainty: Certainty): Party[] {
  const names = namesIn(text, language)
  const persons = names.filter(isPerson)
  // A line of text may begin as a list of names does.
  const isWhole = persons.reduce((sum, { length }) => sum + length, 0) >= (openedBy(text, language) ?? text).length / 2
  if (persons.length > 0) return isWhole || certainty !== 'likely' ? persons.map(name => ({ name })) : []
  const [only = (openedBy(text, language) ?? text).trim()] = names
  if (names.length > 1 || isDateLabel(only)) return []
  const isAgency = agency.test(only) && isShort(only) && isName(only) && /^\p{Lu}/u.test(only)
  const isSigned = certainty !== 'likely' && (isPenName(only) || (isShort(only) && isName(only)))
  return isAgency || isSigned || (certainty === 'marked' && isTeam(only)) ? [{ name: only }] : []
}

/** Marked as an author's, a name may also begin in small letters or be the site's address: `northsea Webteam`, `northsea.example Redaktion`. */
function isTeam(name: string): boolean {
  const plain = name.replace(/^([\p{L}\p{N}-]{2,40})\.\p{Ll}{2,4}(?=\s)/u, '$1')
  return isShort(name) && /\s\p{Lu}/u.test(name) && isName(plain.charAt(0).toUpperCase() + plain.slice(1))
}

/** What no person is called, but an author may be. */
const agency =
  /(?:^|\s)(?:agenc\p{L}*|agent(?:ur|schap)\p{L}*|agenz\p{L}*|press\p{L}*|prensa|redak\p{L}*|redac\p{L}*|rédaction|redazione|newsroom|staff|desk)(?=$|\s)/iu

import type { Relation, Subject, Term } from '../../../article.ts'
import { fold } from '../../../text.ts'
import type { Draft } from '../draft.ts'
import { listIn, numberIn, textIn, type Fields } from '../json.ts'
import { rolesOf } from './authors.ts'

/** By the list in which it stands, whatever it is called in 1.x, 2.x and 3.x. */
const lists: readonly (readonly [rel: Relation, ...names: string[]])[] = [
  ['subject', 'subject', 'subjects'],
  ['person', 'person', 'people'],
  ['organisation', 'organisation', 'organisations'],
  ['place', 'place', 'places'],
  ['product', 'object', 'objects'],
]

/** Everything that it is sorted by. A party that made it is not what it is about. */
export function filedUnder(
  fields: Fields,
): Pick<Draft, 'section' | 'keywords' | 'subjects' | 'genres' | 'slugline' | 'urgency' | 'priority'> {
  const filed = lists.flatMap(([rel, ...names]) =>
    names
      .flatMap(name => listIn(fields, name))
      .filter(entry => rel === 'subject' || !rolesOf(entry).some(role => makers.test(role)))
      .flatMap(entry => termOf(entry).map((term): Subject => ({ ...term, rel: relationOf(entry, rel) }))),
  )
  // Superdesk's word for the section.
  const services = listIn(fields, 'service').flatMap(entry =>
    termOf(entry).map((term): Subject => ({ ...term, rel: 'section' })),
  )
  const words = listIn(fields, 'keywords').flatMap(entry => textIn(entry, 'name') ?? [])
  const sections = filed.filter(({ rel }) => rel === 'section')
  const section = [...sections, ...services][0]
  const told = [
    ...(sections.length > 0 ? sections : services.slice(0, 1)),
    ...filed.filter(({ rel }) => rel !== 'section'),
  ]
  const subjects = told.filter(
    ({ rel, code }) => code !== undefined || !['section', 'subject', 'keyword'].includes(rel),
  )
  return {
    section: section?.name,
    keywords: [...filed.filter(({ rel }) => rel === 'subject' || rel === 'keyword').map(({ name }) => name), ...words],
    subjects,
    genres: listIn(fields, 'genres', 'genre').flatMap(termOf),
    slugline: textIn(fields, 'slugline'),
    urgency: rankIn(fields, 'urgency'),
    priority: rankIn(fields, 'priority'),
  }
}

const makers =
  /(?:author|creator|writer|reporter|journalist|editor|photographer|illustrator|translator|camera|publisher|contributor|provider|supplier)$|locat|dateline|origin/

function relationOf(entry: Fields, rel: Relation): Relation {
  const said = rel === 'subject' ? rolesOf(entry) : []
  return said.includes('section') ? 'section' : said.includes('keyword') ? 'keyword' : rel
}

function termOf(entry: Fields): Term[] {
  const [name, code, scheme] = [
    textIn(entry, 'name'),
    textIn(entry, 'uri', 'code', 'qcode', 'literal'),
    textIn(entry, 'scheme'),
  ]
  if (name === undefined) return []
  return [{ name, ...(code !== undefined && code !== name && { code, ...(scheme !== undefined && { scheme }) }) }]
}

/** 1 to 9. */
function rankIn(fields: Fields, name: string): number | undefined {
  const rank = numberIn(fields, name)
  return rank !== undefined && Number.isInteger(rank) && rank <= 9 ? rank : undefined
}

/** Does the agency signal that this version corrects what was wrong? An update does not. */
export function isCorrected(fields: Fields): boolean {
  const signals = listIn(fields, 'signals', 'signal').flatMap(
    signal => textIn(signal, 'uri', 'code', 'qcode', 'literal', 'name') ?? [],
  )
  return signals.some(isCorrectionCode) || fold(textIn(fields, 'state') ?? '') === 'corrected'
}

/** `sig:correction`, or the URI of it. */
export function isCorrectionCode(code: string): boolean {
  return /(?:^|[:/#])correct(?:ion|ed|s)?$/i.test(code.trim())
}

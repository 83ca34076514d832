import type { Party } from '../../../article.ts'
import { fold } from '../../../text.ts'
import { authorsOf as namedAuthors, printedByline } from '../byline.ts'
import { listIn, textIn, type Fields } from '../json.ts'

/** Whoever wrote it. Editors, and whoever wrote a picture's caption, did not. */
const author = /^(?:\w+:)?(?:author|creator|writer|reporter|journalist|columnist|correspondent|byline)s?$/
const editor = /edit|desk|produc|publisher|supplier|provider|translat|capwriter/

/** Its authors, and its byline as printed. */
export function writersOf(fields: Fields, language: string): { authors: Party[]; byline?: string } {
  const bylines = bylinesOf(fields)
  const named = partiesOf(fields, roles => roles.some(role => author.test(role)))
  const listed = listIn(fields, 'authors', 'bylines')
    .filter(party => !rolesOf(party).some(role => editor.test(role)))
    .flatMap(party => partyOf(party, 'name', 'byline', 'by') ?? [])
  const byline = printedByline(bylines)
  return { authors: namedAuthors(bylines, [...named, ...listed], language), ...(byline && { byline }) }
}

function bylinesOf(fields: Fields): string[] {
  const byline = textIn(fields, 'byline', 'by')
  if (byline !== undefined) return [byline]
  return listIn(fields, 'byline', 'by').flatMap(each => textIn(each, 'name', 'byline', 'by') ?? [])
}

export function publisherIn(fields: Fields): Party | undefined {
  return partiesOf(fields, roles => roles.some(role => role.endsWith('publisher')))[0]
}

function partiesOf(fields: Fields, fits: (roles: string[]) => boolean): Party[] {
  const lists = ['infosource', 'infosources', 'people', 'person', 'organisation', 'organisations']
  return lists
    .flatMap(name => listIn(fields, name))
    .filter(party => fits(rolesOf(party)))
    .flatMap(party => partyOf(party, 'name') ?? [])
}

function partyOf(fields: Fields, ...names: string[]): Party | undefined {
  const [name, url] = [textIn(fields, ...names), textIn(fields, 'uri')]
  return name === undefined ? undefined : url === undefined ? { name } : { name, url }
}

/** Some have several, as a list or in one text. */
export function rolesOf(fields: Fields): string[] {
  const written = ['role', 'rel'].flatMap(
    name => textIn(fields, name) ?? listIn(fields, name).flatMap(each => textIn(each, 'name') ?? []),
  )
  return written.flatMap(text => fold(text.slice(0, 1_000)).split(/[\s,;|]+/)).filter(role => role !== '')
}

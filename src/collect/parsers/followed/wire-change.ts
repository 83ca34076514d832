import { instant, type Instant, type Party } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import type { Draft, Followed, Parser } from '../draft.ts'
import { fieldsOf, listIn, readJson, textIn, type Fields } from '../json.ts'
import { filedAs } from './subjects.ts'
import { mediaIn } from './media.ts'

/** Through more Feedwires than this nothing comes: it goes in a circle. */
const mostStations = 20

/**
 * A change as another Feedwire's wire tells it (`/wire`): ninjs 3.1 as Feedwire itself writes it (publish/formats/ninjs.ts), so that
 * everything stands in one place and nothing has to be guessed. Only the round of a source that follows a wire reads it.
 */
export const wireChange: Parser = {
  recognises: () => false,
  parse: text => [readChange(fieldsOf(readJson(text)))],
}

function readChange(change: Fields): Draft {
  const article = fieldsOf(change.get('article'))
  const uri = textIn(article, 'uri')
  if (uri === undefined) throw new Unusable('The change names no article.')
  const identity = { ownId: uri, ownVersion: textIn(article, 'version') }
  const pubStatus = textIn(article, 'pubstatus')
  const told = toldOf(change, article)
  if (pubStatus === 'canceled' || pubStatus === 'withheld') {
    const followed = pubStatus === 'withheld' ? { ...told, isHeld: true as const } : told
    return { ...identity, followed, pubStatus: 'canceled', body: { paragraphs: [] } }
  }
  if (pubStatus !== 'usable') throw new Unusable('The "pubStatus" is none of usable, withheld and canceled.')
  return { ...identity, followed: told, pubStatus, ...contentOf(article, change) }
}

function toldOf(change: Fields, article: Fields): Followed {
  const version = textIn(article, 'version') ?? ''
  if (!/^[1-9]\d{0,14}$/.test(version)) throw new Unusable('The article has no version that counts.')
  const corrected = fieldsOf(change.get('corrected'))
  const [note, at] = [corrected.get('note'), momentIn(corrected, 'at')]
  const changed = momentIn(article, 'versioncreated') ?? momentIn(change, 'at')
  const reason = textIn(change, 'reason')
  return {
    version: Number(version),
    ...(changed !== undefined && { changed }),
    ...(typeof note === 'string' && at !== undefined && { correction: { note, at } }),
    ...(reason !== undefined && { reason }),
  }
}

function contentOf(article: Fields, change: Fields): Omit<Draft, 'ownId' | 'ownVersion' | 'pubStatus'> {
  const [published, embargoed, expires] = ['firstcreated', 'embargoeduntil', 'expires'].map(name =>
    momentIn(article, name),
  )
  return {
    title: valueOf(article, 'headlines', 'main'),
    ...textOf(article),
    language: textIn(article, 'language'),
    published,
    embargoed,
    expires,
    ...filedAs(article),
    ...writersIn(article),
    place: textIn(article, 'located'),
    media: mediaIn(article),
    rights: textIn(article, 'copyrightnotice'),
    copyrightHolder: textIn(article, 'copyrightholder'),
    usageTerms: textIn(article, 'usageterms'),
    edNote: noteToEditors(article, change),
    link: listIn(article, 'renditions').flatMap(page =>
      textIn(page, 'name') === 'source' ? (textIn(page, 'href') ?? []) : [],
    )[0],
    earlierIds: earlierIdsIn(article),
  }
}

/** What sums it up is its text, where the feed gives no more. */
function textOf(article: Fields): Pick<Draft, 'body' | 'standfirst'> {
  const [html, summary] = [valueOf(article, 'bodies', 'main'), valueOf(article, 'descriptions', 'summary')]
  if (html !== undefined) return { body: { html }, ...(summary !== undefined && { standfirst: summary }) }
  if (summary !== undefined) return { body: { paragraphs: [summary] } }
  throw new Unusable('The feed gives the headline alone: there is no text.')
}

function valueOf(article: Fields, list: string, role: string): string | undefined {
  const piece = listIn(article, list).find(each => textIn(each, 'role') === role)
  return piece && textIn(piece, 'value')
}

function writersIn(article: Fields): Pick<Draft, 'authors' | 'byline' | 'publisher'> {
  const parties = listIn(article, 'infosources').map(source => ({
    role: textIn(source, 'role'),
    party: partyIn(source),
  }))
  const authors = parties.flatMap(({ role, party }) => (role === 'author' && party ? [party] : []))
  const publisher = parties.find(({ role }) => role === 'publisher')?.party
  const by = textIn(article, 'by')
  const says = authors.map(({ name }) => name).join(', ')
  return {
    authors,
    ...(publisher && { publisher }),
    // Only where it says more than their names.
    ...(by !== undefined && by !== (says || publisher?.name) && { byline: by }),
  }
}

function partyIn(fields: Fields): Party | undefined {
  const [name, url] = [textIn(fields, 'name'), textIn(fields, 'uri')]
  return name === undefined ? undefined : { name, ...(url !== undefined && { url }) }
}

/** The published note of a correction stands before it. */
function noteToEditors(article: Fields, change: Fields): string | undefined {
  const edNote = textIn(article, 'ednote')
  const note = textIn(fieldsOf(change.get('corrected')), 'note')
  if (edNote === undefined || note === undefined || !edNote.startsWith(note)) return edNote
  return edNote.slice(note.length).replace(/^\n/, '') || undefined
}

function earlierIdsIn(article: Fields): string[] {
  const ids = listIn(article, 'altids').flatMap(each => textIn(each, 'value') ?? [])
  if (ids.length > mostStations) throw new Unusable(`It has come through more than ${mostStations} others.`)
  return ids
}

/** RFC 3339, as Feedwire writes it. */
function momentIn(fields: Fields, name: string): Instant | undefined {
  const written = textIn(fields, name)
  const isMoment = written !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,3})?Z$/.test(written)
  const moment = isMoment ? Date.parse(written) : NaN
  return Number.isNaN(moment) ? undefined : instant(moment)
}

import type { Instant, PubStatus } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fold } from '../../../text.ts'
import { findDate, readDate } from '../dates/dates.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { eachArticle } from '../each-article.ts'
import { fieldsOf, listIn, readJson, textIn, type Fields } from '../json.ts'
import { bodyOf, titleOf } from './text.ts'
import { withNotesApart } from '../notes-to-editors.ts'
import { publisherIn, writersOf } from './authors.ts'
import { documentsIn } from './envelope.ts'
import { isTakenBack, mediaOf, ownMedia } from './media.ts'
import { ninjsOrigins } from './statements.ts'
import { filedUnder, isCorrected } from './subjects.ts'

/**
 * ninjs (IPTC News in JSON): one document, or a list of them. 1.x (`body_html`, maps), 2.x (`bodies`, `contenttype`) and 3.x
 * (`contentType`) are told by the properties that are there, since few agencies write `standard`. What Superdesk adds is read too.
 */
export const ninjs: Parser = {
  recognises: text => {
    const beginning = text.slice(0, 4096)
    if (!/^\s*(?:\[\s*)?\{/.test(beginning) || jsonFeed.test(beginning)) return false
    return ownProperty.test(beginning) || (/"uri"\s*:/i.test(beginning) && /"headline"\s*:/i.test(beginning))
  },
  parse: (text, hints) => {
    const json = readJson(text)
    return eachArticle(documentsIn(json), document => readDocument(document, hints))
  },
}

const jsonFeed = /"version"\s*:\s*"https?:\/\/(?:www\.)?jsonfeed\.org\//
// A name in a text would have a backslash before its last quotation mark.
const ownProperty =
  /"(?:versioncreated|pubstatus|representationtype|headlines|bodies|body_(?:html|xhtml|text)|copyright(?:holder|notice)|usageterms)"\s*:/i

function readDocument(document: unknown, hints: Hints): Draft {
  const fields = fieldsOf(document)
  if (fields.size === 0) throw new Unusable('The entry is no ninjs object.')
  const language = textIn(fields, 'language')
  const ownId = textIn(fields, 'uri', 'guid')
  const status = readStatus(textIn(fields, 'pubstatus'))
  const pubStatus = status === 'usable' && isTakenBack(fields) ? 'withheld' : status
  const created = textIn(fields, 'versioncreated')
  const title = titleOf(fields)
  const identity = {
    ownId,
    ownVersion: textIn(fields, 'version') ?? (created === undefined ? undefined : findDate(created, hints)),
    pubStatus,
    title,
  }
  // A kill needs to name its article, and nothing else.
  if (pubStatus === 'canceled') {
    if (ownId === undefined) throw new Unusable('The ninjs is canceled, and has no "uri" that says which article goes.')
    return { ...identity, body: { paragraphs: [] } }
  }
  const link = textIn(fields, 'canonical', 'link') ?? pageOf(fields)
  return withNotesApart({
    ...identity,
    ...bodyOf(fields, title),
    ...readDates(fields, hints, language ?? hints.language),
    language,
    ...filedUnder(fields),
    ...writersOf(fields, language ?? hints.language),
    publisher: publisherIn(fields),
    place: textIn(fields, 'located') ?? placeOf(fields),
    media: [
      ...ownMedia(fields, hints),
      ...listIn(fields, 'associations').flatMap(association => mediaOf(association, hints)),
    ],
    rights: textIn(fields, 'copyrightnotice', 'copyrightholder'),
    // The Associated Press has a list of them.
    usageTerms: textIn(fields, 'usageterms') ?? linesIn(fields, 'usageterms'),
    copyrightHolder: textIn(fields, 'copyrightholder'),
    dateline: textIn(fields, 'dateline') ?? textIn(fieldsOf(fields.get('dateline')), 'text'),
    edNote: textIn(fields, 'ednote'),
    ...(isCorrected(fields) && { isCorrection: true }),
    link,
    baseUrl: link,
    origins: () => ninjsOrigins(fields),
  })
}

const statuses = new Map<string, PubStatus>([
  ['usable', 'usable'],
  ['withheld', 'withheld'],
  ['withhelded', 'withheld'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
])

/** "Default value is 'usable'." */
function readStatus(written = 'usable'): PubStatus {
  const status = statuses.get(fold(written))
  if (status === undefined)
    throw new Unusable(`The "pubStatus" is "${written.slice(0, 40)}", and should be usable, withheld or canceled.`)
  return status
}

/**
 * ninjs has no date of publication. `firstCreated`, of "the first version of this ninjs object", is the nearest; Superdesk has a
 * property of its own. `contentCreated` may be that of "an old photo", so it is the last to be asked.
 */
const datesByMeaning: readonly (readonly [Moment, ...string[]])[] = [
  ['published', 'firstpublished', 'firstcreated', 'versioncreated', 'contentcreated'],
  ['modified', 'versioncreated'],
  ['embargoed', 'embargoeduntil', 'embargoed', 'embargo'],
  ['expires', 'expires', 'expiry'],
]

type Moment = 'published' | 'modified' | 'embargoed' | 'expires'

function readDates(fields: Fields, hints: Hints, language: string): Partial<Record<Moment, Instant>> {
  const read = datesByMeaning.flatMap(([meaning, ...names]) => {
    const written = textIn(fields, ...names)
    return written === undefined ? [] : [[meaning, readDate(written, hints, language)] as const]
  })
  const { published, modified, ...dates }: ReturnType<typeof readDates> = Object.fromEntries(read)
  return { ...dates, published, ...(modified !== published && { modified }) }
}

function linesIn(fields: Fields, name: string): string | undefined {
  const lines = listIn(fields, name).flatMap(line => textIn(line, 'name') ?? [])
  return lines.length === 0 ? undefined : lines.join('\n')
}

/** Where it was written; a place that the article is about is something else. */
function placeOf(fields: Fields): string | undefined {
  const located = listIn(fields, 'place', 'places').find(place =>
    /locat|dateline|origin/i.test(textIn(place, 'rel') ?? ''),
  )
  return located && textIn(located, 'name')
}

/** The article's page among its renditions: the source's own before any other. */
function pageOf(fields: Fields): string | undefined {
  const pages = listIn(fields, 'renditions').filter(rendition => {
    const name = textIn(rendition, 'name') ?? ''
    return /^(?:web|source|canonical)$/i.test(name) || textIn(rendition, 'contenttype', 'mimetype') === 'text/html'
  })
  const page = pages.find(rendition => textIn(rendition, 'name') === 'source') ?? pages[0]
  return page && textIn(page, 'href')
}

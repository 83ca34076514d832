import type { Instant, PubStatus, Subject } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fold } from '../../../text.ts'
import { authorsOf, printedByline } from '../byline.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { eachArticle } from '../each-article.ts'
import { languageIn, rankOf } from '../newsml/values.ts'
import { withoutDoctype } from '../xml/doctype.ts'
import { rootName } from '../xml/xml-tokens.ts'
import { childOf, childrenOf, elementsOf, readXml, textOf, type XmlElement } from '../xml/xml.ts'
import { nitfContent } from './content.ts'
import { withNotesApart } from '../notes-to-editors.ts'
import { readNorm } from './norm-date.ts'
import { nitfOrigins } from './statements.ts'

/** NITF (IPTC News Industry Text Format, https://iptc.org/std/NITF/) as a document of its own: one article, or the kill of one. */
export const nitf: Parser = {
  recognises: text => rootName(text) === 'nitf',
  parse: (text, hints) => {
    const root = readXml(withoutDoctype(text))
    if (root.name !== 'nitf') throw new Unusable(`The XML document "${root.name.slice(0, 40)}" is no NITF.`)
    return [...eachArticle([root], document => readDocument(document, hints)), ...killedBeside(root)]
  },
}

function readDocument(root: XmlElement, hints: Hints): Draft {
  const head = childOf(root, 'head')
  const docdata = childOf(head, 'docdata')
  const language = root.attributes.get('baselang') ?? languageIn(root) ?? languageIn(childOf(root, 'body') ?? root)
  const issued = attributeIn(docdata, 'date.issue', 'norm')
  const identity = { ...identityOf(docdata), pubStatus: statusOf(docdata) }
  if (identity.pubStatus === 'canceled') {
    if (identity.ownId === undefined)
      throw new Unusable('The NITF is canceled, and has no "doc-id" that says which article goes.')
    return { ...identity, ownVersion: identity.ownVersion ?? readSafely(issued, hints), body: { paragraphs: [] } }
  }
  const { bylines = [], edNote: headNote, ...content } = nitfContent(root)
  const dates = readDates(root, docdata, hints, language ?? hints.language)
  const filed = filedUnder(head, docdata)
  const notes = [correctionOf(docdata), attributeIn(docdata, 'ed-msg', 'info'), headNote].filter(
    note => note !== undefined && note.trim() !== '',
  )
  return withNotesApart({
    ...identity,
    ...content,
    ...dates,
    ...filed,
    ownVersion: identity.ownVersion ?? dates.published,
    pubStatus: identity.pubStatus ?? (isEmbargoed(docdata) && dates.embargoed === undefined ? 'withheld' : undefined),
    language,
    authors: authorsOf(bylines, [], language ?? hints.language),
    byline: printedByline(bylines),
    rights: content.rights ?? attributeIn(docdata, 'doc.copyright', 'holder'),
    copyrightHolder: attributeIn(docdata, 'doc.copyright', 'holder') ?? attributeIn(docdata, 'doc.rights', 'owner'),
    usageTerms: attributeIn(docdata, 'doc.rights', 'limitations'),
    edNote: notes.length === 0 ? undefined : notes.join('\n'),
    ...(isCorrection(docdata) && { isCorrection: true }),
    origins: () => nitfOrigins(root),
  })
}

function attributeIn(parent: XmlElement | undefined, name: string, attribute: string): string | undefined {
  return childrenOf(parent, name)
    .map(element => element.attributes.get(attribute)?.trim())
    .find(value => value !== undefined && value !== '')
}

/**
 * `doc-id` is "unique per publisher"; some append each version's number, and have the story's name as `du-key`. The version is that of the
 * `du-key`: generation before version.
 */
function identityOf(docdata: XmlElement | undefined): Pick<Draft, 'ownId' | 'ownVersion'> {
  const corrected = attributeIn(docdata, 'correction', 'id-string')
  const id = corrected ?? attributeIn(docdata, 'doc-id', 'id-string')
  const key = attributeIn(docdata, 'du-key', 'key')
  const [generation, version] = ['generation', 'version'].map(name => attributeIn(docdata, 'du-key', name))
  const ownId = id === undefined || (version !== undefined && key !== undefined && id.startsWith(`${key}_`)) ? key : id
  const ownVersion = isNumber(version)
    ? `${isNumber(generation) ? generation : '0'}.${version.padStart(9, '0')}`
    : undefined
  return { ownId, ownVersion }
}

function isNumber(text: string | undefined): text is string {
  return /^\d{1,9}$/.test(text ?? '')
}

const statuses = new Map<string, PubStatus | undefined>([
  ['usable', undefined],
  ['embargoed', undefined],
  ['withheld', 'withheld'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
  ['killed', 'canceled'],
  ['kill', 'canceled'],
])

/** By the document's management, or by a message to editors. Undefined: usable, or embargoed. */
function statusOf(docdata: XmlElement | undefined): PubStatus | undefined {
  const messages = wordsTo(docdata)
  if (messages.some(word => /^(?:mandatory\s)?(?:kill(?:ed)?|cancel(?:l?ed)?|withdraw(?:n|al)?)\b/.test(word)))
    return 'canceled'
  const written = fold(docdata?.attributes.get('management-status') ?? '') || 'usable'
  if (!statuses.has(written))
    throw new Unusable(
      `The management-status is "${written.slice(0, 40)}", and should be usable, embargoed, withheld or canceled.`,
    )
  return statuses.get(written)
}

/** What says in one word how the document stands: the type of a message, older NITF's status. */
function wordsTo(docdata: XmlElement | undefined): string[] {
  const status = childOf(docdata, 'doc.status')
  return [
    attributeIn(docdata, 'ed-msg', 'msg-type'),
    ...(status === undefined ? [] : [...status.attributes.values(), textOf(status)]),
  ].flatMap(word => (word === undefined ? [] : fold(word.slice(0, 200))))
}

function isEmbargoed(docdata: XmlElement | undefined): boolean {
  return fold(docdata?.attributes.get('management-status') ?? '') === 'embargoed'
}

/** NITF's own `correction`, or a message that says so by its type. An update is none. */
function isCorrection(docdata: XmlElement | undefined): boolean {
  return (
    childOf(docdata, 'correction') !== undefined ||
    wordsTo(docdata).some(word => /^correct(?:ion|ed|s|ive)?\b/.test(word))
  )
}

function correctionOf(docdata: XmlElement | undefined): string | undefined {
  return attributeIn(docdata, 'correction', 'info')
}

/** Another document that this one takes back. */
function killedBeside(root: XmlElement): Draft[] {
  const docdata = childOf(childOf(root, 'head'), 'docdata')
  const [ownId, status] = ['management-doc-idref', 'management-idref-status'].map(
    name => docdata?.attributes.get(name)?.trim() ?? '',
  )
  if (!ownId || statuses.get(fold(status ?? '')) !== 'canceled' || ownId === identityOf(docdata).ownId) return []
  return [{ ownId, pubStatus: 'canceled', body: { paragraphs: [] } }]
}

function readDates(
  root: XmlElement,
  docdata: XmlElement | undefined,
  hints: Hints,
  language: string,
): Partial<Record<'published' | 'embargoed' | 'expires', Instant>> {
  const head = childOf(root, 'head')
  const story = attributeIn(childOf(childOf(childOf(root, 'body'), 'body.head'), 'dateline'), 'story.date', 'norm')
  const read = (written: string | undefined) => (written === undefined ? undefined : readNorm(written, hints, language))
  return {
    published: read(
      attributeIn(docdata, 'date.issue', 'norm') ?? attributeIn(head, 'pubdata', 'date.publication') ?? story,
    ),
    embargoed: read(attributeIn(docdata, 'date.release', 'norm')),
    expires: read(attributeIn(docdata, 'date.expire', 'norm')),
  }
}

function readSafely(written: string | undefined, hints: Hints): Instant | undefined {
  try {
    return written === undefined ? undefined : readNorm(written, hints, hints.language)
  } catch (error) {
    if (error instanceof Unusable) return undefined
    throw error
  }
}

const subjectCodes = 'http://cv.iptc.org/newscodes/subjectcode/'
const relations = new Map<string, Subject['rel']>([
  ['person', 'person'],
  ['org', 'organisation'],
  ['location', 'place'],
  ['object.title', 'product'],
])

function filedUnder(
  head: XmlElement | undefined,
  docdata: XmlElement | undefined,
): Pick<Draft, 'section' | 'keywords' | 'subjects' | 'genres' | 'slugline' | 'urgency'> {
  const tobject = childOf(head, 'tobject')
  const subjects = childrenOf(tobject, 'tobject.subject').flatMap(subjectOf)
  const content = elementsOf(childOf(docdata, 'identified-content')).flatMap(identified)
  const city = attributeIn(docdata, 'evloc', 'city')
  const keywords = childrenOf(childOf(docdata, 'key-list'), 'keyword').flatMap(
    ({ attributes }) => attributes.get('key') ?? [],
  )
  const key = attributeIn(docdata, 'du-key', 'key')
  return {
    section: attributeIn(head, 'pubdata', 'position.section'),
    keywords: [
      ...new Set([...subjects.filter(({ name, code }) => name !== code).map(({ name }) => name), ...keywords]),
    ],
    subjects: [...subjects, ...content, ...(city === undefined ? [] : [{ name: city, rel: 'place' as const }])],
    genres: childrenOf(tobject, 'tobject.property').flatMap(({ attributes }) => {
      const name = attributes.get('tobject.property.type')
      return name === undefined ? [] : [{ name }]
    }),
    slugline:
      metaOf(head, 'slug', 'slugline', 'anpa-keyword') ??
      (key !== undefined && /[\da-f]{8}/i.test(key) ? undefined : key),
    urgency: rankOf(attributeIn(docdata, 'urgency', 'ed-urg')),
  }
}

function metaOf(head: XmlElement | undefined, ...names: string[]): string | undefined {
  const meta = childrenOf(head, 'meta').find(({ attributes }) => names.includes(fold(attributes.get('name') ?? '')))
  return meta?.attributes.get('content')?.trim() || undefined
}

/** By its finest name; one without a name by its number. */
function subjectOf({ attributes }: XmlElement): Subject[] {
  const code = attributes.get('tobject.subject.refnum')?.trim()
  const names = ['detail', 'matter', 'type'].map(part => attributes.get(`tobject.subject.${part}`)?.trim())
  const name = names.find(written => written !== undefined && written !== '') ?? code
  if (name === undefined || name === '') return []
  const owner = attributes.get('tobject.subject.ipr') ?? 'IPTC'
  const scheme = owner === 'IPTC' ? subjectCodes : owner
  return [{ name, ...(code && { code, scheme }), rel: 'subject' }]
}

function identified(element: XmlElement): Subject[] {
  const rel = relations.get(element.name)
  const { attributes } = element
  const name = textOf(element).replace(/\s+/g, ' ').trim() || attributes.get('value') || attributes.get('location-code')
  const code = attributes.get('value') ?? attributes.get('location-code')
  const scheme = attributes.get('idsrc') ?? attributes.get('code-source')
  if (rel === undefined || !name) return []
  return [{ name, ...(code && { code, ...(scheme && { scheme }) }), rel }]
}

import type { Instant, PubStatus } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fold } from '../../../text.ts'
import { authorsOf, printedByline } from '../byline.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { eachArticle } from '../each-article.ts'
import { languageIn, rankOf, valueOf } from '../newsml/values.ts'
import { readNorm } from '../nitf/norm-date.ts'
import { withoutDoctype } from '../xml/doctype.ts'
import { rootName } from '../xml/xml-tokens.ts'
import { childOf, childrenOf, readXml, type XmlElement } from '../xml/xml.ts'
import { mediaIn, textIn } from './components.ts'
import { newsItemOrigins } from './statements.ts'
import { filedUnder } from './subjects.ts'
import { below, formalName } from './values.ts'
import { withNotesApart } from '../notes-to-editors.ts'

/** NewsML 1.x (IPTC, https://iptc.org/std/NewsML/): each news item with a text is an article, with the pictures that it holds. */
export const newsml1: Parser = {
  recognises: text => rootName(text) === 'NewsML',
  parse: (text, hints) => {
    const root = readXml(withoutDoctype(text))
    const items = childrenOf(root, 'NewsItem')
    if (items.length === 0) throw new Unusable('The NewsML 1 document has no news item in it.')
    const priority = rankOf(formalName(childOf(childOf(root, 'NewsEnvelope'), 'Priority')))
    return eachArticle(items, item => {
      try {
        return readItem(item, priority, hints)
      } catch (error) {
        throw error instanceof Unusable ? new Unusable(error.message, error.line ?? item.line) : error
      }
    })
  },
}

function readItem(item: XmlElement, priority: number | undefined, hints: Hints): Draft {
  const management = childOf(item, 'NewsManagement')
  const instruction = childrenOf(management, 'Instruction').map(each => fold(formalName(each) ?? ''))
  const created = valueOf(childOf(management, 'ThisRevisionCreated'))
  const changes = changesOf(management, hints)
  const identity = { ...identityOf(item), pubStatus: statusOf(management, instruction, changes.embargoed) }
  const ownVersion = identity.ownVersion ?? created
  if (identity.pubStatus === 'canceled') {
    if (identity.ownId === undefined)
      throw new Unusable('The news item is canceled, and has no identifier that says which article goes.')
    return { ...identity, ownVersion, body: { paragraphs: [] } }
  }
  const language = languageOf(item)
  const { bylines: inText = [], edNote: noteInText, ...content } = textIn(item)
  const lines = (name: string) =>
    below(item, 'NewsLines')
      .flatMap(each => childrenOf(each, name))
      .flatMap(line => valueOf(line) ?? [])
  const printed = lines('ByLine')
  const bylines = printed.length > 0 ? printed : inText
  const creators = below(item, 'Creator')
    .flatMap(each => childrenOf(each, 'Party'))
    .flatMap(party => formalName(party) ?? [])
  const notes = [...lines('EditorialNote'), ...(noteInText === undefined ? [] : [noteInText])]
  const holder = valueOf(below(item, 'CopyrightHolder')[0])
  return withNotesApart({
    ...content,
    ...identity,
    ownVersion,
    title: lines('HeadLine')[0] ?? content.title,
    ...datesOf(management, hints, language ?? hints.language),
    ...changes,
    language,
    ...filedUnder(item),
    slugline: lines('SlugLine')[0],
    urgency: rankOf(formalName(childOf(management, 'Urgency'))),
    priority,
    authors: authorsOf(
      bylines,
      creators.map(name => ({ name })),
      language ?? hints.language,
    ),
    byline: printedByline(bylines),
    publisher: publisherOf(item) ?? content.publisher,
    dateline: lines('DateLine')[0] ?? content.dateline,
    rights: lines('CopyrightLine')[0] ?? content.rights ?? holder,
    copyrightHolder: holder,
    usageTerms:
      below(item, 'UsageType')
        .flatMap(each => valueOf(each) ?? [])
        .join('\n') || undefined,
    edNote: notes.join('\n') || undefined,
    ...(instruction.some(word => /^(?:correct|rectif)/.test(word)) && { isCorrection: true }),
    media: [...mediaIn(item), ...content.media],
    origins: () => newsItemOrigins(item),
  })
}

/** As RFC 3085 has it: `urn:newsml:PROVIDER:DATE:ITEM:REVISION`. A name of another kind may end with a number that is part of it. */
const revised = /^(urn:newsml:[^:]{1,200}:\d{8}[\w+-]{0,20}:[^:]{1,500}):(\d{1,12})[NUA]?$/i

/** The identifier without the revision at its end, which is the version: `urn:newsml:agency.example:20240104:story:2U`. */
function identityOf(item: XmlElement): Pick<Draft, 'ownId' | 'ownVersion'> {
  const identifier = childOf(childOf(item, 'Identification'), 'NewsIdentifier')
  const part = (name: string) => valueOf(childOf(identifier, name))
  const parts = ['ProviderId', 'DateId', 'NewsItemId'].map(part)
  const whole = part('PublicIdentifier')
  const revision = part('RevisionId') ?? revised.exec(whole ?? '')?.[2]
  const ownId = parts.every(each => each !== undefined)
    ? `urn:newsml:${parts.join(':')}`
    : whole?.replace(revised, '$1')
  return { ownId, ownVersion: revision }
}

const statuses = new Map<string, PubStatus>([
  ['usable', 'usable'],
  ['embargoed', 'usable'],
  ['withheld', 'withheld'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
  ['killed', 'canceled'],
])

/** An embargo without an end lasts until the agency says so. */
function statusOf(
  management: XmlElement | undefined,
  instruction: readonly string[],
  embargo: Instant | undefined,
): PubStatus {
  if (instruction.some(word => /^(?:kill|cancel|delete)/.test(word))) return 'canceled'
  const written = fold(formalName(childOf(management, 'Status')) ?? 'usable')
  const status = statuses.get(written)
  if (status === undefined)
    throw new Unusable(
      `The Status is "${written.slice(0, 40)}", and should be Usable, Embargoed, Withheld or Canceled.`,
    )
  if (embargo !== undefined) return 'usable'
  return written === 'embargoed' ? 'withheld' : status
}

/** `StatusWillChange`: what is embargoed or withheld now becomes usable then, what is usable is withheld from then on. */
function changesOf(management: XmlElement | undefined, hints: Hints): Pick<Draft, 'embargoed' | 'expires'> {
  const change = childOf(management, 'StatusWillChange')
  const [status = '', future = ''] = [childOf(management, 'Status'), childOf(change, 'FutureStatus')].map(each =>
    fold(formalName(each) ?? ''),
  )
  const written = valueOf(childOf(change, 'DateAndTime'))
  if (written === undefined) return {}
  const moment = readNorm(written, hints, hints.language)
  if (future === 'usable' && /^(?:embargoed|withheld)$/.test(status)) return { embargoed: moment }
  return /^(?:withheld|cancell?ed)$/.test(future) ? { expires: moment } : {}
}

function datesOf(
  management: XmlElement | undefined,
  hints: Hints,
  language: string,
): Partial<Record<'published' | 'modified', Instant>> {
  const read = (name: string) => {
    const written = valueOf(childOf(management, name))
    return written === undefined ? undefined : readNorm(written, hints, language)
  }
  const modified = read('ThisRevisionCreated')
  const published = read('FirstCreated') ?? modified
  return { published, ...(modified !== published && { modified }) }
}

function languageOf(item: XmlElement): string | undefined {
  const written = formalName(below(item, 'Language')[0]) ?? languageIn(item)
  return written !== undefined && /^[a-z]{2,3}(?:[-_]\w{1,8})*$/i.test(written) ? written : undefined
}

function publisherOf(item: XmlElement): { name: string } | undefined {
  const name = ['Provider', 'Source']
    .flatMap(role => below(item, role))
    .flatMap(each => formalName(childOf(each, 'Party')) ?? [])[0]
  return name === undefined ? undefined : { name }
}

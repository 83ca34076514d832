import { readAll, type Outcome } from './reading/read.ts'
import type { Draft, Told } from './parsers/draft.ts'
import { Unusable } from '../errors.ts'
import { plainText } from '../excerpt.ts'
import type { Source } from '../source.ts'

/** A value that an article has or would have, and the statement that it comes from: of the file, else of the configuration. */
interface Field {
  field: string
  value: string
  because: string
}

/** What one article of a file would be. */
export interface Tried {
  status: 'usable' | 'withheld' | 'canceled'
  fields: Field[]
}

/** Why a file, or an article in it, would be none, and what was found of it. */
export interface Refused {
  item?: number
  reason: string
  line?: number
  found: Field[]
}

/** `try --json`. */
export interface Trial {
  file: string
  source: string
  format?: string
  coding?: string
  /** What told the coding. */
  codingBy?: string
  articles: Tried[]
  rejects: Refused[]
  warnings: { item?: number; warning: string }[]
}

/** What the bytes of a file would become as a file of this source; `path` is the file's in the source's folder. Stores nothing. */
export function tryFile(file: string, bytes: Buffer, source: Source, path?: string): Trial {
  const trial: Trial = { file, source: source.name, articles: [], rejects: [], warnings: [] }
  try {
    const { outcomes, drafts, decoded, format, warnings } = readAll(bytes, source, { path })
    const told = { format, coding: decoded.coding, codingBy: decoded.by }
    for (const [at, outcome] of outcomes.entries()) {
      const draft = drafts[at]
      const read = draft instanceof Unusable ? undefined : draft
      if (outcome instanceof Unusable)
        trial.rejects.push(refusal(outcome, outcomes.length > 1 ? at + 1 : undefined, read && foundIn(read)))
      else if (read !== undefined) trial.articles.push(tried(outcome, read, source))
    }
    return { ...trial, ...told, warnings }
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return { ...trial, rejects: [refusal(error)] }
  }
}

function refusal({ message, line }: Unusable, item?: number, found: Field[] = []): Refused {
  return { ...(item !== undefined && { item }), reason: message, ...(line !== undefined && { line }), found }
}

type Read = Exclude<Outcome, Unusable>

/** What a draft that became no article had. */
function foundIn(draft: Draft): Field[] {
  const origins = draft.origins?.() ?? {}
  return fieldsOf(
    {
      title: draft.title,
      published: draft.published,
      modified: draft.modified,
      authors: draft.authors?.map(({ name }) => name).join(', '),
      publisher: draft.publisher?.name,
      language: draft.language,
      section: draft.section,
      link: draft.link,
      ownId: draft.ownId,
    },
    told => origins[told] ?? fromFile,
  )
}

const fromFile = 'the file says so'

/** By what its fields are called here, in their order. */
const names: Partial<Record<Told, string>> = { ownId: 'id', media: 'pictures', pubStatus: 'status' }

function fieldsOf(values: Partial<Record<Told, string>>, because: (told: Told) => string): Field[] {
  return Object.entries(values).flatMap(([told, value]) =>
    value === undefined || value === ''
      ? []
      : { field: names[told as Told] ?? told, value, because: because(told as Told) },
  )
}

function tried(outcome: Read, draft: Draft, source: Source): Tried {
  const origins = draft.origins?.() ?? {}
  if (outcome.pubStatus === 'canceled') {
    const id = { field: 'id', value: outcome.ownId, because: origins.ownId ?? fromFile }
    return { status: 'canceled', fields: [id] }
  }
  const { content, pubStatus = 'usable' } = outcome
  const values: Partial<Record<Told, string>> = {
    ...(pubStatus !== 'usable' && { pubStatus }),
    title: content.title,
    standfirst: content.standfirst,
    published: content.published ?? 'when it is first seen',
    modified: content.modified,
    embargoed: content.embargoed,
    expires: content.expires,
    authors: listed(content.authors),
    byline: content.byline,
    publisher: content.publisher?.name,
    language: content.language,
    section: content.section,
    keywords: content.keywords.join(', '),
    subjects: listed(content.subjects),
    genres: listed(content.genres),
    slugline: content.slugline,
    urgency: content.urgency?.toString(),
    priority: content.priority?.toString(),
    dateline: content.dateline,
    place: content.place,
    rights: content.rights,
    copyrightHolder: content.copyrightHolder,
    usageTerms: content.usageTerms,
    edNote: content.edNote,
    link: content.link,
    ownId: outcome.ownId,
    media: content.media.map(({ url }) => url).join(' '),
  }
  const paragraphs = paragraphsOf(content.html)
  const text = [
    ['first paragraph', paragraphs[0]],
    ['last paragraph', paragraphs.length > 1 ? paragraphs.at(-1) : undefined],
  ].flatMap(([field = '', value]) => (value === undefined ? [] : { field, value, because: 'the text' }))
  const because = (told: Told) => standIn(told, draft, source) ?? origins[told] ?? fromFile
  return { status: pubStatus, fields: [...fieldsOf(values, because), ...text] }
}

function listed(terms: readonly { name: string }[] = []): string {
  return terms.map(({ name }) => name).join(', ')
}

/** What stands in where the file says nothing. */
function standIn(told: Told, draft: Draft, source: Source): string | undefined {
  const setting = (name: string) => `the setting "${name}" of the source “${source.name}”`
  const standsIn: Partial<Record<Told, string>> = {
    published: `the file has no date, and ${setting('undated')} is “first-seen”`,
    authors: 'the file names nobody: the publisher stands for them',
    publisher: setting('publisher'),
    language: `${setting('language')}, or the site's`,
    section: setting('section'),
    rights: setting('rights'),
  }
  const value = draft[told]
  return value === undefined || (Array.isArray(value) && value.length === 0) ? standsIn[told] : undefined
}

function paragraphsOf(html: string): string[] {
  const blocks = html.split(/<\/(?:p|h[1-6]|li|blockquote|figure|pre|t[dh])>/)
  return blocks.map(block => plainText(block).trim()).filter(text => text !== '')
}

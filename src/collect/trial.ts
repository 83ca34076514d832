import { readAll, type Outcome } from './reading/read.ts'
import type { Draft } from './parsers/draft.ts'
import { Unusable } from '../errors.ts'
import { plainText } from '../excerpt.ts'
import type { Source } from '../source.ts'

/** What one article of a file would be. */
export interface Tried {
  status: 'usable' | 'withheld' | 'canceled'
  /** Each field that it would have, and where that comes from. */
  fields: { field: string; value: string; because: string }[]
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
  rejects: { item?: number; reason: string; line?: number }[]
  warnings: { item?: number; warning: string }[]
}

/** What the bytes of a file would become as a file of this source. Stores nothing. */
export function tryFile(file: string, bytes: Buffer, source: Source): Trial {
  const trial: Trial = { file, source: source.name, articles: [], rejects: [], warnings: [] }
  try {
    const { outcomes, drafts, decoded, format, warnings } = readAll(bytes, source)
    const told = { format, coding: decoded.coding, codingBy: decoded.by }
    for (const [at, outcome] of outcomes.entries()) {
      const draft = drafts[at]
      if (outcome instanceof Unusable) trial.rejects.push(refusal(outcome, outcomes.length > 1 ? at + 1 : undefined))
      else if (draft !== undefined && !(draft instanceof Unusable)) trial.articles.push(tried(outcome, draft, source))
    }
    return { ...trial, ...told, warnings }
  } catch (error) {
    if (!(error instanceof Unusable)) throw error
    return { ...trial, rejects: [refusal(error)] }
  }
}

function refusal({ message, line }: Unusable, item?: number): Trial['rejects'][number] {
  return { ...(item !== undefined && { item }), reason: message, ...(line !== undefined && { line }) }
}

type Read = Exclude<Outcome, Unusable>

const fromFile = 'the file says so'

function tried(outcome: Read, draft: Draft, source: Source): Tried {
  if (outcome.pubStatus === 'canceled') {
    const id = { field: 'id', value: outcome.ownId, because: fromFile }
    return { status: 'canceled', fields: [id] }
  }
  const { content, pubStatus = 'usable' } = outcome
  const paragraphs = paragraphsOf(content.html)
  const values: Record<string, string | undefined> = {
    title: content.title,
    standfirst: content.standfirst,
    published: content.published ?? 'when it is first seen',
    modified: content.modified,
    embargoed: content.embargoed,
    expires: content.expires,
    authors: content.authors.map(({ name }) => name).join(', '),
    publisher: content.publisher?.name,
    language: content.language,
    section: content.section,
    keywords: content.keywords.join(', '),
    place: content.place,
    rights: content.rights,
    link: content.link,
    id: outcome.ownId,
    pictures: content.media.map(({ url }) => url).join(' '),
    'first paragraph': paragraphs[0],
    'last paragraph': paragraphs.length > 1 ? paragraphs.at(-1) : undefined,
  }
  const fields = Object.entries(values).flatMap(([field, value]) =>
    value === undefined || value === '' ? [] : { field, value, because: reasonOf(field, draft, source) },
  )
  return { status: pubStatus, fields }
}

/** Whether the file said it or the source stands in. */
function reasonOf(field: string, draft: Draft, source: Source): string {
  const settings = `the setting of the source “${source.name}”`
  switch (field) {
    case 'published':
      return draft.published === undefined
        ? 'the file has no date, and the source says “undated: first-seen”'
        : fromFile
    case 'authors':
      return (draft.authors ?? []).length > 0 ? fromFile : 'the file names nobody: the publisher stands for them'
    case 'publisher':
      return draft.publisher === undefined ? settings : fromFile
    case 'language':
      return draft.language === undefined ? `${settings}, or the site's` : fromFile
    case 'section':
      return draft.section === undefined ? settings : fromFile
    case 'rights':
      return draft.rights === undefined ? settings : fromFile
    default:
      return fromFile
  }
}

function paragraphsOf(html: string): string[] {
  const blocks = html.split(/<\/(?:p|h[1-6]|li|blockquote|figure|pre|t[dh])>/)
  return blocks.map(block => plainText(block).trim()).filter(text => text !== '')
}

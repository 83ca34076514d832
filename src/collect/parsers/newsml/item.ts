import type { Instant, Media, Party, PubStatus } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { findDate, readDate } from '../dates/dates.ts'
import type { Draft, Hints } from '../draft.ts'
import { childOf, childrenOf, type XmlElement } from '../xml/xml.ts'
import { contentOf } from './content.ts'
import { mediaOfItem } from './media.ts'
import { codeOf, languageIn, nameOf, placeOfDateline, preferredText, valueOf } from './values.ts'

/** The article that a news item is, with the media that other items hold for it. Throws `Unusable` where it is none. */
export function readItem(item: XmlElement, attached: readonly Media[], hints: Hints): Draft {
  const itemMeta = childOf(item, 'itemMeta')
  const contentMeta = childOf(item, 'contentMeta')
  const language = languageOf(item)
  const ownId = item.attributes.get('guid')?.trim()
  const created = valueOf(childOf(itemMeta, 'versionCreated'))
  const identity = {
    ownId,
    ownVersion: item.attributes.get('version') ?? (created === undefined ? undefined : findDate(created, hints)),
    pubStatus: statusOf(itemMeta),
    title: preferredText(childrenOf(contentMeta, 'headline'), language, 'main') ?? valueOf(childOf(itemMeta, 'title')),
  }
  // A kill needs to name its article, and nothing else.
  if (identity.pubStatus === 'canceled') return { ...identity, body: { paragraphs: [] } }
  const content = contentOf(item, language)
  const rights = childOf(item, 'rightsInfo')
  return {
    ...identity,
    title: identity.title ?? content.title,
    body: content.body,
    standfirst: standfirstOf(contentMeta, language, content),
    ...readDates(itemMeta, contentMeta, hints, language ?? hints.language),
    language,
    section: nameOf(childOf(itemMeta, 'service'), language),
    keywords: keywordsOf(contentMeta, language),
    authors: authorsOf(contentMeta, language) ?? content.authors,
    publisher: publisherOf(itemMeta, language),
    place:
      nameOf(childOf(contentMeta, 'located'), language) ??
      content.place ??
      placeOfDateline(childOf(contentMeta, 'dateline')),
    media: [...mediaOfItem(item), ...content.media, ...attached],
    rights: valueOf(childOf(rights, 'copyrightNotice')) ?? nameOf(childOf(rights, 'copyrightHolder'), language),
    usageTerms: valueOf(childOf(rights, 'usageTerms')),
  }
}

function languageOf(item: XmlElement): string | undefined {
  const content = childOf(childOf(item, 'contentMeta'), 'language')?.attributes.get('tag')
  return content ?? languageIn(item)
}

const statuses = new Map<string, PubStatus>([
  ['usable', 'usable'],
  ['withheld', 'withheld'],
  ['canceled', 'canceled'],
  ['cancelled', 'canceled'],
])

/** "usable" by default. An embargo without a date ends when the agency says so: until then the article is withheld. */
function statusOf(itemMeta: XmlElement | undefined): PubStatus {
  const code = codeOf(childOf(itemMeta, 'pubStatus')) ?? 'usable'
  const status = statuses.get(code)
  if (status === undefined) {
    throw new Unusable(`The pubStatus is "${code.slice(0, 40)}", and should be usable, withheld or canceled.`)
  }
  const embargo = childOf(itemMeta, 'embargoed')
  return status !== 'canceled' && embargo !== undefined && valueOf(embargo) === undefined ? 'withheld' : status
}

/** `firstCreated`, of "the first version of the Item", is the nearest that NewsML-G2 has to a date of publication. */
function readDates(
  itemMeta: XmlElement | undefined,
  contentMeta: XmlElement | undefined,
  hints: Hints,
  language: string,
): Partial<Record<'published' | 'modified' | 'embargoed', Instant>> {
  const read = (element: XmlElement | undefined): Instant | undefined => {
    const written = valueOf(element)
    return written === undefined ? undefined : readDate(written, hints, language)
  }
  const modified = read(childOf(itemMeta, 'versionCreated'))
  const published = read(childOf(itemMeta, 'firstCreated')) ?? modified ?? read(childOf(contentMeta, 'contentCreated'))
  return {
    published,
    embargoed: read(childOf(itemMeta, 'embargoed')),
    ...(modified !== published && { modified }),
  }
}

/** A description that is not the text itself, as it is where a picture has no other. */
function standfirstOf(
  contentMeta: XmlElement | undefined,
  language: string | undefined,
  content: ReturnType<typeof contentOf>,
): string | undefined {
  const descriptions = childrenOf(contentMeta, 'description').filter(
    description => !/caption|alt/.test(codeOf(description, 'role') ?? ''),
  )
  const described = preferredText(descriptions, language, 'summary')
  return described === content.described ? content.standfirst : described
}

function keywordsOf(contentMeta: XmlElement | undefined, language: string | undefined): string[] {
  const words = childrenOf(contentMeta, 'keyword').flatMap(keyword => valueOf(keyword) ?? [])
  return [...words, ...childrenOf(contentMeta, 'subject').flatMap(subject => nameOf(subject, language) ?? [])]
}

/** Bylines as they are printed, else the names of creators. */
function authorsOf(contentMeta: XmlElement | undefined, language: string | undefined): Party[] | undefined {
  const bylines = childrenOf(contentMeta, 'by').flatMap(by => valueOf(by)?.replace(/^by\s+/i, '') ?? [])
  const creators = childrenOf(contentMeta, 'creator').flatMap(creator => nameOf(creator, language) ?? [])
  const names = bylines.length > 0 ? bylines : creators
  return names.length === 0 ? undefined : names.map(name => ({ name }))
}

function publisherOf(itemMeta: XmlElement | undefined, language: string | undefined): Party | undefined {
  const name = nameOf(childOf(itemMeta, 'provider'), language)
  return name === undefined ? undefined : { name }
}

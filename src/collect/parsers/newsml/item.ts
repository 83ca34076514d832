import type { Instant, Media, Party, PubStatus } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { authorsOf, printedByline } from '../byline.ts'
import { findDate, readDate } from '../dates/dates.ts'
import type { Draft, Hints } from '../draft.ts'
import { childOf, childrenOf, type XmlElement } from '../xml/xml.ts'
import { contentOf } from './content.ts'
import { mediaOfItem } from './media.ts'
import { isCorrectionCode } from '../ninjs/subjects.ts'
import { itemOrigins } from './statements.ts'
import { filedUnder, schemesOf } from './subjects.ts'
import { codeOf, languageIn, nameOf, placeOfDateline, preferredText, rankOf, valueOf } from './values.ts'
import { withNotesApart } from '../notes-to-editors.ts'

/** The article that a news item is, with the media that other items hold for it. Throws `Unusable` where it is none. */
export function readItem(
  item: XmlElement,
  attached: readonly Media[],
  message: XmlElement | undefined,
  hints: Hints,
): Draft {
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
  const { bylines = [], ...content } = contentOf(item, language, identity.title)
  const notes = [
    ...childrenOf(itemMeta, 'edNote').flatMap(note => valueOf(note) ?? []),
    ...(content.edNote ? [content.edNote] : []),
  ]
  const signals = childrenOf(itemMeta, 'signal').map(signal => codeOf(signal) ?? '')
  const rights = childOf(item, 'rightsInfo')
  return withNotesApart({
    ...identity,
    title: identity.title ?? content.title,
    body: content.body,
    standfirst: standfirstOf(contentMeta, language, content),
    ...readDates(itemMeta, contentMeta, hints, language ?? hints.language),
    language,
    ...filedUnder(item, language, schemesOf(message, childOf(message, 'header'), item)),
    priority: rankOf(valueOf(childOf(childOf(message, 'header'), 'priority'))),
    ...writersOf(contentMeta, language, bylines),
    publisher: publisherOf(itemMeta, language) ?? content.publisher,
    dateline: valueOf(childOf(contentMeta, 'dateline')) ?? content.dateline,
    place:
      nameOf(childOf(contentMeta, 'located'), language) ??
      content.place ??
      placeOfDateline(childOf(contentMeta, 'dateline')),
    media: [...mediaOfItem(item), ...content.media, ...attached],
    rights:
      valueOf(childOf(rights, 'copyrightNotice')) ??
      content.rights ??
      nameOf(childOf(rights, 'copyrightHolder'), language),
    copyrightHolder: nameOf(childOf(rights, 'copyrightHolder'), language),
    usageTerms:
      childrenOf(rights, 'usageTerms')
        .flatMap(terms => valueOf(terms) ?? [])
        .join('\n') || undefined,
    edNote: notes.join('\n') || undefined,
    ...(signals.some(isCorrectionCode) && { isCorrection: true }),
    origins: () => itemOrigins(item),
  })
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
): Partial<Record<'published' | 'modified' | 'embargoed' | 'expires', Instant>> {
  const read = (element: XmlElement | undefined): Instant | undefined => {
    const written = valueOf(element)
    return written === undefined ? undefined : readDate(written, hints, language)
  }
  const modified = read(childOf(itemMeta, 'versionCreated'))
  const published = read(childOf(itemMeta, 'firstCreated')) ?? modified ?? read(childOf(contentMeta, 'contentCreated'))
  return {
    published,
    embargoed: read(childOf(itemMeta, 'embargoed')),
    // There may be several, for several receivers: the first that ends binds all.
    expires: childrenOf(itemMeta, 'expires')
      .flatMap(each => read(each) ?? [])
      .toSorted()[0],
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

/** Bylines as they are printed, with the creators who wrote it: an editor did not, and nobody is called like a login. */
function writersOf(
  contentMeta: XmlElement | undefined,
  language: string | undefined,
  inText: readonly string[],
): Pick<Draft, 'authors' | 'byline'> {
  const by = childrenOf(contentMeta, 'by').flatMap(each => valueOf(each) ?? [])
  const bylines = by.length > 0 ? by : [...inText]
  const creators = [
    ...childrenOf(contentMeta, 'creator').filter(
      each => !/edit|desk|produc|supplier|provid|writer$/.test(codeOf(each, 'role') ?? ''),
    ),
    ...['creator', 'contributor']
      .flatMap(name => childrenOf(contentMeta, name))
      .filter(each => /^(?:author|writer|reporter|journalist|byline)/.test(codeOf(each, 'role') ?? '')),
  ]
  const listed = creators
    // A literal that is no more than a code is a colleague's, or a desk's.
    .filter(
      creator => childOf(creator, 'name') !== undefined || /\s|\p{L}{5}/u.test(creator.attributes.get('literal') ?? ''),
    )
    .flatMap(creator => nameOf(creator, language) ?? [])
    .map(name => ({ name }))
  const authors = authorsOf(bylines, listed, language)
  const byline = printedByline(bylines)
  return { ...(authors.length > 0 && { authors }), ...(byline !== undefined && { byline }) }
}

function publisherOf(itemMeta: XmlElement | undefined, language: string | undefined): Party | undefined {
  const name = nameOf(childOf(itemMeta, 'provider'), language)
  return name === undefined ? undefined : { name }
}

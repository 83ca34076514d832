import type { Draft, Hints, Origins, Told } from '../draft.ts'
import { sureDate } from '../dates/lenient-dates.ts'
import { readJsonLd } from './json-ld.ts'
import type { PageDates } from './page-dates.ts'
import type { PageHead, PageMetadata } from './page-metadata.ts'

/** What a page says, by where it says it. */
export interface Sayings {
  head: PageHead
  /** JSON-LD, or the microdata that stand for it. */
  linked: PageMetadata
  metadata: PageMetadata & { titles: readonly string[] }
  dates: PageDates
}

/** What schema.org calls it. */
const properties = {
  ownId: '@id',
  link: 'mainEntityOfPage',
  title: 'headline',
  standfirst: 'description',
  published: 'datePublished',
  modified: 'dateModified',
  language: 'inLanguage',
  section: 'articleSection',
  keywords: 'keywords',
  authors: 'author',
  publisher: 'publisher',
  genres: 'genre',
  subjects: 'about',
  dateline: 'dateline',
  copyrightHolder: 'copyrightHolder',
  place: 'contentLocation',
  rights: 'copyrightNotice',
  usageTerms: 'usageInfo',
  media: 'image',
} as const satisfies Partial<Record<Told, string>>

/** Which statement of a page each value of its article was taken from: `JSON-LD "headline"`, `meta "og:title"`, `<h1>`. */
export function pageOrigins(said: Sayings, draft: Draft, hints: Hints): Origins {
  const { head, linked, metadata } = said
  const notation = readJsonLd(head.scripts, linked.link).title === undefined ? 'microdata' : 'JSON-LD'
  const byMeta = (text: string | undefined) => {
    const found = [...head.metas].find(
      ([, contents]) => text !== undefined && contents.some(each => each.includes(text)),
    )
    return found && `meta "${found[0]}"`
  }
  const shared = Object.entries(properties).flatMap(([told, property]) => {
    const place = isSaid(linked[told as keyof typeof properties])
      ? `${notation} "${property}"`
      : byMeta(textOf(metadata[told as keyof typeof properties]))
    return place === undefined ? [] : [[told, place] as const]
  })
  const dateOf = (told: 'published' | 'modified') => placeOfDate(told, said, draft[told], hints, { notation, byMeta })
  const address = head.canonical === undefined ? byMeta(draft.link) : '<link rel="canonical">'
  return {
    ...(address !== undefined && { ownId: address, link: address }),
    ...Object.fromEntries(shared),
    ...(metadata.language !== undefined && linked.language === undefined && { language: '<html lang>' }),
    title: titlePlace(said, draft.title ?? '', notation, byMeta),
    published: dateOf('published'),
    modified: dateOf('modified'),
    ...authorsPlace(said, draft, notation, byMeta),
    ...(head.canonical !== undefined && { link: address }),
  }
}

type ByMeta = (text: string | undefined) => string | undefined

function titlePlace({ head, linked, metadata }: Sayings, title: string, notation: string, byMeta: ByMeta): string {
  const has = (text: string | undefined) => text?.replace(/\s+/g, ' ').includes(title) === true
  if (has(linked.title)) return `${notation} "headline"`
  const told = metadata.titles.find(has)
  return (
    (told === undefined ? undefined : byMeta(told)) ?? (has(head.title) ? '<title>' : 'the headline that is printed')
  )
}

function authorsPlace({ linked, metadata }: Sayings, draft: Draft, notation: string, byMeta: ByMeta): Origins {
  const name = draft.authors?.[0]?.name
  const isIn = (list: PageMetadata['authors']) =>
    name !== undefined && list?.some(each => each.name.toLowerCase().includes(name.toLowerCase())) === true
  if (isIn(linked.authors)) return { authors: `${notation} "author"` }
  return { authors: isIn(metadata.authors) ? (byMeta(name) ?? 'meta elements') : 'the byline that is printed' }
}

/** By the first date that reads as the one that was taken. */
function placeOfDate(
  told: 'published' | 'modified',
  { linked, metadata, dates }: Sayings,
  taken: string | undefined,
  hints: Hints,
  { notation, byMeta }: { notation: string; byMeta: ByMeta },
): string | undefined {
  if (taken === undefined) return undefined
  const isTaken = (written: string) => sureDate([written], hints, metadata.language) === taken
  if ((linked[told] ?? []).some(isTaken)) return `${notation} "${properties[told]}"`
  const meta = (metadata[told] ?? []).find(isTaken)
  if (meta !== undefined) return byMeta(meta) ?? 'meta elements'
  if (told === 'published' && dates.marked.some(isTaken)) return 'an element that marks it (<time>, microdata)'
  const printed = (told === 'published' ? dates.printed : dates.changed).find(isTaken)
  return printed === undefined ? undefined : `in print: “${printed.slice(0, 60)}”`
}

function isSaid(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined
}

/** A text by which a value can be found again. */
function textOf(value: PageMetadata[keyof typeof properties]): string | undefined {
  const first = Array.isArray(value) ? value[0] : value
  if (typeof first !== 'object') return first
  return 'name' in first ? first.name : 'url' in first ? first.url : undefined
}

import type { Media } from './article.ts'
import type { Feed } from './feed.ts'
import type { Head } from './head.ts'

/** What selecting looks at, made comparable once for all feeds. */
interface Traits {
  source: string
  section: string | undefined
  /** `en-gb-`: with a hyphen at its end, so that `en-` begins it and `e-` does not. */
  language: string
  keywords: readonly string[]
  media: readonly Media['kind'][]
}

/** Which of the feeds that it was prepared for hold an article, in their order. */
export type Selection = (head: Head) => readonly Feed[]

/** May any feed hold the article as it stands? */
export function isShowable({ pubStatus, heldUntil }: Head): boolean {
  return pubStatus === 'usable' && heldUntil === undefined
}

/**
 * Prepares the question which feeds hold an article. Each feed is found by one of its lists, so that an article is
 * compared with the feeds that name its section, keyword, source, language or media, and not with all there are.
 */
export function prepareSelection(feeds: readonly Feed[]): Selection {
  const index = new Map<string, number[]>()
  const selectors = feeds.map(selector)
  for (const [at, { select }] of feeds.entries()) {
    for (const place of placesOf(select)) index.set(place, [...(index.get(place) ?? []), at])
  }
  return head => {
    if (!isShowable(head)) return []
    const traits = traitsOf(head)
    const candidates = new Set(lookedUpBy(traits).flatMap(place => index.get(place) ?? []))
    return [...candidates]
      .filter(at => selectors[at]!(traits))
      .toSorted((a, b) => a - b)
      .map(at => feeds[at]!)
  }
}

const everywhere = 'every article'

/** Where a feed stands in the index: under each word of the list that is likely to fit the fewest articles. */
function placesOf({ keywords, sections, sources, languages, media }: Feed['select']): string[] {
  if (keywords.length > 0) return [...new Set(keywords.map(word => `keyword ${fold(word)}`))]
  if (sections.length > 0) return [...new Set(sections.map(section => `section ${fold(section)}`))]
  if (sources.length > 0) return [...new Set(sources.map(source => `source ${source}`))]
  if (media !== undefined) return [...new Set(media.map(kind => `media ${kind}`))]
  if (languages.length > 0) return [...new Set(languages.map(language => `language ${fold(language)}-`))]
  return [everywhere]
}

function lookedUpBy({ keywords, section, source, media, language }: Traits): string[] {
  return [
    ...keywords.map(word => `keyword ${word}`),
    ...(section === undefined ? [] : [`section ${section}`]),
    `source ${source}`,
    ...media.map(kind => `media ${kind}`),
    // `en-gb-`: of all that is `en-`, and of itself.
    ...Array.from(language.matchAll(/-/g), ({ index }) => `language ${language.slice(0, index + 1)}`),
    everywhere,
  ]
}

function traitsOf({ source, section, language, keywords, media = [] }: Head): Traits {
  return {
    source,
    section: section === undefined ? undefined : fold(section),
    language: `${fold(language)}-`,
    keywords: keywords.map(fold),
    media,
  }
}

/**
 * Does a feed hold an article? Letters' case does not count, and a language also selects its regional forms (RFC 4647,
 * basic filtering).
 */
function selector({ select }: Feed): (traits: Traits) => boolean {
  const sections = new Set<string | undefined>(select.sections.map(fold))
  const languages = select.languages.map(language => `${fold(language)}-`)
  const sources = new Set(select.sources)
  const keywords = new Set(select.keywords.map(fold))
  return traits =>
    (sources.size === 0 || sources.has(traits.source)) &&
    (sections.size === 0 || sections.has(traits.section)) &&
    (languages.length === 0 || languages.some(language => traits.language.startsWith(language))) &&
    (keywords.size === 0 || traits.keywords.some(keyword => keywords.has(keyword))) &&
    (select.media === undefined || traits.media.some(kind => select.media?.includes(kind)))
}

function fold(text: string): string {
  return text.normalize('NFC').toLowerCase()
}

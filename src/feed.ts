import type { Media } from './article.ts'
import type { Site } from './site.ts'

/**
 * Seconds for which an edition may be used before it is asked for again: `max-age` over HTTP, and the `ttl` of RSS. They
 * agree, since readers wait for the longer of the two.
 */
export const maxAge = 60

/** Any of a list, all of the lists that are not empty. */
export interface Select {
  sections: readonly string[]
  languages: readonly string[]
  sources: readonly string[]
  keywords: readonly string[]
  /** Absent: whether it has any or not. */
  media?: readonly Media['kind'][]
}

/** What makes an RSS edition a podcast (https://podcasters.apple.com/support/823-podcast-requirements). Plain text. */
export interface Podcast {
  author: string
  /** Of the owner, for the directories of podcasts; anyone can read it. */
  email?: string
  /** Of Apple's list, and below it where there is one: `['News', 'Daily News']`. */
  category: readonly string[]
  explicit: boolean
  /** JPEG or PNG, square. */
  image: string
  /** The notice of the show as a whole. Absent: it is its publisher's. */
  copyright?: string
}

/** What machines may do with the articles of a feed, by RSL 1.0 (https://rslstandard.org/rsl). */
export interface Licence {
  permits?: readonly string[]
  prohibits?: readonly string[]
  /** What is asked in return; nothing where it is absent. */
  payment?: string
  /** URI of a licence that others use too. */
  standard?: string
  /** Where a licence can be had from the publisher. */
  custom?: string
  /** Terms for people to read. */
  terms?: string
}

/** A named selection of articles: one file in `feeds/`. */
export interface Feed {
  /** `[a-z0-9-]+`: its file's name and its URL. */
  name: string
  title: string
  description: string
  select: Select
  /** How many of the newest articles an edition holds. */
  limit: number
  content: 'full' | 'summary' | 'headline'
  /** False: without media. Absent: with them. */
  media?: false
  access: 'public' | 'partners'
  /** BCP 47. */
  language: string
  /** Shown large. */
  image?: string
  /** Shown beside the feed's name: square, and good when small. */
  icon?: string
  podcast?: Podcast
  licence?: Licence
  /** Old names, which redirect to this one. */
  formerly: readonly string[]
  gone: boolean
}

/** Kept of each list of feeds, which is replaced, never changed. */
const publicOnes = new WeakMap<readonly Feed[], readonly Feed[]>()

/** The feeds that everybody may know of. The same list for the same feeds. */
export function publicFeeds(feeds: readonly Feed[]): readonly Feed[] {
  const found = publicOnes.get(feeds) ?? feeds.filter(({ access, gone }) => access === 'public' && !gone)
  publicOnes.set(feeds, found)
  return found
}

/** The hub that a feed names: none for a feed that is not for everyone. */
export function hubOf({ hub }: Site, { access }: Pick<Feed, 'access'>): string | undefined {
  return access === 'public' ? hub : undefined
}
/** Uses by machines that RSL has a word for (Really Simple Licensing 1.0, 3.4.1.1). */
export const uses = ['all', 'ai-all', 'ai-train', 'ai-input', 'ai-index', 'search'] as const

/** What may be asked in return (3.7). */
export const payments = [
  'purchase',
  'subscription',
  'training',
  'crawl',
  'use',
  'contribution',
  'attribution',
  'free',
] as const

import type { Content, Instant, Party, PubStatus } from '../../article.ts'

/** What the parsers may know of the source: a part of `Source`. */
export interface Hints {
  timezone: string
  dates: readonly string[]
  publisher?: string
  boilerplate: readonly string[]
  tail: readonly string[]
}

/**
 * One article as its format tells it, before the source's defaults, the sanitiser and the checks.
 * Text is decoded once and otherwise as found; `html` is unsafe; what the input does not say is left out.
 */
export interface Draft {
  /** The article's own id, where the format has one. */
  ownId?: string
  /** Orders the versions of one own id: compared as numbers where both are, else as text. */
  ownVersion?: string
  pubStatus?: PubStatus
  title?: string
  standfirst?: string
  html: string
  /** Against which links and images are made absolute. */
  baseUrl?: string
  language?: string
  published?: Instant
  modified?: Instant
  embargoed?: Instant
  section?: string
  keywords?: string[]
  authors?: Party[]
  publisher?: Party
  place?: string
  media?: Content['media']
  rights?: string
  usageTerms?: string
  link?: string
}

/** A parser: pure, the same drafts for the same text. Throws `Unusable` with the reason and, where it knows it, the line. */
export type Parse = (text: string, hints: Hints) => Draft[]

import type { Content, Instant, Party, PubStatus } from '../../article.ts'
import type { Unusable } from '../../errors.ts'
import type { Source } from '../../source.ts'

/** What the parsers may know besides the text. */
export interface Hints extends Pick<Source, 'timezone' | 'dates' | 'language' | 'publisher' | 'boilerplate' | 'tail'> {
  /** Of the file in the source's folder, or what stands for it: with the text it is the input. */
  path?: string
  /** What becomes of an article whose date nobody can tell. */
  undated?: Source['undated']
}

/**
 * The text of an article: plain paragraphs, which become HTML by being escaped, or HTML, which is unsafe and gets sanitised.
 * No parser can call its HTML safe.
 */
export type Body = { paragraphs: string[] } | { html: string }

/** What the wire of another Feedwire says beside the article, to be taken over as it is. */
export interface Followed {
  /** From 1. */
  version: number
  /** When that came about. */
  changed?: Instant
  /** The note of the correction that stands with it, and when it was made. */
  correction?: { note: string; at: Instant }
  /** Of a kill. */
  reason?: string
  /** What is taken back is no kill: it is withheld there, or not for us any more, and may come again. */
  isHeld?: true
}

/**
 * One article as its format tells it, before the source's defaults, the sanitiser and the checks.
 * Text is decoded once and otherwise as found; what the input does not say is left out.
 */
export interface Draft {
  /** The article's own id, where the format has one. */
  ownId?: string
  /** Orders the versions of one own id: compared as numbers where both are, else as text. */
  ownVersion?: string
  pubStatus?: PubStatus
  title?: string
  standfirst?: string
  body: Body
  /** Against which links and images are made absolute. */
  baseUrl?: string
  language?: string
  published?: Instant
  modified?: Instant
  embargoed?: Instant
  expires?: Instant
  section?: string
  keywords?: string[]
  subjects?: Content['subjects']
  slugline?: string
  urgency?: number
  priority?: number
  genres?: Content['genres']
  authors?: Party[]
  byline?: string
  publisher?: Party
  place?: string
  dateline?: string
  media?: Content['media']
  rights?: string
  copyrightHolder?: string
  usageTerms?: string
  edNote?: string
  isCorrection?: boolean
  link?: string
  earlierIds?: string[]
  /** Where another Feedwire tells of it. */
  followed?: Followed
  /** What was read in spite of a fault, a sentence each, for `rejects` to list. */
  warnings?: string[]
  /** Where each value was found, for whoever asks. */
  origins?: () => Origins
}

/** What of an article a file can state. */
export type Told = Exclude<
  keyof Draft,
  'body' | 'baseUrl' | 'ownVersion' | 'earlierIds' | 'followed' | 'warnings' | 'origins'
>

/** Which statement of its file each value was taken from, as a person would look for it: `front matter "date", line 4`. */
export type Origins = Partial<Record<Told, string>>

/** One way to read stored articles. Pure: the same drafts for the same text. */
export interface Parser {
  /** Is this text, by its content, in this format? Looks at its beginning only. */
  recognises: (text: string) => boolean
  /**
   * The articles of a text, each as a draft or, where it cannot become an article, as the reason: the others stand.
   * Throws `Unusable` for the text as a whole, with the reason and, where it is known, the line.
   */
  parse: (text: string, hints: Hints) => (Draft | Unusable)[]
}

import type { Instant, Media, PubStatus } from './article.ts'

/** What happens to an article, as the wire tells it. */
export type WireAction = 'publish' | 'update' | 'correct' | 'withhold' | 'release' | 'kill'

/** What the store keeps at hand of an article's newest version: enough to select, order and list it without its body. */
export interface Head {
  source: string
  key: string
  version: number
  pubStatus: PubStatus
  title: string
  language: string
  section?: string
  keywords: string[]
  /** The kinds of its media, each once; absent where it has none, and until its next version where it was written before heads had this. */
  media?: Media['kind'][]
  published: Instant
  changed: Instant
  /** Not before this moment on the wire or under any URL: an embargo, or a publication date still to come. */
  heldUntil?: Instant
  /** From this second it is withheld. */
  expires?: Instant
  /** When something of it changes next by itself: it expires, a picture's embargo ends. Until then it shows what it shows now. */
  nextMoment?: Instant
  /** Digest of the content, under which its body is kept; '' where the text was taken away. */
  body: string
  /** Digest of the content as the source told it, where more was learned by probing its media. */
  said?: string
  /** The file that it was read from, relative to its source's folder, or the URL. */
  file?: string
  /** The id that the article's own format gave it, and the version that orders what comes under that id. */
  ownId?: string
  ownVersion?: string
  /** It was published on the wire, whatever became of it: others know of it. */
  onWire?: boolean
  /** What the wire told of it last; absent before that, and where it was written before heads had this. */
  action?: WireAction
  /** Whose word hides a withheld article: a source may take its own back, and only that. A kill is an operator's unless this says that it was another Feedwire's. */
  withheldBy?: 'source' | 'operator'
  /** The editor's note of the last correction, and when it was made; of a killed article the reason. */
  note?: string
  notedAt?: Instant
}

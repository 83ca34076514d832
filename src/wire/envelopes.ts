import type { Feed } from '../feed.ts'
import { mostOf, type Fullness } from '../fullness.ts'
import type { WireAction } from '../head.ts'

/** Of ninjs (IPTC), in which articles go out. */
export type NinjsVersion = '3.1' | '2.2'

/** What is told of a change beside its article. */
export interface Envelope {
  cursor: string
  action: WireAction
  /** Milliseconds since 1970. */
  at: number | undefined
  /** Of a kill and a correction. */
  reason?: string | undefined
  /** Of what was taken away from partners: what they confirm. */
  takedown?: string | undefined
  /** The correction that stands with the article: its note as published, and when it was made. */
  corrected?: { note: string; at: string } | undefined
  feeds: readonly Feed[]
}

/** What articles in the same feeds have in common. */
interface Share {
  fullness: Fullness
  /** Another for another form of the same article. */
  form: string
  /** Names of the feeds, as JSON. */
  names: string
}

/** What stands around the articles of one page. What many of them have in common is written once. */
export class Envelopes {
  readonly #form: string
  readonly #shares = new Map<readonly Feed[], Share>()
  #at: number | undefined
  #moment = ''

  constructor(version: NinjsVersion, isPartner: boolean) {
    this.#form = `${version} ${isPartner} `
  }

  /** `feeds`: as `lookAt` gave them, the same list for all that stand in these. */
  shareOf(feeds: readonly Feed[]): Share {
    const known = this.#shares.get(feeds)
    if (known !== undefined) return known
    const fullness = mostOf(feeds)
    const form = `${this.#form}${fullness.content} ${fullness.media ?? true} `
    const share = { fullness, form, names: JSON.stringify(feeds.map(({ name }) => name)) }
    this.#shares.set(feeds, share)
    return share
  }

  /** The JSON of a change up to its article. */
  begin({ cursor, action, at, reason, takedown, corrected, feeds }: Envelope): string {
    const isPlain = reason === undefined && takedown === undefined && corrected === undefined
    const seldom = isPlain ? '' : `${JSON.stringify({ reason, takedown, corrected }).slice(1, -1)},`
    const moment = at === undefined ? '' : this.#momentOf(at)
    const { names } = this.shareOf(feeds)
    return `{"cursor":"${cursor}","action":"${action}",${moment}${seldom}"feeds":${names},"article":`
  }

  #momentOf(at: number): string {
    if (at !== this.#at) {
      this.#at = at
      this.#moment = `"at":"${new Date(at).toISOString()}",`
    }
    return this.#moment
  }
}

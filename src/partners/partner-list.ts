import { timingSafeEqual } from 'node:crypto'
import type { Partner, Token } from '../partner.ts'
import type { Store } from '../store/store.ts'
import { digestOf, isToken } from './token.ts'

export interface PartnerListOptions {
  store: Store
  /** Milliseconds since 1970. */
  clock: () => number
}

/** A partner, and the token by which they were known. */
export interface Known {
  partner: Partner
  token: Token
  /** The token's digest, to be compared in constant time. */
  digest: Buffer
  /** `NAME/ID`. */
  name: string
  /** Milliseconds since 1970. */
  ends: number
}

/** Milliseconds after which what was read last is trusted no more: a token may have been revoked since. */
const patience = 60_000
/** Milliseconds between two words on when tokens were used. */
const betweenUses = 20_000

/** Who has tokens, as this process last read it from the store: asking it costs a hash and a look-up. */
export class PartnerList {
  readonly #options: PartnerListOptions
  readonly #listeners: (() => void)[] = []
  #revision: string | undefined
  #act = 0
  #partners = new Map<string, Partner>()
  /** By digest. */
  #tokens = new Map<string, Known>()
  /** When the store was last reached, on this process's own clock, which nobody sets. */
  #reached = Number.NEGATIVE_INFINITY
  #reading: Promise<void> | undefined
  /** Last uses that the store does not know, in seconds since 1970 by `NAME/ID`, and when it was told. */
  readonly #uses = new Map<string, number>()
  #told = Number.NEGATIVE_INFINITY
  /** Milliseconds since 1970, in order: when tokens end. */
  #ends: number[] = []

  constructor(options: PartnerListOptions) {
    this.#options = options
  }

  /** Position of the newest act that gave or took feeds, no newer than what this list knows. */
  get act(): number {
    return this.#act
  }

  /** Is it too long since the store was reached? Then nobody is known for certain. */
  get isStale(): boolean {
    return performance.now() - this.#reached > patience
  }

  /** Whose token this is, if it is good for anything now. */
  find(token: string): Known | undefined {
    if (!isToken(token)) return undefined
    const digest = digestOf(token)
    const known = this.#tokens.get(digest)
    if (known === undefined || !timingSafeEqual(known.digest, Buffer.from(digest))) return undefined
    return known.ends > this.#options.clock() ? known : undefined
  }

  named(name: string): Partner | undefined {
    return this.#partners.get(name)
  }

  /** Notes that a token was used: told to the store with the next look at it. */
  noteUse({ name }: Known): void {
    this.#uses.set(name, Math.floor(this.#options.clock() / 1000))
  }

  /** Does this token still stand as it did? A stream and whoever waits ask so. */
  stillKnows({ partner, token }: Known): boolean {
    const now = this.#partners.get(partner.name)?.tokens.find(({ id }) => id === token.id)
    return now !== undefined && isGood(now, this.#options.clock())
  }

  /** Calls back after each change of any partner, and when a token has come to its end. */
  onChanged(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Resolves when this list is no older than this call. Rejects while Redis cannot be asked. */
  async inForce(): Promise<void> {
    const { partners } = this.#options.store
    const asked = performance.now()
    if ((await partners.revision()) !== this.#revision) {
      this.#reading ??= this.#read().finally(() => (this.#reading = undefined))
      await this.#reading
    }
    this.#reached = asked
    this.#passEnds()
    await this.#tellUses(asked)
  }

  /** At most once in a while: who polls each second is no news. */
  async #tellUses(now: number): Promise<void> {
    if (this.#uses.size === 0 || now - this.#told < betweenUses) return
    const uses = new Map(this.#uses)
    this.#uses.clear()
    this.#told = now
    // It is worth no outage.
    await this.#options.store.partners.noteUses(uses).catch(() => undefined)
  }

  #passEnds(): void {
    const now = this.#options.clock()
    if ((this.#ends[0] ?? Number.POSITIVE_INFINITY) > now) return
    this.#ends = this.#ends.filter(end => end > now)
    for (const listener of this.#listeners) listener()
  }

  async #read(): Promise<void> {
    const { partners } = this.#options.store
    // Asked before: what changes meanwhile is read once more.
    const [revision, act] = await Promise.all([partners.revision(), partners.act()])
    const all = await partners.all()
    this.#partners = new Map(all.map(partner => [partner.name, partner]))
    this.#tokens = new Map(
      all.flatMap(partner => partner.tokens.map(token => [token.digest, knownBy(partner, token)] as const)),
    )
    this.#ends = all
      .flatMap(({ tokens }) => tokens.flatMap(({ expires }) => (expires === undefined ? [] : [Date.parse(expires)])))
      .toSorted((a, b) => a - b)
    this.#revision = revision
    this.#act = act
    for (const listener of this.#listeners) listener()
  }
}

function knownBy(partner: Partner, token: Token): Known {
  const ends = token.expires === undefined ? Number.POSITIVE_INFINITY : Date.parse(token.expires)
  return { partner, token, digest: Buffer.from(token.digest), name: `${partner.name}/${token.id}`, ends }
}

function isGood({ expires }: Token, now: number): boolean {
  return expires === undefined || Date.parse(expires) > now
}

import { randomBytes } from 'node:crypto'
import { instant, type Instant } from '../article.ts'
import { UsageError } from '../errors.ts'
import { recordAct, type ActOptions } from './acts.ts'
import { feedsOf, regrant, type Partner, type Token } from '../partner.ts'
import { digestOf, makeToken } from '../partners/token.ts'
import type { Store } from '../store/store.ts'

export interface PartnerOptions {
  store: Store
  /** Milliseconds since 1970. */
  now: number
  /** Names of the feeds that the operator's own configuration has: a worker may not have declared them yet. */
  configured?: readonly string[]
  /** Who acts, for the audit. */
  operator?: string
}

/** A partner as it is listed: no digest of a token, and the tokens' last use. */
export interface ShownPartner {
  name: string
  feeds: string[]
  /** Requests a minute. */
  rate: number
  created: Instant
  tokens: ShownToken[]
}

export interface ShownToken {
  id: string
  created: Instant
  expires?: Instant
  isExpired: boolean
  /** Absent: never. */
  used?: Instant
}

/** What a partner's token is given out as: once. */
export interface GivenToken {
  name: string
  token: string
  tokenId: string
}

/** What can be said of a partner besides its name. */
export interface PartnerSettings {
  feeds?: readonly string[] | undefined
  rate?: number | undefined
}

/** How often a change is tried again when another was quicker. */
const attempts = 10

/** Requests a minute. */
export const usualRate = 600
const mostTokens = 20

/** A new partner with a first token. Throws `UsageError` for a name that is taken, and for feeds that there are not. */
export async function addPartner(
  name: string,
  { feeds = [], rate = usualRate, expires }: PartnerSettings & { expires?: Instant | undefined },
  { store, now, configured, operator }: PartnerOptions,
): Promise<GivenToken> {
  if (!/^[a-z0-9-]{1,60}$/.test(name))
    throw new UsageError(`“${name}” is no name for a partner: small letters a-z, digits and hyphens, 60 at the most`)
  await checkFeeds(feeds, { store, configured })
  const { given, token } = newToken(name, expires, now)
  const partner = { name, grants: regrant([], feeds), tokens: [token], rate, created: instant(now) }
  if (!(await store.partners.put(name, '', partner, now)))
    throw new UsageError(`there is a partner “${name}” already: feedwire partner set ${name} changes it`)
  await record('partner add', { name, after: partner }, { store, now, operator })
  return given
}

/** Gives a partner these feeds and no others, or another rate. */
export async function setPartner(
  name: string,
  { feeds, rate }: PartnerSettings,
  options: PartnerOptions,
): Promise<void> {
  if (feeds) await checkFeeds(feeds, options)
  await change('partner set', name, options, partner => ({
    ...partner,
    ...(feeds && { grants: regrant(partner.grants, feeds) }),
    ...(rate !== undefined && { rate }),
  }))
}

/** One more token, beside those that there are. */
export async function addToken(
  name: string,
  expires: Instant | undefined,
  options: PartnerOptions,
): Promise<GivenToken> {
  const { given, token } = newToken(name, expires, options.now)
  await change('partner token', name, options, partner => {
    if (partner.tokens.length >= mostTokens)
      throw new UsageError(`${name} has ${mostTokens} tokens: revoke one that is not needed any more`)
    return { ...partner, tokens: [...partner.tokens, token] }
  })
  return given
}

/** Takes a token away, or all of them. Returns the ids of those that were. */
export async function revokeToken(name: string, id: string | undefined, options: PartnerOptions): Promise<string[]> {
  let revoked: string[] = []
  await change('partner revoke', name, options, partner => {
    revoked = partner.tokens.flatMap(token => (id === undefined || token.id === id ? [token.id] : []))
    if (id !== undefined && revoked.length === 0) throw new UsageError(`${name} has no token “${id}”`)
    return { ...partner, tokens: partner.tokens.filter(token => !revoked.includes(token.id)) }
  })
  return revoked
}

/** Takes a partner away with all tokens. What they hold stays known. */
export async function removePartner(name: string, { store, now, operator }: PartnerOptions): Promise<void> {
  for (let left = attempts; left > 0; left--) {
    const { partner, text } = await find(name, store)
    if (await store.partners.put(name, text, undefined, now))
      return await record('partner remove', { name, before: partner }, { store, now, operator })
  }
  throw busy(name)
}

export async function listPartners({ store, now }: PartnerOptions): Promise<ShownPartner[]> {
  const [partners, uses] = await Promise.all([store.partners.all(), store.partners.uses()])
  return partners.map(partner => show(partner, uses, now))
}

export async function showPartner(name: string, { store, now }: PartnerOptions): Promise<ShownPartner> {
  const [{ partner }, uses] = await Promise.all([find(name, store), store.partners.uses()])
  return show(partner, uses, now)
}

function show(partner: Partner, uses: ReadonlyMap<string, number>, now: number): ShownPartner {
  const { name, rate, created, tokens } = partner
  const shown = tokens.map(({ id, created: since, expires }) => {
    const used = uses.get(`${name}/${id}`)
    return {
      id,
      created: since,
      ...(expires !== undefined && { expires }),
      isExpired: expires !== undefined && Date.parse(expires) <= now,
      ...(used !== undefined && { used: instant(used * 1000) }),
    }
  })
  return { name, feeds: feedsOf(partner), rate, created, tokens: shown }
}

function newToken(name: string, expires: Instant | undefined, now: number): { given: GivenToken; token: Token } {
  if (expires !== undefined && Date.parse(expires) <= now) throw new UsageError('that moment is past already')
  const token = makeToken()
  const id = randomBytes(5).toString('hex')
  const kept = { id, digest: digestOf(token), created: instant(now), ...(expires !== undefined && { expires }) }
  return { given: { name, token, tokenId: id }, token: kept }
}

async function checkFeeds(
  feeds: readonly string[],
  { store: { definitions }, configured = [] }: Pick<PartnerOptions, 'store' | 'configured'>,
): Promise<void> {
  const inForce = (await definitions.inForce())?.feeds
  for (const feed of feeds) {
    if (inForce?.has(feed) !== true && !configured.includes(feed))
      throw new UsageError(`there is no feed “${feed}”; feedwire feeds lists those that there are`)
  }
}

async function change(
  act: string,
  name: string,
  { store, now, operator }: PartnerOptions,
  make: (partner: Partner) => Partner,
): Promise<void> {
  for (let left = attempts; left > 0; left--) {
    const { partner, text } = await find(name, store)
    const next = make(partner)
    if (await store.partners.put(name, text, next, now))
      return await record(act, { name, before: partner, after: next }, { store, now, operator })
  }
  throw busy(name)
}

async function find(name: string, { partners }: Store): Promise<{ partner: Partner; text: string }> {
  const found = await partners.find(name)
  if (found === undefined)
    throw new UsageError(`there is no partner “${name}”; feedwire partner list names those that there are`)
  return found
}

async function record(
  act: string,
  { name, before, after }: { name: string; before?: Partner; after?: Partner },
  options: ActOptions,
): Promise<void> {
  const states = { ...(before && { before: stateOf(before) }), ...(after && { after: stateOf(after) }) }
  await recordAct({ act, about: name, ...states }, options)
}

/** Without what would tell a token. */
function stateOf(partner: Partner): string {
  const { rate, tokens } = partner
  return `${feedsOf(partner).join(' ')}; ${rate}/min; ${tokens.map(({ id }) => id).join(' ')}`
}

function busy(name: string): Error {
  return new Error(`partner ${name} is being changed by others all the time`)
}

import { createHash } from 'node:crypto'
import { instant, type Instant } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import type { UrlSource } from '../../source.ts'
import type { PollState } from '../../store/polls.ts'
import { decode } from '../reading/decode.ts'
import { charsetOf } from '../reading/letters/declared.ts'
import { beginBackfill, fetchOlder } from './backfill.ts'
import { backOff, isDue, lifetimeOf, nextMoment, retryAfter, ttlOf } from './freshness.ts'
import { patience as usualPatience, unexpected, WebClient, type Answer, type Patience } from './web-client.ts'

/** What asking came to. A `state` is to be kept, when what came with it is committed. */
export type Poll =
  /** `pages`: the page itself and then, once, the older ones, from newer to older; `charset`: what the site says of them (RFC 7303). */
  | { kind: 'fresh'; pages: Buffer[]; charset?: string | undefined; state: PollState }
  | { kind: 'unchanged'; state: PollState }
  /** Nothing was asked: it is too early. */
  | { kind: 'notYet'; until: Instant }
  /** 410: nothing is asked any more, until the source's settings change. */
  | { kind: 'gone'; state: PollState }
  /** `error` is for the operator; it names no path, query or header. */
  | { kind: 'failed'; error: Error; state: PollState }
  /** The caller's signal came first. */
  | { kind: 'stopped' }

export interface PollOptions {
  /** Milliseconds since 1970. */
  now: number
  /** `Feedwire/VERSION (+ADDRESS)`. */
  userAgent: string
  log: Logger
  signal?: AbortSignal
  patience?: Patience
}

/**
 * Asks another site's feed for what is new, by a conditional request, as often as the site allows and never more than every minute
 * (RFC 9111, 4.2 and 4.3). `state` is what the last poll gave. At most one request at a time; rounds of several processes are kept
 * apart by `PollStates.alone`. Never throws for what the site does.
 */
export async function poll(source: UrlSource, state: PollState | undefined, options: PollOptions): Promise<Poll> {
  const settings = sha256(JSON.stringify(source)).slice(0, 16)
  const { now, userAgent, signal, patience = usualPatience } = options
  const known = state?.settings === settings ? state : { settings, next: instant(now), failures: 0 }
  if (known.gone) return { kind: 'gone', state: known }
  if (!isDue(known.next, now)) return { kind: 'notYet', until: known.next }
  await using client = new WebClient(source, userAgent, patience)
  try {
    const headers = { 'if-none-match': known.etag, 'if-modified-since': known.lastModified }
    const url = new URL(known.url ?? source.url)
    const answer = await client.get(url, { headers, maxBytes: source.maxBytes, signal })
    return await judge(answer, known, { source, client, options })
  } catch (error) {
    if (signal?.aborted) return { kind: 'stopped' }
    return failed(error, known, source, now)
  }
}

interface Around {
  source: UrlSource
  client: WebClient
  options: PollOptions
}

async function judge(answer: Answer, known: PollState, around: Around): Promise<Poll> {
  const { source, options } = around
  const { status, url, lasting, headers } = answer
  if (status === 200) return await taken(answer, known, around)
  if (status === 304 && known.digest !== undefined)
    return { kind: 'unchanged', state: asked(answer, known, options.now) }
  // Only what the source's address stands for is gone; where it led this time says nothing.
  if (status === 410 && url === lasting) return { kind: 'gone', state: { ...known, gone: true } }
  const wait = status === 429 || status === 503 ? retryAfter(headers, options.now) : 0
  return failed(unexpected(answer), known, source, options.now, wait)
}

async function taken(answer: Answer, known: PollState, { source, client, options }: Around): Promise<Poll> {
  const { bytes, url } = answer
  const charset = charsetOfAnswer(answer)
  const { now, log, signal } = options
  const digest = sha256(bytes)
  if (digest === known.digest) return { kind: 'unchanged', state: asked(answer, known, now) }
  const page = { ...known, digest, ...told(answer, known.backfill) }
  const { backfill } = page
  if (typeof backfill !== 'object') return { kind: 'fresh', pages: [bytes], charset, state: asked(answer, page, now) }
  const older = await fetchOlder(client, backfill, url, { maxBytes: source.maxBytes, signal })
  if (older.trouble)
    log.warn({ source: source.name, pages: older.pages.length, reason: older.trouble.message }, 'older pages cut short')
  const state = asked(answer, { ...page, backfill: older.backfill }, now)
  return { kind: 'fresh', pages: [bytes, ...older.pages], charset, state }
}

/** What the page says about asking for more. Nothing, where it is unreadable: whoever reads it for its articles will say so. */
function told(answer: Answer, backfill: PollState['backfill']): Pick<PollState, 'ttl' | 'backfill'> {
  const { bytes, url } = answer
  try {
    const { text } = decode(bytes, { charset: charsetOfAnswer(answer) })
    return { ttl: ttlOf(text), backfill: backfill ?? beginBackfill(text, url) }
  } catch (error) {
    if (error instanceof Unusable) return { ttl: undefined, backfill }
    throw error
  }
}

function charsetOfAnswer({ headers }: Answer): string | undefined {
  const type = headers['content-type']
  return charsetOf(typeof type === 'string' ? type : type?.[0])
}

/** After a good answer. What a 304 does not repeat still stands (RFC 9111, 3.2). */
function asked({ status, headers, lasting }: Answer, known: PollState, now: number): PollState {
  const standing: Partial<PollState> = status === 304 ? known : {}
  const lifetime = lifetimeOf(headers, now) ?? standing.lifetime
  return {
    ...known,
    next: nextMoment(now, Math.max(lifetime ?? 0, known.ttl ?? 0)),
    failures: 0,
    url: lasting.href,
    etag: validator(headers.etag) ?? standing.etag,
    lastModified: validator(headers['last-modified']) ?? standing.lastModified,
    lifetime,
  }
}

/** Only what can be sent back as it came. */
function validator(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' && /^[\x20-\x7e]{1,1000}$/.test(header) ? header : undefined
}

function failed(error: unknown, known: PollState, source: UrlSource, now: number, wait = 0): Poll {
  const failures = known.failures + 1
  const next = nextMoment(now, Math.max(backOff(failures, source.name), wait))
  return {
    kind: 'failed',
    error: error instanceof Error ? error : new Error(String(error)),
    state: { ...known, failures, next },
  }
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('base64url')
}

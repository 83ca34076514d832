/** ninjs (IPTC): of what was taken away only `uri`, `version` and `pubStatus`. */
export interface WireArticle {
  uri: string
  version: string
  pubStatus: 'usable' | 'withheld' | 'canceled'
  [name: string]: unknown
}

/**
 * `publish`, `update`, `correct` and `release` put the article into what you have, `withhold` and `kill` take it out: by its `uri`. A kill
 * says that it was wrong to have it: also whoever got it from you should learn of that.
 */
export interface WireChange {
  action: 'publish' | 'update' | 'correct' | 'release' | 'withhold' | 'kill'
  /** To go on from, once the change is done. */
  cursor: string
  /** When it was made: RFC 3339. */
  at?: string
  /** Of a correction or a kill, in words. */
  reason?: string
  /** Of what was taken away, for a partner: its id, for `POST /wire/takedowns/ID/confirm` once it is gone with you too. */
  takedown?: string
  /** The correction that stands with the article, also where another change is told. */
  corrected?: { note: string; at: string }
  /** Those of your feeds that hold it now. */
  feeds: string[]
  article: WireArticle
}

/** What you have is void: the wire was restored from an older copy. What follows is all of it anew. */
export interface WireReset {
  action: 'reset'
}

export interface FollowOptions {
  /** Of a partner. */
  token?: string | undefined
  /** Names of feeds; absent: all that you may have. */
  feeds?: readonly string[] | undefined
  /** The cursor of the last change that was done; absent: from nothing. */
  after?: string | undefined
  /** Ends it. */
  signal?: AbortSignal | undefined
  /** Changes that are asked for at once, from 1 to 500. */
  limit?: number | undefined
  /** Other headers of each request. */
  headers?: Readonly<Record<string, string>> | undefined
  /** Is told of what goes wrong and is tried again, with the milliseconds until then. */
  onTrouble?: ((error: Error, pause: number) => void) | undefined
  /** Another `fetch`. */
  fetch?: typeof fetch | undefined
}

/** The wire refuses what is asked, and trying again would not help: an unknown feed, a wrong token, a cursor that is none. */
export class WireRefusal extends Error {
  override name = 'WireRefusal'
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

/** Milliseconds: the first pause after a failure, the longest, and how long a long poll may take until it counts as one. */
const pauses = { first: 500, longest: 60_000, poll: 60_000 }

/** Seconds for which the wire holds a request when there is nothing. */
const wait = 30

/**
 * Follows the wire at `url` (`https://news.example/wire`) until it is stopped: yields every change once, in order, and waits for more. Keep the
 * `cursor` of what you have done, and give it as `after` when you start again. What goes wrong on the way is tried again, with growing pauses.
 * Throws `WireRefusal`. Ends without an error when `signal` is aborted.
 *
 *     for await (const change of follow(url, { token, feeds: ['world'], after })) { ... }
 */
export async function* follow(
  url: string | URL,
  options: FollowOptions = {},
): AsyncGenerator<WireChange | WireReset, void, undefined> {
  const { signal, onTrouble } = options
  let { after } = options
  let failures = 0
  while (!isAborted(signal)) {
    try {
      const page = await askWire(url, { ...options, after, wait })
      failures = 0
      if (page === 'lost') {
        after = undefined
        yield { action: 'reset' }
        continue
      }
      for (const change of page.changes) {
        yield change
        // Whoever leaves the loop has been told up to here.
        if (isAborted(signal)) return
      }
      after = page.cursor
    } catch (error) {
      if (isAborted(signal)) return
      if (error instanceof WireRefusal) throw error
      const trouble = error instanceof Error ? error : new Error(String(error))
      const pause = trouble instanceof Later ? trouble.pause : pauseAfter(failures)
      failures++
      onTrouble?.(trouble, pause)
      await rest(pause, signal)
    }
  }
}

/** What there is behind a cursor. */
export interface WirePage {
  /** Behind all of it. */
  cursor: string
  /** In order. */
  changes: WireChange[]
  /** There is more behind them. */
  more: boolean
}

export interface AskOptions extends Omit<FollowOptions, 'onTrouble'> {
  /** Seconds for which the wire may hold the question when there is nothing, 30 at the most; absent: it answers at once. */
  wait?: number | undefined
}

/** The server says when to come again. */
class Later extends Error {
  constructor(
    message: string,
    readonly pause: number,
  ) {
    super(message)
  }
}

/**
 * One question to the wire, for whoever keeps time by itself. `lost`: the wire was restored from an older copy, and what was learned by the
 * cursor is void. Throws `WireRefusal`, and any other error for what another time may answer otherwise.
 */
export async function askWire(url: string | URL, options: AskOptions = {}): Promise<WirePage | 'lost'> {
  const { token, feeds = [], after, limit, wait: seconds, headers, signal } = options
  const target = new URL(url)
  for (const feed of feeds) target.searchParams.append('feed', feed)
  if (after !== undefined) target.searchParams.set('after', after)
  if (limit !== undefined) target.searchParams.set('limit', String(limit))
  if (seconds !== undefined) target.searchParams.set('wait', String(seconds))
  const late = AbortSignal.timeout(pauses.poll)
  const response = await (options.fetch ?? fetch)(target, {
    headers: {
      Accept: 'application/json',
      ...headers,
      ...(token !== undefined && { Authorization: `Bearer ${token}` }),
    },
    signal: signal === undefined ? late : AbortSignal.any([signal, late]),
  })
  if (response.status === 200) return readPage(await response.json())
  const text = await response.text()
  if (response.status === 410 && text.includes('"restart"')) return 'lost'
  throw failureOf(response, text)
}

function readPage(document: unknown): WirePage {
  const { cursor, changes, more } = (document ?? {}) as Partial<WirePage>
  if (typeof cursor !== 'string' || !Array.isArray(changes)) throw new Error('the answer is no page of a wire')
  return { cursor, changes, more: more === true }
}

function failureOf({ status, headers }: Response, text: string): Error {
  const message = `the wire answers ${status}: ${text.slice(0, 500)}`
  // Those that another time may answer otherwise.
  const isPassing = status >= 500 || status === 408 || status === 425 || status === 429
  if (!isPassing) return new WireRefusal(status, message)
  const pause = pauseIn(headers.get('Retry-After'))
  return pause === undefined ? new Error(message) : new Later(message, pause)
}

/** Seconds, or a date. A day at the most. */
function pauseIn(header: string | null): number | undefined {
  if (header === null) return undefined
  const pause = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Number.isFinite(pause) ? Math.min(Math.max(pause, 0), 86_400_000) : undefined
}

/** Twice as long each time; up to half of it by chance, so that not all come at once. */
function pauseAfter(failures: number): number {
  const longest = Math.min(pauses.longest, pauses.first * 2 ** Math.min(failures, 20))
  return longest * (0.5 + Math.random() / 2)
}

async function rest(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>(resolve => {
    const end = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end)
  })
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

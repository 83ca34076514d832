import { askWire, type WireChange, type WirePage } from '../../client/follow.ts'
import type { WireSource } from '../../source.ts'
import { retryAfter } from './freshness.ts'
import { unexpected, WebClient, type Patience } from './web-client.ts'

/** Milliseconds. A wire that has nothing to tell answers after half a minute. */
export const patience: Patience = { connect: 10_000, headers: 45_000, whole: 60_000 }

/** Bytes of an answer: Feedwire's stay under eight million. */
const longestAnswer = 16_000_000

/** Characters of a cursor, and of a uri: longer ones would fill the store. */
const longest = { cursor: 1_000, uri: 2_000 }

const mostChanges = 500

export interface WireQuestion {
  /** Absent: from nothing. */
  after?: string | undefined
  /** Seconds. */
  wait?: number
  limit: number
  /** Milliseconds since 1970. */
  now: number
  signal?: AbortSignal | undefined
}

/** It does not answer as a wire does. The message is for the operator; it names no path, query or header. */
export class WireFault extends Error {
  override name = 'WireFault'
  constructor(
    message: string,
    /** Seconds for which it asks to be left alone. */
    readonly wait = 0,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** A way to ask another site on behalf of a source. */
export function clientOf(source: WireSource, userAgent: string, times: Patience = patience): WebClient {
  return new WebClient({ url: source.wire, headers: source.headers, private: source.private }, userAgent, times)
}

/**
 * One question to the wire that a source follows, by the rules of everything that is asked of other sites, and without redirects. `lost`: the
 * cursor is not good there, or not any more. Throws `WireFault` for whatever else is no page.
 */
export async function askParent(
  source: WireSource,
  client: WebClient,
  question: WireQuestion,
): Promise<WirePage | 'lost'> {
  const { after, wait, limit, signal } = question
  const { host } = new URL(source.wire)
  let answered = 0
  const bounded: typeof fetch = async (url, { headers } = {}) => {
    // `askWire` gives a URL.
    if (!(url instanceof URL)) throw new TypeError('the address is no URL')
    const { status, bytes, ...answer } = await client.get(url, {
      headers: { accept: new Headers(headers).get('accept') ?? undefined },
      maxBytes: longestAnswer,
      alsoOf: [410],
      redirects: false,
      ...(signal && { signal }),
    })
    answered = status
    if (status === 200 || status === 410) return new Response(Uint8Array.from(bytes), { status })
    // Feedwire says so of a cursor that it has not given, or not for these feeds.
    if (status === 400 && after !== undefined) throw new Lost()
    throw new WireFault(unexpected({ ...answer, status, bytes }).message, retryAfter(answer.headers, question.now))
  }
  try {
    const page = await askWire(source.wire, { feeds: source.feeds, after, wait, limit, fetch: bounded })
    return page === 'lost' ? lostOr(after, host) : checked(page, host)
  } catch (cause) {
    if (cause instanceof Lost) return 'lost'
    if (cause instanceof WireFault) throw cause
    // What is read of an answer may repeat the question with its secrets.
    if (answered !== 0) throw new WireFault(`${host} answered ${answered}, and no page of a wire`)
    throw new WireFault(cause instanceof Error ? cause.message : String(cause), 0, { cause })
  }
}

class Lost extends Error {}

/** Without a cursor there is nothing to lose. */
function lostOr(after: string | undefined, host: string): 'lost' {
  if (after === undefined) throw new WireFault(`${host} answered 410 Gone`)
  return 'lost'
}

/** Whoever is at the other end may write anything. */
function checked(page: WirePage, host: string): WirePage {
  const { cursor, changes } = page
  const isSound = cursor !== '' && cursor.length <= longest.cursor && changes.length <= mostChanges
  if (!isSound) throw new WireFault(`${host} answered 200, and no page of a wire`)
  return page
}

/** The uri of the article that a change is about; undefined for one that names none. */
export function uriIn(change: unknown): string | undefined {
  const { uri } = ((change as Partial<WireChange> | null)?.article ?? {}) as { uri?: unknown }
  const isSound = typeof uri === 'string' && uri !== '' && uri.length <= longest.uri && !/[\p{Cc}\p{Cs}]/u.test(uri)
  return isSound ? uri : undefined
}

import { STATUS_CODES } from 'node:http'
import { Agent, errors, request } from 'undici'
import type { IncomingHttpHeaders } from 'undici/types/header.js'
import type { UrlSource } from '../../source.ts'
import { readBeginning } from './beginning.ts'
import { discard, readBody } from './body.ts'
import { connectorTo, isPublic } from './public-address.ts'
import { isLasting, isRedirect, redirectTarget } from './redirects.ts'

/** Milliseconds that a site may take: to be connected to, to begin its answer, and for all of it with its redirects. */
export interface Patience {
  connect: number
  headers: number
  whole: number
}

export const patience: Patience = { connect: 10_000, headers: 30_000, whole: 60_000 }

export interface Question {
  /** Headers of this question alone. */
  headers?: Record<string, string | undefined>
  maxBytes: number
  /** Only the first `maxBytes` are wanted: what comes behind them is cut off, and a part (206) is an answer too. */
  beginning?: boolean
  /** Of these statuses the body is wanted too. */
  alsoOf?: readonly number[]
  /** No redirect may lead away from this origin. */
  within?: string
  /** False: a redirect is an answer as any other. */
  redirects?: boolean
  signal?: AbortSignal
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  /** Where it came from, after all redirects. */
  url: URL
  /** Where to ask the next time: as far as redirects were for good (301, 308). */
  lasting: URL
  /** Decoded; empty unless the status is 200, one of those asked for, or 206 where the beginning was. */
  bytes: Buffer
}

const accept =
  'application/feed+json, application/atom+xml, application/rss+xml, application/xml;q=0.9, application/json;q=0.9, text/xml;q=0.8, */*;q=0.1'

const maxHops = 5

/** On whose behalf is asked. With a `url` its headers go to that origin. */
export type Asker = Pick<UrlSource, 'private'> & Partial<Pick<UrlSource, 'url' | 'headers'>>

/** Asks on behalf of one source: over connections of its own, past no proxy, only where the source may lead. */
export class WebClient implements AsyncDisposable {
  readonly #agent: Agent
  /** Milliseconds for one answer. */
  readonly #longest: number
  /** The source's own headers hold secrets: they are for this origin alone. */
  readonly #home: string | undefined
  readonly #isPrivate: boolean
  readonly #ownHeaders: Record<string, string>
  readonly #headers: Record<string, string>

  constructor(
    source: Asker,
    userAgent: string,
    { connect, headers, whole }: Patience = patience,
    allowed: (address: string) => boolean = source.private ? () => true : isPublic,
  ) {
    this.#longest = whole
    this.#isPrivate = source.private
    this.#agent = new Agent({
      connect: connectorTo(allowed, connect),
      maxHeaderSize: 64 << 10,
      headersTimeout: headers,
      bodyTimeout: headers,
    })
    this.#home = source.url && new URL(source.url).origin
    this.#headers = { accept, 'accept-encoding': 'br, gzip', 'user-agent': userAgent }
    this.#ownHeaders = lowerCased(source.headers ?? {})
  }

  /** Follows redirects, each checked like the first address. Throws where no complete answer comes; an error names hosts, never a path, a query or a header. */
  async get(url: URL, question: Question): Promise<Answer> {
    return await inTime(this.#longest, question.signal, signal => this.#follow(url, { ...question, signal }))
  }

  async #follow(first: URL, question: Question & { signal: AbortSignal }): Promise<Answer> {
    const alone = this.#isPrivate ? (this.#home ? new URL(this.#home) : first).hostname : undefined
    let url = first
    let lasting = first
    for (let hop = 0; hop <= maxHops; hop++) {
      const answer = await this.#ask(url, question).catch((error: unknown) => {
        throw new Error(`${url.host} cannot be read: ${reasonOf(error)}`, { cause: harmless(error) })
      })
      if (!isRedirect(answer.status) || question.redirects === false) return { ...answer, url, lasting }
      const to = redirectTarget(url, answer.headers.location, { within: question.within, alone })
      if (lasting === url && isLasting(answer.status)) lasting = to
      url = to
    }
    throw new Error(`${first.host} redirects more than ${maxHops} times`)
  }

  async #ask(
    url: URL,
    { headers, maxBytes, beginning = false, alsoOf = [], signal }: Question & { signal: AbortSignal },
  ): Promise<Received> {
    const own = url.origin === this.#home ? this.#ownHeaders : {}
    const { statusCode, body, ...response } = await request(url, {
      dispatcher: this.#agent,
      headers: { ...this.#headers, ...own, ...headers },
      signal,
    })
    const received = { status: statusCode, headers: response.headers }
    if (statusCode !== 200 && !(beginning && statusCode === 206) && !alsoOf.includes(statusCode)) {
      discard(body)
      return { ...received, bytes: Buffer.alloc(0) }
    }
    const coding = String(response.headers['content-encoding'] ?? '').trim()
    const plain = coding === '' || coding.toLowerCase() === 'identity'
    const bytes =
      beginning && plain ? await readBeginning(body, maxBytes) : await readBody(body, { coding, maxBytes, signal })
    return { ...received, bytes }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.destroy()
  }
}

/** An answer that is not what was asked for, as the operator reads of it. */
export function unexpected({ url, status }: Answer): Error {
  return new Error([url.host, 'answered', status, STATUS_CODES[status] ?? []].flat().join(' '))
}

type Received = Pick<Answer, 'status' | 'headers' | 'bytes'>

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}

/** `AbortSignal.any` would keep something for each question as long as the caller's signal lives (Node 20). */
async function inTime<T>(
  milliseconds: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const inner = new AbortController()
  const stop = (): void => inner.abort(outer?.reason)
  const late = (): void => inner.abort(new Error(`no complete answer within ${milliseconds / 1000} seconds`))
  const timer = setTimeout(late, milliseconds)
  outer?.addEventListener('abort', stop)
  if (outer?.aborted) stop()
  try {
    return await work(inner.signal)
  } finally {
    clearTimeout(timer)
    outer?.removeEventListener('abort', stop)
  }
}

/** A parser's error holds a piece of the answer, which may repeat the question with its secrets. */
function harmless(error: unknown): unknown {
  return error instanceof errors.HTTPParserError ? undefined : error
}

/** An attempt at several addresses fails with an error without a message of its own. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return reasonOf(error.errors[0])
  // What a stream was stopped for is the cause of its error.
  if (error instanceof Error && error.name === 'AbortError' && error.cause) return reasonOf(error.cause)
  return error instanceof Error ? error.message : String(error)
}

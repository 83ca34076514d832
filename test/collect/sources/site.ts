import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { poll, type Poll, type PollOptions } from '../../../src/collect/sources/web.ts'
import type { UrlSource } from '../../../src/source.ts'
import type { PollState } from '../../../src/store/polls.ts'

export interface Site extends AsyncDisposable {
  /** `http://HOST:PORT`. */
  origin: string
  /** Every request that came, in order. */
  asked: { path: string; headers: IncomingHttpHeaders }[]
  /** What it answers from now on, by path; 404 for any other. */
  answers: Record<string, Respond>
}

export type Respond = (response: ServerResponse, headers: IncomingHttpHeaders) => void

/** A real web site on a free port of this machine. */
export async function startSite(answers: Record<string, Respond> = {}, host = '127.0.0.1'): Promise<Site> {
  const site = { answers, asked: [] as Site['asked'] }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    site.asked.push({ path, headers: request.headers })
    const respond = site.answers[path]
    if (respond) respond(response, request.headers)
    else response.writeHead(404).end('nothing here')
  }).listen(0, host)
  await once(server, 'listening')
  return Object.assign(site, {
    origin: `http://${host}:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  })
}

export function page(body: string | Buffer, headers: Record<string, string> = {}): Respond {
  return response => response.writeHead(200, headers).end(body)
}

export function status(code: number, headers: Record<string, string> = {}): Respond {
  return response => response.writeHead(code, headers).end()
}

export function redirect(code: number, location: string): Respond {
  return status(code, { location })
}

/** An Atom feed with one entry, and links of these relations. */
export function atomFeed(title: string, links: Record<string, string> = {}): string {
  const written = Object.entries(links).map(([rel, href]) => `<link rel="${rel}" href="${href}"/>`)
  return `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title>${written.join('')}
    <entry><id>urn:x:${title}</id><title>${title}</title></entry></feed>`
}

export function sourceAt(url: string, more: Partial<UrlSource> = {}): UrlSource {
  const texts = { boilerplate: [], tail: [], dates: [] }
  const usual = { format: 'auto', timezone: 'UTC', undated: 'reject', language: 'en', maxBytes: 1_000_000 } as const
  return { name: 'agency', url, headers: {}, private: true, ...usual, ...texts, ...more }
}

export const start = Date.UTC(2024, 4, 1, 12)
export const minute = 60_000

export function ask(source: UrlSource, state?: PollState, options: Partial<PollOptions> = {}): Promise<Poll> {
  const log = pino({ level: 'silent' })
  return poll(source, state, { now: start, userAgent: 'Feedwire/0 (+https://wire.example)', log, ...options })
}

/** A poll that must come to this kind. */
export async function expectPoll<Kind extends Poll['kind']>(
  kind: Kind,
  polling: Promise<Poll>,
): Promise<Extract<Poll, { kind: Kind }>> {
  const outcome = await polling
  if (outcome.kind !== kind)
    throw new Error(`${outcome.kind} instead of ${kind}`, { cause: 'error' in outcome ? outcome.error : undefined })
  return outcome as Extract<Poll, { kind: Kind }>
}

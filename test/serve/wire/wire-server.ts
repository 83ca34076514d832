import type { App } from '../../../src/app.ts'
import { startServer } from '../../../src/serve/http/server.ts'
import type { WireDesk } from '../../../src/serve/wire/desk.ts'
import { openNewsroom, type HomeOptions } from '../../newsroom.ts'

export interface WireChange {
  cursor: string
  action: string
  at?: string
  reason?: string
  feeds: string[]
  article: { uri: string; version: string; pubStatus: string; [name: string]: unknown }
}

export interface WireDocument {
  cursor: string
  changes: WireChange[]
  more: boolean
}

export interface WireServer extends AsyncDisposable {
  url: string
  /** The answer to a GET, with its JSON. */
  get: (path: string, headers?: Record<string, string>) => Promise<{ status: number; headers: Headers; body: unknown }>
  /** A page of `/wire?...`; fails where it is none. */
  page: (query?: Record<string, string | number | readonly string[]>) => Promise<WireDocument>
  desk: WireDesk
}

/** An app's edge and routes on a free port. */
export async function serveWire(app: App): Promise<WireServer> {
  const { edge, routes, wire } = await app.createHandlers()
  const server = await startServer({
    handler: (request, response) => edge(request, response, () => routes(request, response)),
    host: '127.0.0.1',
    port: 0,
  })
  const url = `http://127.0.0.1:${server.port}`
  const get: WireServer['get'] = async (path, headers = {}) => {
    const response = await fetch(url + path, { headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, body: text.startsWith('{') ? JSON.parse(text) : text }
  }
  return {
    url,
    get,
    async page(query = {}) {
      const { status, body } = await get(`/wire${queryOf(query)}`)
      if (status !== 200) throw new Error(`status ${status}: ${JSON.stringify(body)}`)
      return body as WireDocument
    },
    desk: wire,
    async [Symbol.asyncDispose]() {
      wire.drain()
      await server.stop()
    },
  }
}

/** A newsroom whose articles are collected, and its wire. */
export async function openWire(options: HomeOptions & { ownRedis?: boolean }) {
  const room = await openNewsroom(options)
  await room.app.collect('desk')
  const server = await serveWire(room.app)
  return {
    room,
    server,
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]()
      await room[Symbol.asyncDispose]()
    },
  }
}

export function queryOf(query: Record<string, string | number | readonly string[]>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) => [value].flat().map(each => [name, String(each)]))
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`
}

/** What whoever follows the wire has: versions by uri, as the changes leave them. */
export class Follower {
  readonly held = new Map<string, string>()
  cursor: string | undefined
  readonly #server: WireServer
  readonly #query: Record<string, string | number | readonly string[]>

  constructor(server: WireServer, query: Record<string, string | number | readonly string[]> = {}) {
    this.#server = server
    this.#query = query
  }

  /** The loop of a partner, to the end of what there is. Returns what it was told, `ACTION NAME`. */
  async follow(): Promise<string[]> {
    const told: string[] = []
    for (;;) {
      const query = this.cursor === undefined ? this.#query : { ...this.#query, after: this.cursor }
      const { cursor, changes, more } = await this.#server.page(query)
      for (const change of changes) {
        this.take(change)
        told.push(`${change.action} ${nameOf(change)}`)
      }
      this.cursor = cursor
      if (!more) return told
    }
  }

  take({ action, article: { uri, version } }: WireChange): void {
    if (action === 'kill' || action === 'withhold') this.held.delete(uri)
    else this.held.set(uri, version)
  }
}

/** Headline, or the end of the uri where there is none. */
export function nameOf({ article: { uri, headlines } }: WireChange): string {
  const [headline] = (headlines ?? []) as { value: string }[]
  return headline?.value ?? uri.slice(uri.lastIndexOf('/') + 1)
}

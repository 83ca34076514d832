import { setTimeout as pause } from 'node:timers/promises'
import { follow } from '../../../src/client/follow.ts'
import { openStream } from '../../serve/wire/event-stream.ts'
import { queryOf, type WireChange, type WireDocument } from '../../serve/wire/wire-server.ts'

/** Is told of every change that shows a text, with the moment at which it was asked for (`performance.now`). */
export type Witness = (change: WireChange, asked: number) => void

/** Follows by itself, whatever fails, and keeps what it has: versions by uri. */
export interface Partner {
  name: string
  way: Way
  held: Map<string, string>
  /** What it was told last, `ACTION KEY VERSION CURSOR`: for whoever asks why something is wrong. */
  told: string[]
  stop: () => Promise<void>
}

export const ways = ['poll', 'long poll', 'stream', 'client'] as const
export type Way = (typeof ways)[number]

interface PartnerOptions {
  name: string
  /** Of an edge: `http://HOST:PORT`. */
  address: string
  token: string
  /** Changes in a page. */
  limit: number
  witness: Witness
}

interface Following extends PartnerOptions {
  held: Map<string, string>
  told: string[]
  signal: AbortSignal
}

/** Milliseconds between two questions of one who polls, and after a failure. */
const rest = 150

export function startPartner(way: Way, options: PartnerOptions): Partner {
  const over = new AbortController()
  const held = new Map<string, string>()
  const told: string[] = []
  const following = { ...options, held, told, signal: over.signal }
  const done = loops[way](following).catch((error: unknown) => {
    if (!over.signal.aborted) throw error
  })
  const stop = async () => {
    over.abort()
    await done
  }
  return { name: options.name, way, held, told, stop }
}

const loops: Record<Way, (following: Following) => Promise<void>> = {
  poll: following => pollEvery(following, 0),
  'long poll': following => pollEvery(following, 3),
  stream: streamOn,
  client: followOn,
}

/** The loop of the guide for partners, which also survives what the guide does not tell of. */
async function pollEvery(following: Following, wait: number): Promise<void> {
  const { address, token, limit, witness, signal } = following
  let after: string | undefined
  while (!signal.aborted) {
    const asked = performance.now()
    const query = queryOf({ limit, ...(wait > 0 && { wait }), ...(after !== undefined && { after }) })
    const response = await fetch(`${address}/wire${query}`, {
      headers: { Authorization: `Bearer ${token}` },
      signal,
    }).catch(() => undefined)
    const document = (await response?.json().catch(() => undefined)) as WireDocument | undefined
    if (response?.status === 410) {
      forget(following, '410')
      after = undefined
    } else if (response?.status === 200 && document !== undefined) {
      for (const change of document.changes) take(following, change, () => witness(change, asked))
      after = document.cursor
      if (document.more) continue
    }
    if (wait === 0 || response?.status !== 200) await pause(rest)
  }
}

async function streamOn(following: Following): Promise<void> {
  const { address, token, witness, signal } = following
  let last: string | undefined
  while (!signal.aborted) {
    const asked = performance.now()
    const headers = { Authorization: `Bearer ${token}`, ...(last !== undefined && { 'Last-Event-ID': last }) }
    const stream = await openStream(`${address}/wire/stream`, headers).catch(() => undefined)
    note(following, `stream ${stream?.status} ${last}`)
    if (stream?.status === 200) {
      const end = () => void stream[Symbol.asyncDispose]()
      signal.addEventListener('abort', end)
      for (let event = await stream.next(); event !== undefined && !signal.aborted; event = await stream.next()) {
        if (event.event === 'reset') {
          forget(following, 'reset')
          last = undefined
        } else if (event.event === 'heartbeat')
          note(following, `beat ${event.id} ${event.data.slice(0, 60).replaceAll(' ', '')}`)
        else {
          const change = JSON.parse(event.data) as WireChange
          take(following, change, () => witness(change, asked))
        }
        last = event.id ?? last
      }
      signal.removeEventListener('abort', end)
    }
    await stream?.[Symbol.asyncDispose]()
    await pause(rest)
  }
}

async function followOn(following: Following): Promise<void> {
  const { address, token, limit, signal } = following
  let after: string | undefined
  while (!signal.aborted) {
    try {
      for await (const change of follow(`${address}/wire`, {
        token,
        limit,
        after,
        signal,
        onTrouble: () => undefined,
      })) {
        if (change.action === 'reset') forget(following, 'reset')
        else take(following, change, () => undefined)
        after = 'cursor' in change ? change.cursor : undefined
      }
    } catch {
      // It begins anew where its cursor is refused, as one does by hand.
      forget(following, 'refused')
      after = undefined
      await pause(rest)
    }
  }
}

const mostTold = 2_000

function note({ told }: Following, line: string): void {
  told.push(line)
  if (told.length > mostTold) told.shift()
}

function forget(following: Following, why: string): void {
  following.held.clear()
  note(following, why)
}

function take(
  following: Following,
  { action, cursor, article: { uri, version } }: Pick<WireChange, 'action' | 'cursor' | 'article'>,
  shows: () => void,
): void {
  const { held } = following
  note(following, `${action} ${uri.slice(-16)} ${version} ${cursor}`)
  if (action === 'kill' || action === 'withhold') held.delete(uri)
  else {
    held.set(uri, version)
    shows()
  }
}

import type { Page } from '../../wire/page.ts'
import { putJson } from '../../wire/written.ts'

/** Made once for all who get the same. */
const made = new WeakMap<object, Buffer>()

/** The changes of a page as server-sent events (HTML standard, 9.2): `id` the cursor, `event` the action, `data` the change. */
export function framesOf(page: Pick<Page, 'changes'>): Buffer {
  const known = made.get(page)
  if (known !== undefined) return known
  const heads = page.changes.map(({ cursor, action }) => `id: ${cursor}\nevent: ${action}\ndata: `)
  const frames = Buffer.allocUnsafe(
    page.changes.reduce((sum, { length }, i) => sum + heads[i]!.length + length + end.length, 0),
  )
  let at = 0
  for (const [i, change] of page.changes.entries()) {
    at += frames.write(heads[i]!, at)
    at = putJson(change, frames, at)
    at += frames.write(end, at)
  }
  made.set(page, frames)
  return frames
}

const end = '\n\n'

const chunks = new WeakMap<Buffer, Buffer>()

/** Bytes as a chunk of an answer (RFC 9112, 7.1): made once for all who get them. */
export function chunkOf(bytes: Buffer): Buffer {
  const known = chunks.get(bytes)
  if (known !== undefined) return known
  const chunk = Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
  chunks.set(bytes, chunk)
  return chunk
}

/** How long a client waits before it comes again, in milliseconds. */
export const greeting = 'retry: 2000\n\n'

/** The cursor is lost: what follows is the view anew. */
export const reset = 'event: reset\ndata: {}\n\n'

export interface Beat {
  cursor: string
  /** Absent while the view does not hold still. */
  digest?: string
  count?: number
}

export function heartbeat(beat: Beat): Buffer {
  return Buffer.from(`id: ${beat.cursor}\nevent: heartbeat\ndata: ${JSON.stringify(beat)}\n\n`)
}

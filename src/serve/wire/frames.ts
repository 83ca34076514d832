import type { Page } from '../../wire/page.ts'

/** Made once for all who get the same. */
const made = new WeakMap<object, Buffer>()

/** The changes of a page as server-sent events (HTML standard, 9.2): `id` the cursor, `event` the action, `data` the change. */
export function framesOf(page: Pick<Page, 'changes'>): Buffer {
  const known = made.get(page)
  if (known !== undefined) return known
  const frames = Buffer.from(
    page.changes.map(({ cursor, action, json }) => `id: ${cursor}\nevent: ${action}\ndata: ${json}\n\n`).join(''),
  )
  made.set(page, frames)
  return frames
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

export function heartbeat(beat: Beat): string {
  return `id: ${beat.cursor}\nevent: heartbeat\ndata: ${JSON.stringify(beat)}\n\n`
}

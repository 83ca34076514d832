import { setTimeout as pause } from 'node:timers/promises'
import type { WireSource } from '../../source.ts'
import type { Store } from '../../store/store.ts'
import { version } from '../../version.ts'
import { askParent, clientOf, WireFault } from '../sources/wire.ts'

interface WireWatchOptions {
  store: Store
  /** Is called where a round has something to read. */
  nudge: () => void
  signal: AbortSignal
}

/** Seconds for which the other one may hold a question. */
const wait = 30

/** Milliseconds: between two questions at least, between two looks at what a round does, until it is nudged again, and the longest pause after failures. */
const pauses = { least: 1000, look: 100, patience: 10_000, longest: 15_000 }

/**
 * Waits at the end of the wire that a source follows, by long poll, and nudges a round when there is something to read. It keeps and changes nothing, so
 * that there may be one in every worker. Disposing of it ends the question under way.
 */
export function watchWire(source: WireSource, { store, nudge, signal }: WireWatchOptions): AsyncDisposable {
  const over = new AbortController()
  const stop = () => over.abort()
  signal.addEventListener('abort', stop)
  const watching = new WireWatch(source, { store, nudge, signal: over.signal }).run()
  return {
    async [Symbol.asyncDispose]() {
      signal.removeEventListener('abort', stop)
      stop()
      await watching
    },
  }
}

class WireWatch {
  readonly #source: WireSource
  readonly #options: WireWatchOptions

  constructor(source: WireSource, options: WireWatchOptions) {
    this.#source = source
    this.#options = options
  }

  async run(): Promise<void> {
    const { signal } = this.#options
    await using client = clientOf(this.#source, `Feedwire/${version}`)
    for (let failures = 0; !signal.aborted;) {
      const began = performance.now()
      try {
        const { after, walk } = await this.#state()
        // What has just begun is for the rounds to go on with.
        const question = { after, wait, limit: 1, now: Date.now(), signal }
        const page = walk || after === undefined ? 'lost' : await askParent(this.#source, client, question)
        failures = 0
        if (page === 'lost' || page.changes.length > 0 || page.more) await this.#round()
        else await this.#rest(pauses.least - (performance.now() - began))
      } catch (error) {
        const asked = error instanceof WireFault ? error.wait * 1000 : 0
        await this.#rest(Math.max(asked, Math.min(pauses.least * 2 ** Math.min(failures++, 10), pauses.longest)))
      }
    }
  }

  /** Nudges a round, and gives it time to go on from here. */
  async #round(): Promise<void> {
    const { nudge, signal } = this.#options
    const before = JSON.stringify(await this.#state())
    nudge()
    for (let left = pauses.patience; left > 0 && !signal.aborted; left -= pauses.look) {
      await this.#rest(pauses.look)
      if (JSON.stringify(await this.#state()) !== before) return
    }
  }

  async #state() {
    const { state } = await this.#options.store.followed.get(this.#source.name)
    return state ?? { after: undefined, walk: undefined }
  }

  /** Milliseconds. */
  async #rest(time: number): Promise<void> {
    const { signal } = this.#options
    if (time > 0) await pause(Math.min(time, 86_400_000), undefined, { signal }).catch(() => undefined)
  }
}

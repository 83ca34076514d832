import type { Digest } from '../../wire/digests.ts'
import type { Asker } from './asker.ts'
import { heartbeat } from './frames.ts'
import type { Stream } from './stream.ts'

/** Milliseconds. */
const times = {
  /** Between two heartbeats of a stream. */
  beat: 15_000,
  /** After which a stream has to come again; up to a tenth more or less. */
  life: 600_000,
  /** Between two looks at whose time has come. */
  look: 1000,
  /** In which all have ended when the process drains. */
  drain: 700,
}

interface Followed {
  stream: Stream
  /** `performance.now()` of its next heartbeat, and of its end. */
  beatAt: number
  endAt: number
}

export interface StreamsOptions {
  digest: (asker: Asker, feeds: readonly string[] | undefined) => Promise<Digest | undefined>
  /** Aborted when the process takes its leave. */
  draining: AbortSignal
}

/** The streams of a process: their heartbeats, and their ends. */
export class Streams {
  readonly #options: StreamsOptions
  readonly #followed = new Set<Followed>()
  #clock: NodeJS.Timeout | undefined

  constructor(options: StreamsOptions) {
    this.#options = options
    options.draining.addEventListener('abort', () => this.#drain(), { once: true })
  }

  /** How many there are. */
  get size(): number {
    return [...this.#followed].filter(({ stream }) => !stream.isClosed).length
  }

  follow(stream: Stream): void {
    const now = performance.now()
    const life = times.life * (0.9 + Math.random() * 0.2)
    this.#followed.add({ stream, beatAt: now + times.beat, endAt: now + life })
    this.#clock ??= setInterval(() => void this.look(performance.now()), times.look).unref()
  }

  /** Does what is due at a moment (milliseconds of `performance.now()`). */
  async look(now: number): Promise<void> {
    const due: Stream[] = []
    for (const followed of this.#followed) {
      const { stream } = followed
      if (stream.isClosed) this.#followed.delete(followed)
      else if (followed.endAt <= now) stream.end()
      else if (followed.beatAt <= now) {
        followed.beatAt = now + times.beat
        due.push(stream)
      }
    }
    if (this.#followed.size === 0) {
      clearInterval(this.#clock)
      this.#clock = undefined
    }
    await this.#beat(due)
  }

  /** One digest for all of one view, one frame for all who stand at the same place. */
  async #beat(due: readonly Stream[]): Promise<void> {
    for (const streams of byView(due).values()) {
      const [{ asker, watch }] = streams as [Stream]
      const digest = await this.#digestOf(asker, watch.feeds)
      const frames = new Map<string, Buffer>()
      for (const stream of streams) {
        stream.look()
        const { seat } = stream
        if (seat === undefined || stream.isClosed) continue
        const { cursor, position } = seat
        const frame = frames.get(cursor) ?? heartbeat({ cursor, ...digestAt(position, digest) })
        frames.set(cursor, frame)
        stream.write(frame)
      }
    }
  }

  /** Undefined while the view does not hold still, or Redis cannot be asked. */
  async #digestOf(asker: Asker, feeds: readonly string[] | undefined): Promise<Digest | undefined> {
    return await this.#options.digest(asker, feeds).catch(() => undefined)
  }

  #drain(): void {
    clearInterval(this.#clock)
    for (const { stream } of this.#followed) setTimeout(() => stream.end(), Math.random() * times.drain)
    this.#followed.clear()
  }
}

function byView(streams: readonly Stream[]): Map<string, Stream[]> {
  const views = new Map<string, Stream[]>()
  for (const stream of streams) {
    const others = views.get(stream.watch.key)
    if (others === undefined) views.set(stream.watch.key, [stream])
    else others.push(stream)
  }
  return views
}

/** Of another place it would prove nothing. */
function digestAt(position: number, found: Digest | undefined): { digest?: string; count?: number } {
  if (found === undefined || position < found.since || position > found.position) return {}
  return { digest: found.digest, count: found.count }
}

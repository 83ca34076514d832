import { Agent, fetch } from 'undici'
import type { Logger } from '../log.ts'

/** Milliseconds for one answer of the hub, and for all that is left when the process ends. */
const patience = 10_000

/** Asked side by side, and addresses that wait for a hub that does not answer: of more than that the oldest are given up. */
const atOnce = 4
const most = 10_000

/**
 * Tells WebSub hubs which editions have changed (https://www.w3.org/TR/websub/, section 6), beside what is published. What a
 * hub does not take is told again with the next change; that it takes nothing is said once, until it does.
 */
export class Pings implements AsyncDisposable {
  readonly #log: Logger
  readonly #agent = new Agent({ connections: atOnce })
  readonly #end = new AbortController()
  /** What is to be told, by hub. */
  readonly #waiting = new Map<string, Set<string>>()
  readonly #running = new Map<string, Promise<void>>()
  readonly #failing = new Set<string>()

  constructor(log: Logger) {
    this.#log = log
  }

  /** `topics`: the addresses of editions. Returns at once. */
  tell(hub: string, topics: readonly string[]): void {
    const waiting = this.#waiting.get(hub) ?? new Set()
    this.#waiting.set(hub, waiting)
    for (const topic of topics) waiting.add(topic)
    for (const oldest of waiting) {
      if (waiting.size <= most) break
      waiting.delete(oldest)
    }
    const running = this.#running.get(hub) ?? this.#send(hub, waiting).finally(() => this.#running.delete(hub))
    this.#running.set(hub, running)
  }

  /** When all that hubs take is told. */
  async settled(): Promise<void> {
    await Promise.all(this.#running.values())
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const timer = setTimeout(() => this.#end.abort(), patience)
    await this.settled()
    clearTimeout(timer)
    await this.#agent.destroy()
  }

  /** The first that fails ends it: a hub that is away costs one wait, not one for each edition. */
  async #send(hub: string, waiting: Set<string>): Promise<void> {
    while (waiting.size > 0) {
      const topics = [...waiting].slice(0, atOnce)
      // One that changes while it is told waits anew.
      for (const topic of topics) waiting.delete(topic)
      const refusals = await Promise.all(topics.map(topic => this.#ping(hub, topic)))
      topics.filter((_, at) => refusals[at] !== undefined).forEach(topic => waiting.add(topic))
      const refusal = refusals.find(each => each !== undefined)
      this.#say(hub, refusal, waiting.size)
      if (refusal !== undefined) return
    }
  }

  /** Why it was not taken; undefined where it was. */
  async #ping(hub: string, topic: string): Promise<string | undefined> {
    const body = new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic })
    const signal = AbortSignal.any([AbortSignal.timeout(patience), this.#end.signal])
    try {
      const answer = await fetch(hub, { method: 'POST', body, redirect: 'error', signal, dispatcher: this.#agent })
      await answer.body?.cancel()
      return answer.ok ? undefined : `status ${answer.status}`
    } catch (error) {
      const { cause = error } = error as Error
      return cause instanceof Error ? cause.message : String(cause)
    }
  }

  #say(hub: string, refusal: string | undefined, waiting: number): void {
    if (refusal === undefined) {
      if (this.#failing.delete(hub)) this.#log.info({ hub }, 'the hub takes what changes again')
    } else if (!this.#failing.has(hub)) {
      this.#failing.add(hub)
      this.#log.warn(
        { hub, reason: refusal, waiting },
        'the hub does not take what changes: told again with the next change',
      )
    }
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import type { Story } from './stories.ts'

/** An answer that shows what was taken away. */
export interface Seen {
  mark: string
  url: string
  /** Milliseconds after it was gone everywhere. */
  after: number
}

/** Milliseconds between two rounds of questions. */
const interval = 100

/** Asks every edge, ten times a second, under every address that may know what was taken away. */
export class Prober implements AsyncDisposable {
  readonly seen: Seen[] = []
  /** Answers that were looked through. */
  asked = 0
  /** Rounds of questions that were answered. */
  rounds = 0
  /** What was taken away, and since when it was gone everywhere (milliseconds since 1970). */
  readonly #taken = new Map<Story, number>()
  readonly #ended = new AbortController()
  readonly #running: Promise<void>

  /** `edges` is asked before each round: a restarted edge has another address. */
  constructor(
    private readonly edges: () => readonly string[],
    private readonly common: readonly string[],
  ) {
    this.#running = this.#run()
  }

  /** From now on no answer may have it. */
  add(story: Story): void {
    this.#taken.set(story, Date.now())
  }

  forget(story: Story): void {
    this.#taken.delete(story)
  }

  /** Does no edge show it under any address? */
  async isGone({ mark, paths }: Story): Promise<boolean> {
    const urls = this.edges().flatMap(edge => [...this.common, ...paths].map(path => edge + path))
    const texts = await Promise.all(urls.map(textOf))
    return texts.every(text => !text.includes(mark))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#ended.abort()
    await this.#running
  }

  async #run(): Promise<void> {
    while (!this.#ended.signal.aborted) {
      await Promise.all([pause(interval), ...this.edges().map(edge => this.#round(edge))])
      this.rounds++
    }
  }

  async #round(edge: string): Promise<void> {
    const paths = [...this.common, ...[...this.#taken.keys()].flatMap(taken => taken.paths)]
    await Promise.all(paths.map(path => this.#ask(edge + path)))
  }

  async #ask(url: string): Promise<void> {
    const asked = Date.now()
    const text = await textOf(url)
    if (text === '') return
    this.asked++
    for (const [{ mark }, at] of this.#taken) {
      if (asked >= at && text.includes(mark)) this.seen.push({ mark, url, after: asked - at })
    }
  }
}

/** '' for one that is not there, or stops in the middle: it shows nothing. An error may show something too. */
async function textOf(url: string): Promise<string> {
  try {
    const response = await fetch(url, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(10_000) })
    return await response.text()
  } catch {
    return ''
  }
}

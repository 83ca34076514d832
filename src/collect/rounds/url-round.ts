import type { UrlSource } from '../../source.ts'
import { decodeFile, emptyFile } from '../../store/files.ts'
import { version } from '../../version.ts'
import { Intake, type Counts, type RoundOptions } from './intake.ts'
import type { Desk } from '../identity/place.ts'
import { poll } from '../sources/web.ts'

/** One round of another site's feed: nothing, when it is too early to ask. */
export class UrlRound {
  readonly counts: Counts
  /** Nothing was asked, since the last time failed: that still stands. */
  stillFails = false
  readonly #source: UrlSource
  readonly #options: RoundOptions
  readonly #intake: Intake
  /** Stands for the feed where a folder has paths. Without the query, which may hold a key. */
  readonly #path: string

  constructor(source: UrlSource, options: RoundOptions) {
    this.#source = source
    this.#options = options
    this.#intake = new Intake(() => this.#desk(), options)
    this.counts = this.#intake.counts
    const { origin, pathname } = new URL(source.url)
    this.#path = origin + pathname
  }

  /** Throws when the site cannot be asked, or answers nonsense; the next round asks again later. */
  async run(): Promise<void> {
    await this.#options.store.polls.alone(this.#source.name, () => this.#poll())
  }

  async #poll(): Promise<void> {
    const { store, log, clock, signal } = this.#options
    const { name } = this.#source
    const { site } = await store.definitions.current()
    const userAgent = `Feedwire/${version} (+${site.url})`
    const state = await store.polls.get(name)
    const answer = await poll(this.#source, state, { now: clock(), userAgent, log, ...(signal && { signal }) })
    if (answer.kind === 'fresh') {
      // Older pages first, so that the newest word on an article is the last.
      for (const bytes of answer.pages.toReversed()) {
        await this.#intake.send({
          source: this.#source,
          stored: [{ path: this.#path, bytes, charset: answer.charset }],
        })
      }
      await this.#intake.settled()
    } else {
      const record = decodeFile((await store.files.record(name, this.#path)) ?? emptyFile)
      this.counts.unchanged += record.keys.length
      this.counts.rejected += record.rejects.length
    }
    this.stillFails = answer.kind === 'notYet' && (state?.failures ?? 0) > 0
    if ('state' in answer) await store.polls.keep(name, answer.state)
    if (answer.kind === 'failed') throw answer.error
  }

  #desk(): Desk {
    // All pages are one input, and nothing is known of what lies there but by asking.
    const origin = { isThere: () => true, digestOf: () => undefined }
    const { store, prober, clock } = this.#options
    return { source: this.#source, origin, store, prober, now: clock() }
  }
}

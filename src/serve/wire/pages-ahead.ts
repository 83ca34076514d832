import type { Page } from '../../wire/page.ts'

/** Pages that are kept, and milliseconds for each to be asked for. */
const most = 8
const patience = 2000

interface Ahead {
  page: Promise<Page | undefined>
  timer: NodeJS.Timeout
}

/**
 * Pages that are read before they are asked for: who was told that there is more comes for it as soon as it has read what it got. Redis and this
 * process work meanwhile. What is read so is as old as it is: whoever takes it asks whether it still holds.
 */
export class PagesAhead implements Disposable {
  readonly #pages = new Map<string, Ahead>()

  /** `key` names the question. Where enough are kept, it is left. */
  begin(key: string, read: () => Promise<Page>): void {
    if (this.#pages.size >= most || this.#pages.has(key)) return
    const timer = setTimeout(() => this.#pages.delete(key), patience).unref()
    // Whoever asks for it learns by a question of its own what is wrong.
    this.#pages.set(key, { page: read().catch(() => undefined), timer })
  }

  /** For one who asks: the next reads anew. Undefined where it was not read, or could not be. */
  async take(key: string): Promise<Page | undefined> {
    const ahead = this.#pages.get(key)
    if (ahead === undefined) return undefined
    this.#pages.delete(key)
    clearTimeout(ahead.timer)
    return await ahead.page
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#pages.values()) clearTimeout(timer)
    this.#pages.clear()
  }
}

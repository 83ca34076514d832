import { isCurrent, readPage, type Page, type PageParts, type PageQuestion } from '../../wire/page.ts'

/** Pages that are kept, and milliseconds for each to be asked for. */
const most = 8
const patience = 10_000

interface Ahead {
  /** Undefined: it could not be read. */
  page: Promise<Page | undefined>
  timer: NodeJS.Timeout
}

/**
 * Reads pages, and the next one before it is asked for: who was told that there is more comes for it as soon as it has read what it got, and
 * Redis and this process work meanwhile.
 */
export class PagesAhead implements Disposable {
  readonly #parts: PageParts
  readonly #pages = new Map<string, Ahead>()
  /** What is being read because somebody asks. */
  readonly #asked = new Set<string>()
  #isOver = false

  constructor(parts: PageParts) {
    this.#parts = parts
  }

  /** As `readPage`. `key` names who asks, and for what; to be asked one at a time for a key and a cursor. */
  async read(key: string, question: PageQuestion): Promise<Page> {
    const name = nameOf(key, question)
    this.#asked.add(name)
    try {
      const page = (await this.#takeCurrent(name, question)) ?? (await readPage(question, this.#parts))
      // The answer goes first.
      if (page.more && page.isSettled) setImmediate(() => this.#begin(key, { ...question, after: page.cursor }))
      return page
    } finally {
      this.#asked.delete(name)
    }
  }

  [Symbol.dispose](): void {
    this.#isOver = true
    for (const { timer } of this.#pages.values()) clearTimeout(timer)
    this.#pages.clear()
  }

  /** What was read ahead, if nothing has changed since. */
  async #takeCurrent(name: string, question: PageQuestion): Promise<Page | undefined> {
    const ahead = this.#pages.get(name)
    if (ahead === undefined) return undefined
    clearTimeout(ahead.timer)
    this.#pages.delete(name)
    const page = await ahead.page
    return page !== undefined && (await isCurrent(page, question, this.#parts)) ? page : undefined
  }

  /** Where enough are kept it is left, and where it was asked for before its turn came. */
  #begin(key: string, question: PageQuestion): void {
    const name = nameOf(key, question)
    if (this.#isOver || this.#pages.size >= most || this.#pages.has(name) || this.#asked.has(name)) return
    const timer = setTimeout(() => this.#pages.delete(name), patience).unref()
    // Who asks for it learns by a question of its own what is wrong.
    const page = readPage(question, this.#parts).catch(() => undefined)
    this.#pages.set(name, { page, timer })
  }
}

function nameOf(key: string, { after }: PageQuestion): string {
  return `${key} ${after ?? ''}`
}

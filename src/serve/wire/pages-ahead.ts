import { isCurrent, readPage, type Page, type PageParts, type PageQuestion } from '../../wire/page.ts'

/** Pages that are kept, and milliseconds for each to be asked for. */
const most = 8
const patience = 2000

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

  constructor(parts: PageParts) {
    this.#parts = parts
  }

  /** As `readPage`. `key` names who asks, and for what; to be asked one at a time for a key and a cursor. */
  async read(key: string, question: PageQuestion): Promise<Page> {
    const ahead = await this.#take(nameOf(key, question))
    // What was read ahead is as old as it is.
    const isGood = ahead !== undefined && (await isCurrent(ahead, question, this.#parts))
    const page = isGood ? ahead : await readPage(question, this.#parts)
    // Not before this one has left.
    if (page.more) setImmediate(() => this.#begin(key, { ...question, after: page.cursor }))
    return page
  }

  [Symbol.dispose](): void {
    for (const { timer } of this.#pages.values()) clearTimeout(timer)
    this.#pages.clear()
  }

  async #take(name: string): Promise<Page | undefined> {
    const ahead = this.#pages.get(name)
    clearTimeout(ahead?.timer)
    this.#pages.delete(name)
    return await ahead?.page
  }

  /** Where enough are kept, it is left. */
  #begin(key: string, question: PageQuestion): void {
    const name = nameOf(key, question)
    if (this.#pages.size >= most || this.#pages.has(name)) return
    const timer = setTimeout(() => this.#pages.delete(name), patience).unref()
    // Who asks for it learns by a question of its own what is wrong.
    this.#pages.set(name, { page: readPage(question, this.#parts).catch(() => undefined), timer })
  }
}

function nameOf(key: string, { after }: PageQuestion): string {
  return `${key} ${after ?? ''}`
}

import type { FormatName } from './formats/index.ts'

/** One article as it is written in each format. */
export type Entry = Readonly<Record<FormatName, Buffer>>

/**
 * Entries kept in memory, the least recently used dropped first: an entry is rendered once per article version and
 * style, whichever feeds show it.
 */
export class Entries {
  readonly #kept = new Map<string, Entry>()
  readonly #limit: number
  #size = 0

  /** `limit` in bytes. */
  constructor(limit = 64 << 20) {
    this.#limit = limit
  }

  has(name: string): boolean {
    return this.#kept.has(name)
  }

  get(name: string): Entry | undefined {
    const entry = this.#kept.get(name)
    if (entry !== undefined) {
      // Put at the end again: a Map keeps the order of insertion.
      this.#kept.delete(name)
      this.#kept.set(name, entry)
    }
    return entry
  }

  keep(name: string, entry: Entry): void {
    this.#drop(name)
    this.#kept.set(name, entry)
    this.#size += sizeOf(entry)
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) break
      this.#drop(oldest)
    }
  }

  #drop(name: string): void {
    const entry = this.#kept.get(name)
    if (entry === undefined) return
    this.#size -= sizeOf(entry)
    this.#kept.delete(name)
  }
}

function sizeOf(entry: Entry): number {
  return Object.values(entry).reduce((size, { length }) => size + length, 0)
}

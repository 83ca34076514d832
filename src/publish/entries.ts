/**
 * Entries kept in memory, the least recently used dropped first: an entry is rendered once per article version,
 * format and style, whichever feeds show it.
 */
export class Entries {
  readonly #kept = new Map<string, string>()
  readonly #limit: number
  #size = 0

  /** `limit` in characters. */
  constructor(limit = 64 << 20) {
    this.#limit = limit
  }

  get(name: string): string | undefined {
    const entry = this.#kept.get(name)
    if (entry !== undefined) {
      // Put at the end again: a Map keeps the order of insertion.
      this.#kept.delete(name)
      this.#kept.set(name, entry)
    }
    return entry
  }

  keep(name: string, entry: string): void {
    this.#drop(name)
    this.#kept.set(name, entry)
    this.#size += entry.length
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) break
      this.#drop(oldest)
    }
  }

  #drop(name: string): void {
    this.#size -= this.#kept.get(name)?.length ?? 0
    this.#kept.delete(name)
  }
}

/**
 * Answers the same question of many at once: one answer at a time for a key. Who asks while one is made gets the next, which is begun after
 * that: no answer is older than its question.
 */
export class InTurn<Answer> {
  readonly #made = new Map<string, { now: Promise<unknown>; next?: Promise<Answer> }>()

  ask(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const turn = this.#made.get(key)
    if (turn === undefined) return this.#begin(key, make)
    turn.next ??= turn.now.then(
      () => this.#begin(key, make),
      () => this.#begin(key, make),
    )
    return turn.next
  }

  #begin(key: string, make: () => Promise<Answer>): Promise<Answer> {
    const now = make()
    const turn: { now: Promise<unknown>; next?: Promise<Answer> } = { now }
    this.#made.set(key, turn)
    const end = () => {
      if (turn.next === undefined) this.#made.delete(key)
    }
    now.then(end, end)
    return now
  }
}

import type { Page } from '../../wire/page.ts'
import type { Seat, Waiter } from './waiting-room.ts'

/** Nothing has come: the cursor to go on with. */
export type Rest = Pick<Page, 'cursor' | 'changes' | 'more'>

/** Waits for one page. There are thousands, so it is a timer and a promise, and nothing else. */
export class Poll implements Waiter {
  #seat: Seat | undefined
  #timer: NodeJS.Timeout | undefined
  #resolve: ((page: Page | Rest) => void) | undefined
  #reject: ((error: Error) => void) | undefined
  #isOver = false
  readonly #all: Set<Poll>

  /** `all`: where it stands while it waits. */
  constructor(all: Set<Poll>) {
    this.#all = all
  }

  /** Nobody waits for it any more. */
  get isOver(): boolean {
    return this.#isOver
  }

  /** What comes within so many milliseconds, or else that there is nothing yet. */
  wait(seat: Seat, most: number): Promise<Page | Rest> {
    this.#seat = seat
    this.#all.add(this)
    this.#timer = setTimeout(endOf, most, this)
    return new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  told(page: Page): boolean {
    this.#resolve?.(page)
    this.#leave()
    return false
  }

  failed(error: Error): void {
    this.#reject?.(error)
    this.#leave()
  }

  /** Its time is over, its connection gone, or the process takes its leave. */
  end(): void {
    if (this.#seat !== undefined) this.#resolve?.({ cursor: this.#seat.cursor, changes: [], more: false })
    this.#leave()
  }

  #leave(): void {
    this.#isOver = true
    this.#all.delete(this)
    clearTimeout(this.#timer)
    this.#seat?.leave()
    this.#seat = this.#timer = this.#resolve = this.#reject = undefined
  }
}

function endOf(poll: Poll): void {
  poll.end()
}

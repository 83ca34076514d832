import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '../../wire/page.ts'
import { Refused } from '../../wire/refused.ts'
import type { Asker } from './asker.ts'
import { framesOf, reset } from './frames.ts'
import type { Seat, Waiter, WaitingRoom, Watch } from './waiting-room.ts'

/** Bytes that a reader may leave unread before it is cut off. */
const mostUnread = 1_000_000

/** Milliseconds until Redis is asked again. */
const again = 1000

export interface StreamOptions {
  /** A page with changes, or the end of the view. */
  read: (watch: Watch, after: string | undefined) => Promise<Page>
  room: WaitingRoom
  asker: Asker
  watch: Watch
  response: ServerResponse
}

/**
 * One who is told everything as it comes. At the end of the view it waits with all others who stand there, and gets what they get; where
 * it is behind, it reads pages of its own, as fast as it takes them.
 */
export class Stream implements Waiter {
  readonly watch: Watch
  readonly asker: Asker
  readonly #options: StreamOptions
  readonly #response: ServerResponse
  readonly #closed = new AbortController()
  #seat: Seat | undefined
  /** Bytes that the connection had taken when it was last looked at. */
  #taken = -1

  constructor(options: StreamOptions) {
    const { asker, watch, response } = options
    this.#options = options
    this.asker = asker
    this.watch = watch
    this.#response = response
    response.once('close', () => {
      this.#closed.abort()
      this.#seat?.leave()
    })
  }

  /** Where it waits; undefined while it reads. */
  get seat(): Seat | undefined {
    return this.#seat
  }

  get isClosed(): boolean {
    return this.#closed.signal.aborted
  }

  /** Waits where it comes with this cursor, if others stand there and nothing has come. */
  sitDown(cursor: string): boolean {
    this.#seat = this.#options.room.seatAt(this.watch, cursor, this)
    return this.#seat !== undefined
  }

  /** Goes on behind a page that was read for it. */
  start(page: Page): void {
    this.#catchUp(page).catch(() => this.end())
  }

  readonly told = (page: Page): boolean => {
    if (this.isClosed || !this.write(framesOf(page))) return false
    if (!page.more) return true
    this.#seat = undefined
    this.#readOn(page.cursor)
    return false
  }

  readonly failed = (refused: Refused): void => {
    this.#seat = undefined
    if (refused.why === 'lost') this.#begin()
    else this.end()
  }

  /** False: it has left too much unread, and is cut off. */
  write(bytes: Buffer | string): boolean {
    this.#response.write(bytes)
    if (this.#response.writableLength <= mostUnread) return true
    this.#response.destroy()
    return false
  }

  /** Cuts it off if it has taken nothing of what waits for it since the last time. */
  look(): void {
    const { socket, writableLength } = this.#response
    const taken = socket?.bytesWritten ?? 0
    if (writableLength > 0 && taken === this.#taken) this.#response.destroy()
    this.#taken = taken
  }

  /** The client comes again by itself, with its last id. */
  end(): void {
    this.#seat?.leave()
    this.#response.end()
  }

  #begin(): void {
    this.write(reset)
    this.#readOn(undefined)
  }

  #readOn(cursor: string | undefined): void {
    this.#read(cursor)
      .then(page => page && this.#catchUp(page))
      .catch(() => this.end())
  }

  async #catchUp(first: Page): Promise<void> {
    let page: Page | undefined = first
    while (page !== undefined && !this.isClosed) {
      if (page.changes.length > 0 && !this.write(framesOf(page))) return
      if (!page.more) {
        this.#seat = this.#options.room.enter(this.watch, page, this)
        return
      }
      if (this.#response.writableNeedDrain) await once(this.#response, 'drain', { signal: this.#closed.signal })
      page = await this.#read(page.cursor)
    }
  }

  /** Undefined where it has ended. While Redis is away it waits for it. */
  async #read(cursor: string | undefined): Promise<Page | undefined> {
    while (!this.isClosed) {
      try {
        return await this.#options.read(this.watch, cursor)
      } catch (error) {
        if (error instanceof Refused) {
          this.failed(error)
          return undefined
        }
        await pause(again, undefined, { signal: this.#closed.signal }).catch(() => undefined)
      }
    }
    return undefined
  }
}

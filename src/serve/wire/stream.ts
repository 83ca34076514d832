import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from '../../wire/page.ts'
import { Refused } from '../../wire/refused.ts'
import type { Asker } from './asker.ts'
import { chunkOf, framesOf, reset } from './frames.ts'
import type { Seat, Waiter, WaitingRoom, Watch } from './waiting-room.ts'

/** Bytes that a reader may leave unread before it is cut off. */
const mostUnread = 1_000_000

/** Milliseconds until Redis is asked again. */
const again = 1000

export interface StreamParts {
  /** A page with changes, or the end of the view. */
  read: (watch: Watch, after: string | undefined) => Promise<Page>
  room: WaitingRoom
}

/**
 * One who is told everything as it comes. At the end of the view it waits with all others who stand there, and gets what they get; where
 * it is behind, it reads pages of its own, as fast as it takes them. There are thousands of them: what they have in common is in `parts`.
 */
export class Stream implements Waiter {
  readonly watch: Watch
  readonly asker: Asker
  readonly #parts: StreamParts
  readonly #response: ServerResponse
  #isClosed = false
  #seat: Seat | undefined
  /** Bytes that the connection had taken when it was last looked at. */
  #taken = -1

  constructor(
    parts: StreamParts,
    { asker, watch, response }: { asker: Asker; watch: Watch; response: ServerResponse },
  ) {
    this.#parts = parts
    this.asker = asker
    this.watch = watch
    this.#response = response
    response.once('close', () => {
      this.#isClosed = true
      this.#seat?.leave()
    })
  }

  /** Where it waits; undefined while it reads. */
  get seat(): Seat | undefined {
    return this.#seat
  }

  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Waits where it comes with this cursor, if others stand there and nothing has come. */
  sitDown(cursor: string): boolean {
    this.#seat = this.#parts.room.seatAt(this.watch, cursor, this)
    return this.#seat !== undefined
  }

  /** Goes on behind a page that was read for it. */
  start(page: Page): void {
    this.#catchUp(page).catch(() => this.end())
  }

  told(page: Page): boolean {
    if (this.#isClosed || !this.write(framesOf(page))) return false
    if (!page.more) return true
    this.#seat = undefined
    this.#readOn(page.cursor)
    return false
  }

  failed(refused: Refused): void {
    this.#seat = undefined
    if (refused.why === 'lost') this.#begin()
    else this.end()
  }

  /**
   * False: it has left too much unread, and is cut off. What many get goes straight to their connections, as the one piece that it was made
   * for all; the response would put it together anew for each, and write it in three.
   */
  write(bytes: Buffer | string): boolean {
    const response = this.#response
    if (response.writableEnded) return false
    const { socket } = response
    // A response that stands behind another of its connection has none yet.
    if (typeof bytes === 'string' || socket === null) response.write(bytes)
    else socket.write(response.chunkedEncoding ? chunkOf(bytes) : bytes)
    if (response.writableLength <= mostUnread) return true
    response.destroy()
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
    while (page !== undefined && !this.#isClosed) {
      if (page.changes.length > 0 && !this.write(framesOf(page))) return
      if (!page.more) {
        this.#seat = this.#parts.room.enter(this.watch, page, this)
        return
      }
      const { socket } = this.#response
      if (socket?.writableNeedDrain) await drained(socket)
      page = await this.#read(page.cursor)
    }
  }

  /** Undefined where it has ended. While Redis is away it waits for it. */
  async #read(cursor: string | undefined): Promise<Page | undefined> {
    while (!this.#isClosed) {
      try {
        return await this.#parts.read(this.watch, cursor)
      } catch (error) {
        if (error instanceof Refused) {
          this.failed(error)
          return undefined
        }
        await pause(again, undefined, { ref: false })
      }
    }
    return undefined
  }
}

/** Resolves when all that waited for the reader is with it, or it is gone. */
function drained(socket: Socket): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      socket.off('drain', done).off('close', done)
      resolve()
    }
    socket.once('drain', done).once('close', done)
  })
}

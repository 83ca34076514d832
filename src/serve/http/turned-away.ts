import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'
import type { Logger } from '../../log.ts'

/** Why connections are closed before anything is heard of them. */
type Want = 'files' | 'room'

const remedies: Record<Want, string> = {
  files:
    'connections are closed unheard: no open file is left for them; allow more by `ulimit -n` (systemd: LimitNOFILE)',
  room: 'connections are closed unheard: no more are taken by one process; run more of them by `--processes`, and allow them files by `ulimit -n`',
}

/** Connections that are closed unheard: one line when it begins, with the remedy, and one when it is over. */
export class TurnedAway {
  #count = 0
  #outage: { before: number; seen: number } | undefined

  constructor(private readonly log: Logger | undefined) {}

  /** Connections since the start. Those that the system library closes for want of files are not among them: it tells nobody. */
  get count(): number {
    return this.#count
  }

  /** One was closed. */
  add(want: Want): void {
    this.#begin(want)
    this.#count++
  }

  /**
   * Is it over, or does it begin? Where files have run out libuv accepts a connection and closes it in silence, so whether
   * there are any is tried here.
   */
  look(): void {
    if (!areFilesLeft()) return this.#begin('files')
    const outage = this.#outage
    if (outage === undefined) return
    const isOver = outage.seen === this.#count
    outage.seen = this.#count
    if (!isOver) return
    this.#outage = undefined
    this.log?.info({ turnedAway: this.#count - outage.before }, 'connections are taken again')
  }

  #begin(want: Want): void {
    if (this.#outage !== undefined) return
    this.#outage = { before: this.#count, seen: -1 }
    this.log?.error(remedies[want])
  }
}

function areFilesLeft(): boolean {
  try {
    closeSync(openSync(devNull, 'r'))
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return code !== 'EMFILE' && code !== 'ENFILE'
  }
}

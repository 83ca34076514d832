import { randomUUID } from 'node:crypto'
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** A line of a journal. Numbers rise. */
export interface Line {
  number: number
  text: string
}

/** What a process that is no more has left behind. */
export interface LeftOver {
  id: string
  lines: Line[]
  /** When its lines are where they belong. False: the process still lives. */
  remove: () => boolean
}

/**
 * What a process still has to tell the store, in a file of its own in the data folder, so that it outlives the process,
 * however that ends. It is emptied when all of it is told.
 */
export class Journal implements Disposable {
  readonly id: string
  readonly #folder: string
  #file: number | undefined

  constructor(folder: string) {
    this.#folder = folder
    this.id = `${hostname().replaceAll(/[^\w.]/g, '')}-${process.pid}-${randomUUID().slice(0, 8)}`
  }

  /** When it returns the lines are with the operating system, which outlives the process. Throws where the disk is full. */
  write(lines: readonly Line[]): void {
    this.#file ??= this.#open()
    // The line before may be torn.
    writeSync(this.#file, `\n${lines.map(({ number, text }) => `${number} ${text}\n`).join('')}`)
  }

  /** All of it is told. */
  clear(): void {
    if (this.#file !== undefined) ftruncateSync(this.#file, 0)
  }

  /** What processes that have ended have left here; and those that live, whose lines have to be told twice without harm. */
  leftOver(): LeftOver[] {
    return namesIn(this.#folder)
      .filter(name => name !== this.id)
      .map(id => {
        const path = join(this.#folder, id)
        const remove = () => {
          const isOver = hasEnded(id)
          if (isOver) rmSync(path, { force: true })
          return isOver
        }
        return { id, lines: linesOf(readFileSync(path, 'utf8')), remove }
      })
  }

  [Symbol.dispose](): void {
    if (this.#file === undefined) return
    const isEmpty = fstatSync(this.#file).size === 0
    closeSync(this.#file)
    this.#file = undefined
    if (isEmpty) rmSync(join(this.#folder, this.id), { force: true })
  }

  #open(): number {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    return openSync(join(this.#folder, this.id), 'a', 0o600)
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** Without one that was cut short. */
function linesOf(text: string): Line[] {
  return text
    .split('\n')
    .slice(0, -1)
    .flatMap(line => {
      const [, number, rest] = /^(\d{1,15}) (.*)$/.exec(line) ?? []
      return rest === undefined ? [] : [{ number: Number(number), text: rest }]
    })
}

/** Of another machine's nobody knows. */
function hasEnded(id: string): boolean {
  const [, host, pid] = /^(.*)-(\d+)-[\da-f]{8}$/.exec(id) ?? []
  if (host !== hostname().replaceAll(/[^\w.]/g, '')) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

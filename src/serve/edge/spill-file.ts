import { randomUUID } from 'node:crypto'
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'

/** Bytes of the file; `length` bytes from `at`. */
interface Span {
  at: number
  length: number
}

/** What was put into the file at once, in as many pieces as it came. */
export interface Spilled {
  /** Rejects when the disk does not give back what was put there. */
  read: (piece: number) => Promise<Buffer>
  /** Overwrites it, as soon as what is being read is read to its end. */
  drop: () => void
}

/**
 * One file on local disk for everything that does not fit into memory. Its name is taken away before anything is written:
 * no other process finds it or takes it away, and its bytes are gone when its process ends, however it ends. It costs one
 * open file, and that only while something lies in it. Room that is given back is used again.
 */
export class SpillFile {
  readonly #folder: string
  #opening: Promise<FileHandle> | undefined
  /** What may be written again, in the order of the file; never two beside each other. */
  #free: Span[] = []
  #end = 0
  /** Spans that are not free. */
  #taken = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Rejects, and can be tried again, when the disk does not take it. */
  async write(pieces: readonly Buffer[]): Promise<Spilled> {
    const span = this.#take(pieces.reduce((sum, { length }) => sum + length, 0))
    try {
      const file = await this.#open()
      const { bytesWritten } = await file.writev(pieces, span.at)
      if (bytesWritten < span.length) throw new Error('the disk is full')
      return this.#spilled(file, span, pieces)
    } catch (error) {
      await this.#erase(span)
      throw error
    }
  }

  #spilled(file: FileHandle, span: Span, pieces: readonly Buffer[]): Spilled {
    let { at } = span
    const places = pieces.map(piece => {
      const place = { at, length: piece.length, sum: crc32(piece) }
      at += piece.length
      return place
    })
    // The owner is one of the readers.
    let readers = 1
    const leave = async () => {
      if (--readers === 0) await this.#erase(span)
    }
    let dropped = false
    return {
      read: async piece => {
        const place = places[piece]
        if (dropped || place === undefined) throw new Error('it is not in the file')
        readers++
        try {
          return await readFrom(file, place)
        } finally {
          void leave()
        }
      },
      drop: () => {
        if (!dropped) void leave()
        dropped = true
      },
    }
  }

  /** The first that is large enough, else at the end. */
  #take(length: number): Span {
    this.#taken++
    const found = this.#free.find(span => span.length >= length)
    const at = found?.at ?? this.#end
    if (found === undefined) this.#end += length
    else {
      found.at += length
      found.length -= length
      if (found.length === 0) this.#free.splice(this.#free.indexOf(found), 1)
    }
    return { at, length }
  }

  /** Of a killed article nothing stays on the disk. Where that cannot be written, its room is not used again. */
  async #erase(span: Span): Promise<void> {
    try {
      const file = await this.#opening
      if (file !== undefined) await file.write(Buffer.alloc(span.length), 0, span.length, span.at)
      this.#give(span)
    } catch {
      // The file goes when the last of it does.
    }
    if (--this.#taken > 0) return
    const last = this.#opening
    this.#opening = undefined
    this.#free = []
    this.#end = 0
    // Nothing is left to be lost.
    await last?.then(file => file.close()).catch(() => undefined)
  }

  #give({ at, length }: Span): void {
    const next = this.#free.findIndex(span => span.at > at)
    const index = next < 0 ? this.#free.length : next
    const [before, after] = [this.#free[index - 1], this.#free[index]]
    const joined = { at, length }
    const touchesBefore = before !== undefined && before.at + before.length === at
    const touchesAfter = after !== undefined && at + length === after.at
    if (touchesBefore) Object.assign(joined, { at: before.at, length: before.length + length })
    if (touchesAfter) joined.length += after.length
    this.#free.splice(touchesBefore ? index - 1 : index, Number(touchesBefore) + Number(touchesAfter), joined)
  }

  #open(): Promise<FileHandle> {
    this.#opening ??= openNameless(this.#folder).catch((error: unknown) => {
      this.#opening = undefined
      throw error
    })
    return this.#opening
  }
}

async function openNameless(folder: string): Promise<FileHandle> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    return file
  } catch (error) {
    await file.close()
    throw error
  }
}

/** A disk that gives other bytes is found out. */
async function readFrom(file: FileHandle, { at, length, sum }: Span & { sum: number }): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafeSlow(length), 0, length, at)
  if (bytesRead < length) throw new Error(`the disk gave ${bytesRead} bytes of ${length}`)
  if (crc32(buffer) !== sum) throw new Error('the disk gave other bytes')
  return buffer
}

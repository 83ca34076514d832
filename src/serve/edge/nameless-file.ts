import { randomUUID } from 'node:crypto'
import { mkdir, open, unlink, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * A file on local disk whose name is taken away before anything is written: no other process finds it or takes it away,
 * and its bytes are gone when it is closed or its process ends, however it ends. It costs an open file.
 */
export class NamelessFile {
  #handle: FileHandle | undefined
  #closed = false

  /** Once. Rejects, and can be tried again, when the disk does not take it. */
  async write(folder: string, chunks: readonly Buffer[]): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, randomUUID())
    const handle = await open(path, 'wx+', 0o600)
    try {
      await unlink(path)
      const { bytesWritten } = await handle.writev(chunks)
      if (bytesWritten < chunks.reduce((sum, { length }) => sum + length, 0)) throw new Error('the disk is full')
      if (this.#closed) throw new Error('it was closed meanwhile')
      this.#handle = handle
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Rejects when the disk does not give back so many bytes from there. */
  async read(at: number, length: number): Promise<Buffer> {
    if (this.#handle === undefined) throw new Error('the file is not there')
    const { buffer, bytesRead } = await this.#handle.read(Buffer.allocUnsafeSlow(length), 0, length, at)
    if (bytesRead < length) throw new Error(`the disk gave ${bytesRead} bytes of ${length}`)
    return buffer
  }

  /** What is being read is read to its end. */
  close(): void {
    this.#closed = true
    // Nothing is left to be lost.
    this.#handle?.close().catch(() => undefined)
    this.#handle = undefined
  }
}

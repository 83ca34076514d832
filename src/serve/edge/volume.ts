import { unpack, unpackedLength, type Coding, type PackedBodies } from '../../edition.ts'
import { Body } from './body.ts'
import type { Memory } from './memory.ts'
import type { SpillFile, Spilled } from './spill-file.ts'

/**
 * The bytes of one edition in every coding, and what is made from them. On disk lie gzip and brotli; without a coding they are
 * unpacked again.
 */
export class Volume {
  readonly bodies: Readonly<Record<Coding, Body>>
  readonly #memory: Memory
  readonly #made: Body[] = []
  #spilled: Spilled | undefined
  #isDropped = false
  #written: Promise<void> | undefined
  #isDamaged = false

  /** `before`: what it takes the place of, whose readers will come back. */
  constructor(bytes: PackedBodies, memory: Memory, before?: Volume) {
    this.#memory = memory
    // Nothing here may hold on to the bytes themselves.
    const secure = () => this.#secure()
    this.bodies = {
      identity: new Body(memory, { bring: () => this.#unpacked(), length: unpackedLength(bytes.gzip) }),
      gzip: new Body(memory, { bring: () => this.#read(0), secure }),
      br: new Body(memory, { bring: () => this.#read(1), secure }),
    }
    for (const coding of ['identity', 'gzip', 'br'] as const) {
      const reads = before?.bodies[coding].reads
      const present = bytes[coding]
      if (present !== undefined) this.bodies[coding].place(standAlone(present), reads)
    }
  }

  /** The disk did not give back what was put there. */
  get isDamaged(): boolean {
    return this.#isDamaged
  }

  /** A body that is made from these, as often as it has to. */
  derive(make: () => Promise<Buffer>): Body {
    const body = new Body(this.#memory, { bring: make })
    this.#made.push(body)
    return body
  }

  /** Takes it out of memory and off the disk, at once and for ever. */
  drop(): void {
    for (const body of [...Object.values(this.bodies), ...this.#made]) body.drop()
    this.#isDropped = true
    this.#spilled?.drop()
  }

  /** Both at once, before either leaves: so both are in memory here. */
  async #secure(): Promise<void> {
    const { gzip, br } = this.bodies
    const { spill } = this.#memory
    if (spill === undefined || gzip.bytes === undefined || br.bytes === undefined) return await this.#written
    this.#written ??= this.#write(spill, [gzip.bytes, br.bytes]).catch((error: unknown) => {
      this.#written = undefined
      throw error
    })
    await this.#written
  }

  async #write(spill: SpillFile, pieces: readonly Buffer[]): Promise<void> {
    const spilled = await spill.write(pieces)
    this.#spilled = spilled
    if (!this.#isDropped) return
    spilled.drop()
    throw new Error('it was dropped meanwhile')
  }

  async #read(piece: number): Promise<Buffer> {
    try {
      if (this.#spilled === undefined) throw new Error('it was not written')
      return await this.#spilled.read(piece)
    } catch (error) {
      this.#isDamaged = true
      throw error
    }
  }

  async #unpacked(): Promise<Buffer> {
    return await unpack(await this.bodies.gzip.read())
  }
}

/** A view of a part would keep the whole in memory, whatever it came out of. */
function standAlone(bytes: Buffer): Buffer {
  return bytes.buffer.byteLength === bytes.length ? bytes : Buffer.concat([bytes], bytes.length)
}

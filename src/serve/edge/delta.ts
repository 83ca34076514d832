import { partsAsParcel, type Changes, type Coding } from '../../edition.ts'
import type { Parcel } from '../../parcel.ts'
import type { Body } from './body.ts'
import { encode } from '../../show/coding.ts'
import { withEntries } from '../../show/with-entries.ts'
import type { Volume } from './volume.ts'

/** Does an `A-IM` value (RFC 3229, 10.5.3) accept `feed`? A weight of zero refuses. */
export function acceptsDelta(header: string | undefined): boolean {
  if (header === undefined || header.length > 500) return false
  return header.split(',').some(each => {
    const [name = '', ...parameters] = each.split(';').map(part => part.trim().toLowerCase())
    return name === 'feed' && !parameters.some(parameter => /^q=0(?:\.0*)?$/.test(parameter))
  })
}

/** An edition that a reader has, from which a delta can be told. */
export interface Base {
  /** As the reader sent it, quotes included. */
  etag: string
  /** `modified` of that edition. */
  since: number
}

/** More tags than this no reader sends who keeps one edition. */
const mostTags = 20

/**
 * What has changed in an edition since earlier ones, as documents of the same format with fewer entries: RFC 3229 with
 * the instance-manipulation `feed`. Made when it is first asked for.
 */
export class Deltas {
  readonly #feed: string
  readonly #format: string
  readonly #changes: Changes
  readonly #volume: Volume
  /** By the number of their entries, which names them: who has an older edition misses the same and more. */
  readonly #made = new Map<string, Body>()
  readonly #parcels = new Map<number, Parcel>()

  /** `volume`: of the edition in this format. */
  constructor({ feed, format }: { feed: string; format: string }, changes: Changes, volume: Volume) {
    this.#feed = feed
    this.#format = format
    this.#changes = changes
    this.#volume = volume
  }

  /** Of the editions in an `If-None-Match` the newest that is known. Undefined: only the whole will do. */
  baseOf(ifNoneMatch: string): Base | undefined {
    const { known, cut } = this.#changes
    let newest: Base | undefined
    for (const [tag, hash = ''] of take(ifNoneMatch.matchAll(/"([\w-]{22})(?:\.(?:gzip|br))?"/g), mostTags)) {
      const since = known.get(hash)
      if (since !== undefined && since >= cut && since > (newest?.since ?? -1)) newest = { etag: tag, since }
    }
    return newest
  }

  /** The document in a coding. */
  async body({ since }: Base, coding: Coding): Promise<Buffer> {
    const parts = this.#changes.parts.filter(part => part.since > since)
    const name = `${parts.length} ${coding}`
    const made =
      this.#made.get(name) ?? this.#volume.derive(async () => await encode(await this.#bytesOf(parts), coding))
    this.#made.set(name, made)
    return await made.read()
  }

  /** What one gets with the document. */
  parcel({ since }: Base): Parcel {
    const { parts, gone } = this.#changes
    const missed = parts.filter(part => part.since > since)
    const parcel = this.#parcels.get(missed.length) ?? partsAsParcel(this.#feed, missed, gone)
    this.#parcels.set(missed.length, parcel)
    return parcel
  }

  async #bytesOf(parts: Changes['parts']): Promise<Buffer> {
    const bytes = await this.#volume.bodies.identity.read()
    return withEntries(parts, { bytes, parts: this.#changes.parts, format: this.#format }).bytes
  }
}

function* take<T>(values: Iterable<T>, most: number): Generator<T> {
  let taken = 0
  for (const value of values) {
    if (taken++ === most) return
    yield value
  }
}

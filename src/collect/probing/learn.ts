import { packBody, shortDigest, unpackBody } from '../../store/body.ts'
import type { Prober } from './prober.ts'
import type { Place } from '../identity/next-version.ts'

/** Articles whose media are asked for side by side. */
const pieceSize = 64

/**
 * Adds to readings what the addresses of their media tell. What the source `said` is kept beside the article, and the same words are neither
 * asked about again nor another version: also when a medium cannot be reached any more.
 */
export async function learn(places: readonly Place[], prober: Prober | undefined): Promise<Place[]> {
  if (prober === undefined) return [...places]
  const learned: Place[] = []
  for (let at = 0; at < places.length; at += pieceSize) {
    const piece = places.slice(at, at + pieceSize)
    learned.push(...(await Promise.all(piece.map(place => learnOne(place, prober)))))
  }
  return learned
}

async function learnOne(place: Place, prober: Prober): Promise<Place> {
  const { reading, was } = place
  if (reading.pubStatus === 'canceled' || was?.pubStatus === 'canceled') return place
  if (was?.said !== undefined && shortDigest(was.said) === reading.body.digest) return place
  const content = unpackBody(reading.body.packed)
  const { media, answered, later } = await prober.complete(content.media ?? [])
  const body = packBody({ ...content, media })
  if (body.digest === reading.body.digest) return { ...place, later }
  return { ...place, later, reading: { ...reading, body }, ...(answered && { said: reading.body.digest }) }
}

import type { Ref } from '../article.ts'
import { hashOf, unpack, type Edition, type Packed } from '../edition.ts'
import { encode } from './coding.ts'
import { withEntries } from './with-entries.ts'

/**
 * The edition without the entries of articles that were taken away; the same one where it has none of them. It stands until it is published
 * anew, under the same date: that one's is later.
 */
export async function cutOut<Each extends Packed>(
  edition: Each,
  isTakenDown: (ref: Ref) => boolean,
): Promise<Each | Edition> {
  const { changes, bodies, format, modified } = edition
  if (!changes?.parts.some(({ ref }) => isTakenDown(ref))) return edition
  const bytes = bodies.identity ?? (await unpack(bodies.gzip))
  const kept = changes.parts.filter(({ ref }) => !isTakenDown(ref))
  const { bytes: identity, parts } = withEntries(kept, { bytes, parts: changes.parts, format })
  const [gzip, br] = await Promise.all([encode(identity, 'gzip'), encode(identity, 'br')])
  // A delta would not tell that something is gone.
  const whole = { ...changes, parts, cut: modified + 1 }
  return { ...edition, hash: hashOf(identity), bodies: { identity, gzip, br }, changes: whole }
}

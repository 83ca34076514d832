import { readArticles, type Reading } from '../../../src/collect/reading/read.ts'
import { Unusable } from '../../../src/errors.ts'
import type { Source } from '../../../src/source.ts'

/** Every article of an input that is to give nothing but articles. Throws the `Unusable` of one that cannot be used. */
export function readings(bytes: Buffer, source: Source): Reading[] {
  return readArticles(bytes, source).map(outcome => {
    if (outcome instanceof Unusable) throw outcome
    if (outcome.pubStatus === 'canceled') throw new Error(`${outcome.ownId} is canceled`)
    return outcome
  })
}

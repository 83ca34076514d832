import type { PackedBodies } from '../edition.ts'
import { seal } from './seal.ts'

/** What a thread of `Sealer` does with the bytes of a feed's editions. */
export default function sealAll(editions: readonly Uint8Array[]): PackedBodies[] {
  return editions.map(seal)
}

import { createHash } from 'node:crypto'
import type { Ref } from './article.ts'

/** How something reaches a partner. */
export type Way = 'edition' | 'delta' | 'archive' | 'page' | 'wire' | 'stream'

/** What is given at once. Made once for all who get the same, and never changed. */
export interface Parcel {
  /** Articles with their versions. */
  articles: readonly (readonly [Ref, version: number])[]
  /** What it says to be taken away, with the position on the wire at which that was. */
  gone: readonly (readonly [Ref, position: number])[]
  /** Those of one series have most of their articles in common. */
  series?: string
}

/** A parcel in somebody's hands. */
export interface Giving {
  partner: string
  way: Way
  parcel: Parcel
  /** Milliseconds since 1970. */
  at: number
}

const names = new WeakMap<Parcel, string>()

/** Another for other articles or versions: 11 characters of base64url. */
export function nameOf(parcel: Parcel): string {
  const known = names.get(parcel)
  if (known !== undefined) return known
  const said = JSON.stringify([parcel.series ?? '', parcel.articles])
  const name = createHash('sha256').update(said).digest('base64url').slice(0, 11)
  names.set(parcel, name)
  return name
}

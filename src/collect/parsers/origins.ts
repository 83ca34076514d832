import type { Origins, Told } from './draft.ts'

/** By what names a format states what, the one that counts first in front. */
export type Statements = Readonly<Partial<Record<Told, readonly string[]>>>

/** Of each list of statements the first that stands in the file. `placeOf`: where one stands; undefined where it is missing. */
export function originsAmong(statements: Statements, placeOf: (statement: string) => string | undefined): Origins {
  const found = Object.entries(statements).flatMap(([told, names]) => {
    const place = names.map(placeOf).find(each => each !== undefined)
    return place === undefined ? [] : [[told, place] as const]
  })
  return Object.fromEntries(found)
}

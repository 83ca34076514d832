import { Unusable } from '../../errors.ts'
import type { Draft } from './draft.ts'

const mostArticles = 5_000

/** Reads one article of each item: an item that cannot become one is its reason, and the others stand. Throws `Unusable` for over 5,000. */
export function eachArticle<T>(items: readonly T[], read: (item: T) => Draft): (Draft | Unusable)[] {
  if (items.length > mostArticles) throw new Unusable(`The file has more than ${mostArticles} articles.`)
  return items.map(item => {
    try {
      return read(item)
    } catch (error) {
      if (error instanceof Unusable) return error
      throw error
    }
  })
}

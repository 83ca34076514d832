import { longestName, podcastCategories } from '../publish/formats/podcast-categories.ts'
import { converted, email, flag, mapping, text, url } from './values.ts'

const authorError = { error: `a text of at most ${longestName} characters` }

/** What a feed says to be a podcast. Whether it has episodes and a picture is checked with the whole feed. */
export const podcast = mapping({
  author: text.refine(author => author.length <= longestName, authorError),
  email: email.optional(),
  category: converted('a category of Apple\'s such as "News" or "News > Daily News"', categoryOf),
  explicit: flag.default(false),
  image: url.optional(),
  copyright: text.optional(),
})

/** `News > Daily News` -> both names, as Apple spells them. */
function categoryOf(written: string): string[] | undefined {
  const [top = '', below, ...more] = written.split('>').map(name => name.trim())
  const known = podcastCategories.get(top)
  if (known === undefined || more.length > 0) return undefined
  if (below === undefined) return [top]
  return known.includes(below) ? [top, below] : undefined
}

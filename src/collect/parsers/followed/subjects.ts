import type { Relation, Subject, Term } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { listIn, numberIn, textIn, type Fields } from '../json.ts'

const lists: readonly (readonly [list: string, rel: Relation])[] = [
  ['people', 'person'],
  ['organisations', 'organisation'],
  ['places', 'place'],
  ['objects', 'product'],
]

const relations = new Map<string | undefined, Relation>([
  ['section', 'section'],
  ['about', 'subject'],
  ['keyword', 'keyword'],
])

/** Everything that it is sorted by, each as it stands in Feedwire's ninjs. */
export function filedAs(
  article: Fields,
): Pick<Draft, 'section' | 'keywords' | 'subjects' | 'genres' | 'slugline' | 'urgency'> {
  const filed = listIn(article, 'subjects').flatMap(entry =>
    termIn(entry).map((term): Subject => ({ ...term, rel: relations.get(textIn(entry, 'rel')) ?? 'subject' })),
  )
  const others = lists.flatMap(([list, rel]) =>
    listIn(article, list).flatMap(entry => termIn(entry).map((term): Subject => ({ ...term, rel }))),
  )
  const told = filed.filter(({ rel, code }) => rel === 'subject' || code !== undefined)
  const urgency = numberIn(article, 'urgency')
  return {
    section: filed.find(({ rel }) => rel === 'section')?.name,
    // Also those with a code: feeds select by the names of all.
    keywords: filed.filter(({ rel }) => rel !== 'section').map(({ name }) => name),
    subjects: [...told, ...others],
    genres: listIn(article, 'genres').flatMap(termIn),
    slugline: textIn(article, 'slugline'),
    ...(urgency !== undefined && Number.isInteger(urgency) && urgency <= 9 && { urgency }),
  }
}

function termIn(entry: Fields): Term[] {
  const [name, code] = [textIn(entry, 'name'), textIn(entry, 'uri', 'literal')]
  return name === undefined ? [] : [{ name, ...(code !== undefined && { code }) }]
}

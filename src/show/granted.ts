import type { Article } from '../article.ts'
import { given, type Fullness } from '../fullness.ts'
import type { Site } from '../site.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'

/** The same for a partner: with the notes to editors, which nobody else gets. */
export function partnerNinjs(article: Article, fullness: Fullness, site: Site): object {
  const ninjs = grantedNinjs(article, fullness, site)
  const notes = [article.note, article.edNote].filter(text => text !== undefined && text !== '').join('\n')
  return notes === '' ? ninjs : { ...ninjs, edNote: notes }
}

/** The article as ninjs 3.1, as much of it as feeds grant. */
export function grantedNinjs(article: Article, fullness: Fullness, site: Site): object {
  const { content } = fullness
  const ninjs = toNinjs(given(article, fullness), site)
  if (content === 'full') return ninjs
  const headline = content === 'headline' && { descriptions: undefined }
  return { ...ninjs, representationType: 'partial', bodies: undefined, ...headline }
}

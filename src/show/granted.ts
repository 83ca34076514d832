import type { Article } from '../article.ts'
import { given, type Fullness } from '../fullness.ts'
import type { Site } from '../site.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'

/** The article as ninjs 3.1, as much of it as feeds grant. */
export function grantedNinjs(article: Article, fullness: Fullness, site: Site): object {
  const { content } = fullness
  const ninjs = toNinjs(given(article, fullness), site)
  if (content === 'full') return ninjs
  const headline = content === 'headline' && { descriptions: undefined }
  return { ...ninjs, representationType: 'partial', bodies: undefined, ...headline }
}

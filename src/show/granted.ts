import type { Article } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Site } from '../site.ts'
import { toNinjs } from '../publish/formats/ninjs.ts'

/** The article as ninjs 3.1, as much of it as public feeds grant. */
export function grantedNinjs(article: Article, content: Feed['content'], site: Site): object {
  const whole = toNinjs(article, site)
  return content === 'full' ? whole : { ...whole, representationType: 'partial', bodies: undefined }
}

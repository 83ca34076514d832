import { createHash } from 'node:crypto'
import type { Source } from '../../source.ts'

/** Where inputs lie, and when they are looked for, has no say in what they mean. */
const whereAndWhen = new Set(['folder', 'include', 'watch', 'missing', 'url', 'wire', 'feeds', 'headers', 'private'])

/** What settings of a source decide about its articles: when they change, every input is read again. */
export function settingsDigest(source: Source): string {
  const deciding = Object.entries(source).filter(([key]) => !whereAndWhen.has(key))
  const settings = deciding.toSorted(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(settings)).digest('base64url').slice(0, 8)
}

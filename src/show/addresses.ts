import type { Site } from '../site.ts'

/** `/feeds/NAME.rss`. */
export function editionPath(feed: string, format: string): string {
  return `/feeds/${feed}.${format}`
}

/** The path of the public address, without a slash at the end: in front of every path that goes out. */
export function prefixOf(site: Site): string {
  return new URL(site.url).pathname.replace(/\/$/, '')
}

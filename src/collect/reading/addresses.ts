import type { Source } from '../../source.ts'
import type { Draft } from '../parsers/draft.ts'
import { absoluteUrl, isRelative } from './links.ts'
import type { Lost } from './sanitise-html.ts'

/**
 * A draft whose relative addresses have a base: the article's own, else the site of its source. Its media are absolute, or
 * gone: `lost` is told of each.
 */
export function withAddresses(draft: Draft, { site }: Pick<Source, 'site'>, lost: (kind: Lost) => void): Draft {
  const baseUrl = draft.baseUrl ?? (site === undefined ? undefined : folderOf(site))
  const isAbsolute = draft.media?.every(medium => !isRelative(medium.url)) ?? true
  if (isAbsolute) return baseUrl === draft.baseUrl ? draft : { ...draft, baseUrl: baseUrl! }
  const media = (draft.media ?? []).flatMap(medium => {
    if (!isRelative(medium.url)) return [medium]
    const url = absoluteUrl(medium.url, 'web', baseUrl)
    if (url === undefined && baseUrl === undefined) lost('medium')
    return url === undefined ? [] : [{ ...medium, url }]
  })
  return { ...draft, media, ...(baseUrl !== undefined && { baseUrl }) }
}

/** `https://e.example/blog` is a folder, as in the head of a page the author would mean it. */
function folderOf(site: string): string {
  const url = new URL(site)
  if (!url.pathname.endsWith('/')) url.pathname += '/'
  return url.href
}

/** Counts what was left out because nobody says to what it is relative. */
export class Losses {
  readonly #counts = { link: 0, medium: 0 }

  readonly add = (kind: Lost): void => {
    this.#counts[kind]++
  }

  /** A sentence, or none. */
  warnings(): string[] {
    const { link, medium } = this.#counts
    const lost = [counted(medium, 'picture', 'pictures'), counted(link, 'link', 'links')].filter(text => text !== '')
    if (lost.length === 0) return []
    return [
      `Left out, since neither the article nor the source's "site" says to what they are relative: ${lost.join(' and ')}.`,
    ]
  }
}

function counted(count: number, one: string, many: string): string {
  return count === 0 ? '' : `${count} ${count === 1 ? one : many}`
}

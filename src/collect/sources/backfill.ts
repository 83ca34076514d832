import type { PollState } from '../../store/polls.ts'
import { decode } from '../reading/decode.ts'
import { atom } from '../parsers/feeds/atom.ts'
import { feedLinks } from '../parsers/feeds/feed-links.ts'
import { jsonFeed } from '../parsers/feeds/json-feed.ts'
import { rss } from '../parsers/feeds/rss.ts'
import { TooLarge } from './body.ts'
import { unexpected, type Question, type WebClient } from './web-client.ts'

type Backfill = PollState['backfill']

/** In all, however many polls it takes. */
const maxPages = 200
const maxTotalBytes = 50_000_000

/** Milliseconds in one poll. */
const longest = 120_000

export interface OlderPages {
  /** From newer to older. */
  pages: Buffer[]
  /** What is to be remembered. */
  backfill: Backfill
  /** Why it ended too soon, where it did. */
  trouble?: Error
}

/**
 * Where a feed's older pages begin: RFC 5005 archives (4) before RFC 5005 pages (3) and JSON Feed's `next_url`. Undefined for
 * what is no feed that can be read: the next page may be one.
 */
export function beginBackfill(text: string, url: URL): Backfill {
  if (![rss, atom, jsonFeed].some(parser => parser.recognises(text))) return undefined
  const next = olderPage(text, url)
  return next === undefined ? 'done' : { next: next.href, pages: 0, bytes: 0 }
}

/** Follows the older pages from where the last poll stopped, on one origin, never to the same address twice. */
export async function fetchOlder(
  client: WebClient,
  start: Exclude<Backfill, 'done' | undefined>,
  newest: URL,
  question: Question,
): Promise<OlderPages> {
  const pages: Buffer[] = []
  const seen = new Set([withoutFragment(newest).href])
  const deadline = performance.now() + longest
  let { next, pages: count, bytes: total } = start
  let url: URL | undefined = new URL(next)
  while (url !== undefined && url.origin === newest.origin && !seen.has(url.href) && count < maxPages) {
    if (performance.now() > deadline) return { pages, backfill: { next, pages: count, bytes: total } }
    next = url.href
    seen.add(next)
    try {
      const maxBytes = Math.min(question.maxBytes, maxTotalBytes - total)
      const answer = await client.get(url, { ...question, maxBytes, within: newest.origin })
      if (answer.status !== 200) throw unexpected(answer)
      url = olderPage(decode(answer.bytes).text, answer.url)
      pages.push(answer.bytes)
      count++
      total += answer.bytes.length
    } catch (error) {
      const trouble = error instanceof Error ? error : new Error(String(error))
      const backfill = trouble.cause instanceof TooLarge ? 'done' : { next, pages: count, bytes: total }
      return { pages, backfill, trouble }
    }
  }
  return { pages, backfill: 'done' }
}

function olderPage(text: string, from: URL): URL | undefined {
  const { prevArchive, next } = feedLinks(text)
  const written = prevArchive ?? next
  if (written === undefined || !URL.canParse(written, from.href)) return undefined
  return withoutFragment(new URL(written, from))
}

function withoutFragment(url: URL): URL {
  const bare = new URL(url)
  bare.hash = ''
  return bare
}

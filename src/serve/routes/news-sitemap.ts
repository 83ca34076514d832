import type { Ref } from '../../article.ts'
import type { Feed } from '../../feed.ts'
import type { Head } from '../../head.ts'
import type { Newsroom } from '../newsroom.ts'
import { Problem } from '../http/problems.ts'
import { makeDocument, type Document } from '../http/send-document.ts'
import { renderSitemap, renderSitemapIndex, sitemapLength, sitemapSpan, sitemapType } from '../../show/sitemap.ts'
import { isShowable } from '../../selection.ts'
import { publicFeeds } from '../../feed.ts'

/** What public feeds held at one moment of what was published lately. */
interface Recent {
  /** Milliseconds since 1970. */
  at: number
  /** On the wire. */
  position: number
  feeds: readonly Feed[]
  /** Newest first: what comes in meanwhile lets nobody who reads one page after the other miss anything. */
  refs: readonly Ref[]
  /** Those that were asked for, by number; the index is 0. */
  documents: Map<number, Promise<Document>>
}

/** Milliseconds: how long nothing is asked, and after how long all is, although nothing changed. */
const glance = 1000
const lifetime = 60_000

/**
 * The news sitemap of the public feeds. However many ask, Redis is asked once a second whether anything changed: often
 * enough for a killed article to be gone. While Redis is away the last one stands.
 */
export class NewsSitemap {
  #looked = -Infinity
  #recent: Promise<Recent | undefined> = Promise.resolve(undefined)

  constructor(
    private readonly newsroom: Newsroom,
    private readonly clock: () => number,
  ) {}

  /** `/sitemap-news.xml`: everything where one page is enough, else the index. Rejects with a `Problem`, as `page` does. */
  async front(): Promise<Document> {
    const recent = await this.#current()
    const pages = pagesOf(recent)
    if (pages === 1) return this.#page(recent, 1)
    return documentOf(recent, 0, () => Promise.resolve(renderSitemapIndex(this.newsroom.site, pages)))
  }

  /** `/sitemap-news-N.xml`, from 1. */
  async page(number: number): Promise<Document> {
    const recent = await this.#current()
    if (number < 1 || number > pagesOf(recent)) throw new Problem(404, 'The sitemap has no such page.')
    return this.#page(recent, number)
  }

  async #page(recent: Recent, number: number): Promise<Document> {
    return documentOf(recent, number, async () => {
      const refs = recent.refs.slice((number - 1) * sitemapLength, number * sitemapLength)
      const heads = await Promise.all(refs.map(ref => this.newsroom.head(ref))).catch(refuse)
      return renderSitemap(this.newsroom.site, heads.filter(isShown))
    })
  }

  async #current(): Promise<Recent> {
    const now = this.clock()
    if (now - this.#looked >= glance) {
      this.#looked = now
      const last = this.#recent.catch(() => undefined)
      this.#recent = last.then(recent => this.#look(recent, now))
    }
    return (await this.#recent)!
  }

  /** What was made with the title of an article that is taken away by now, is not shown any more. */
  #withoutTakenDown(last: Recent): Recent {
    const refs = last.refs.filter(ref => !this.newsroom.isTakenDown(ref))
    return refs.length === last.refs.length ? last : { ...last, refs, documents: new Map() }
  }

  async #look(last: Recent | undefined, now: number): Promise<Recent> {
    const { newsroom } = this
    try {
      const position = await newsroom.position()
      const { feeds } = newsroom
      if (last?.position === position && last.feeds === feeds && now - last.at < lifetime) return last
      const names = publicFeeds(feeds).map(({ name }) => name)
      const refs = await newsroom.publishedSince(names, now - sitemapSpan)
      return { at: now, position, feeds, refs, documents: new Map() }
    } catch (cause) {
      return last === undefined ? refuse(cause) : this.#withoutTakenDown(last)
    }
  }
}

function refuse(cause: unknown): never {
  throw new Problem(503, 'The sitemap cannot be made right now.', { cause })
}

function pagesOf({ refs }: Recent): number {
  return Math.max(1, Math.ceil(refs.length / sitemapLength))
}

/** What was taken away since the refs were read. */
function isShown(head: Head | undefined): head is Head {
  return head !== undefined && isShowable(head)
}

/** Made once, and again after a failure. */
async function documentOf({ documents }: Recent, number: number, render: () => Promise<string>): Promise<Document> {
  const standing = documents.get(number)
  if (standing !== undefined) return standing
  const made = render().then(text => makeDocument(sitemapType, text))
  documents.set(number, made)
  made.catch(() => documents.delete(number))
  return made
}

import { renderDirectory } from '../../show/pages/directory.tsx'
import { htmlType } from '../../show/pages/document.tsx'
import { publicFeeds, type Feed } from '../../feed.ts'
import type { Representations } from '../edge/shelf.ts'
import { makeDocument, sendDocument, type Document } from '../http/send-document.ts'
import type { Newsroom } from '../newsroom.ts'
import { headlineIn, jsonOf } from './newest-on-shelf.ts'
import type { Route } from './route.ts'

/** Feeds whose newest headline is shown: so many editions are unpacked for a page. */
const mostHeadlines = 300

/** How often it is made again for one reader while everything changes. */
const mostTries = 3

/** What the page is made of: it is made anew when one of these is another. */
interface Basis {
  feeds: readonly Feed[]
  editions: readonly (Representations | undefined)[]
}

/** `/`: the feeds, for people. */
export const directoryRoute: Route = {
  path: '/',
  open(newsroom) {
    const directory = new Directory(newsroom)
    return async (request, response) => sendDocument(request, response, await directory.document())
  },
}

class Directory {
  readonly #newsroom: Newsroom
  #made: { basis: Basis; document: Promise<Document> } | undefined
  /** As last known: while Redis is away they stand. */
  #counts: ReadonlyMap<string, number> = new Map()

  constructor(newsroom: Newsroom) {
    this.#newsroom = newsroom
  }

  /** However many ask, it is made once for each state of what it shows. */
  async document(): Promise<Document> {
    for (let tries = 0; ; tries++) {
      const basis = this.#basis()
      if (this.#made === undefined || !isSame(this.#made.basis, basis)) {
        this.#made = { basis, document: this.#make(basis) }
      }
      const document = await this.#made.document
      // What was taken away meanwhile, or is for partners now, is not shown any more.
      if (isSame(basis, this.#basis()) || tries === mostTries) return document
    }
  }

  #basis(): Basis {
    const { feeds, shelf } = this.#newsroom
    return { feeds, editions: publicFeeds(feeds).map(({ name }) => jsonOf(shelf, name)) }
  }

  async #make({ feeds, editions }: Basis): Promise<Document> {
    const { site } = this.#newsroom
    const shown = publicFeeds(feeds)
    const names = shown.map(({ name }) => name)
    const counts = await this.#newsroom.counts(names).catch(() => undefined)
    if (counts !== undefined) this.#counts = new Map(counts.map((count, at) => [names[at]!, count]))
    const newest = await Promise.all(editions.slice(0, mostHeadlines).map(each => headlineIn(each, site)))
    const listed = shown.map((feed, at) => {
      const [headline, count] = [newest[at], this.#counts.get(feed.name)]
      return { feed, ...(count !== undefined && { count }), ...(headline && { newest: headline }) }
    })
    return makeDocument(htmlType, renderDirectory(site, listed))
  }
}

function isSame(a: Basis, b: Basis): boolean {
  return a.feeds === b.feeds && a.editions.every((edition, at) => edition === b.editions[at])
}

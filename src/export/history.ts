import { hashOf } from '../edition.ts'
import { refOf, type Ref } from '../article.ts'
import type { Feed } from '../feed.ts'
import type { Head } from '../head.ts'
import type { ArchivePage } from '../store/members.ts'
import { version } from '../version.ts'
import type { History, Newsstand } from './newsstand.ts'

/** Walks through the archives of the public feeds: what stands there has a page of its own, which entries link to. */
export async function readHistory({ store, feeds }: Newsstand): Promise<History> {
  const heads = new Map<Ref, Head>()
  const pages = new Map<Feed, string[]>()
  for (const feed of feeds) {
    const recipes: string[] = []
    for (;;) {
      const page = await store.members.page(feed.name, recipes.length + 1)
      if (page === undefined) break
      for (const head of page.heads) heads.set(refOf(head), head)
      recipes.push(recipeOf(page))
    }
    pages.set(feed, recipes)
  }
  return { heads, pages }
}

function recipeOf({ feed, rules, number, last, heads, changed }: ArchivePage): string {
  return hashOf(JSON.stringify([version, feed, rules.site, number, number === last, heads, changed]))
}

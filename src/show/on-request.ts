import { setImmediate } from 'node:timers/promises'
import type { Article } from '../article.ts'
import { hashOf, type Page } from '../edition.ts'
import { TextLost } from '../errors.ts'
import type { Feed } from '../feed.ts'
import { given } from '../fullness.ts'
import type { Head } from '../head.ts'
import { entryStyle, type Format } from '../publish/formats/format.ts'
import type { Rules } from '../store/definitions.ts'
import type { Articles } from '../store/articles.ts'
import { encode } from './coding.ts'

/*
 * What is put together when it is asked for, and not at publish: pages of archives, and feeds as only partners get them.
 */

/** Articles rendered at a stretch: about a millisecond, in which no reader is answered. */
const atOnce = 8

/** The entries of a feed's articles, in their order: without those whose text is lost, of which the operators are told where the feed is published. */
export async function renderEntries(
  heads: readonly Head[],
  { entry }: Pick<Format, 'entry'>,
  { feed, rules: { site }, articles }: { feed: Feed; rules: Rules; articles: Articles },
): Promise<string[]> {
  const style = entryStyle(site, feed)
  const entries: string[] = []
  for (let at = 0; at < heads.length; at += atOnce) {
    const piece = heads.slice(at, at + atOnce)
    for (const article of await Promise.all(piece.map(head => articleOf(head, site.authority, articles))))
      if (article !== undefined) entries.push(entry(given(article, style), style))
    await setImmediate()
  }
  return entries
}

async function articleOf(head: Head, authority: string, articles: Articles): Promise<Article | undefined> {
  try {
    return await articles.article(head, authority)
  } catch (error) {
    if (error instanceof TextLost) return undefined
    throw error
  }
}

/** A text with all that an edition needs besides. */
export async function sealPage(
  text: string,
  about: Pick<Page, 'feed' | 'format' | 'contentType' | 'parcel'>,
): Promise<Page> {
  const identity = Buffer.from(text)
  const [gzip, br] = await Promise.all([encode(identity, 'gzip'), encode(identity, 'br')])
  return { ...about, hash: hashOf(text), bodies: { identity, gzip, br } }
}

import type { PartnerList } from '../../partners/partner-list.ts'
import type { Site } from '../../site.ts'
import { createEdge, type Edge } from './edge.ts'
import type { Follower } from './follower.ts'
import type { Shelf } from './shelf.ts'

interface Parts {
  shelf: Shelf
  site: Site
  follower: Follower
  partners: PartnerList
}

/** Made anew for other definitions: a feed that is no longer in force is not found, and one that is for partners now asks who comes. */
export function edgeInForce({ shelf, site, follower, partners }: Parts): Edge {
  let { feeds } = follower
  let current = createEdge(shelf, { site, feeds: feeds.configured, partners })
  return function edge(request, response, next) {
    if (feeds !== follower.feeds) {
      feeds = follower.feeds
      current = createEdge(shelf, { site, feeds: feeds.configured, partners })
    }
    current(request, response, next)
  }
}

import type { Admission } from '../http/admission.ts'
import type { Site } from '../../site.ts'
import { createEdge, type Edge } from './edge.ts'
import type { Follower } from './follower.ts'
import type { Shelf } from './shelf.ts'

interface Parts {
  shelf: Shelf
  site: Site
  follower: Follower
  admission: Admission
}

/** Made anew for other definitions: a feed that is no longer in force is not found, and one that is for partners now asks who comes. */
export function edgeInForce({ shelf, site, follower, admission }: Parts): Edge {
  let { feeds } = follower
  let current = createEdge(shelf, { site, feeds: feeds.configured, admission })
  return function edge(request, response, next) {
    if (feeds !== follower.feeds) {
      feeds = follower.feeds
      current = createEdge(shelf, { site, feeds: feeds.configured, admission })
    }
    current(request, response, next)
  }
}

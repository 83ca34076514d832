import { archiveRoute } from './archive.ts'
import { articleRoute } from './article.ts'
import { directoryRoute } from './directory.ts'
import { feedsRoute } from './feeds.ts'
import { healthRoute } from './healthz.ts'
import { opmlRoute } from './opml.ts'
import { partnerEditionRoute } from './partner-edition.ts'
import { previewRoute } from './preview.ts'
import { readinessRoute } from './readyz.ts'
import type { Route } from './route.ts'
import { scriptRoute } from './script.ts'
import { sitemapRoute } from './sitemap.ts'
import { confirmRoute, takedownsRoute } from './takedowns.ts'

/** Everything that Express answers; what stands in front of it is the edge and the wire (`wire-routes.ts`). Another page is a file here, and a line in this table. */
export const routes: readonly Route[] = [
  directoryRoute,
  feedsRoute,
  scriptRoute,
  partnerEditionRoute,
  previewRoute,
  archiveRoute,
  opmlRoute,
  sitemapRoute,
  articleRoute,
  takedownsRoute,
  confirmRoute,
  healthRoute,
  readinessRoute,
]

import { prefixOf } from '../../show/addresses.ts'
import type { Route } from './route.ts'

/** `/feeds` leads to the directory of them. */
export const feedsRoute: Route = {
  path: ['/feeds', '/feeds/'],
  open:
    ({ site }) =>
    (_request, response) => {
      response.setHeader('Cache-Control', 'public, max-age=3600').redirect(301, `${prefixOf(site)}/`)
    },
}

import { opmlType, renderOpml } from '../../show/opml.ts'
import { publicFeeds } from '../../feed.ts'
import { sendDocument } from '../http/send-document.ts'
import { makeOnce, type Route } from './route.ts'

/** `/feeds.opml`: every public feed, to subscribe to all at once. */
export const opmlRoute: Route = {
  path: '/feeds.opml',
  open(newsroom) {
    const opml = makeOnce()
    return (request, response) => {
      const { feeds, site } = newsroom
      response.setHeader('Access-Control-Allow-Origin', '*')
      const render = () => renderOpml(site, publicFeeds(feeds))
      return sendDocument(request, response, opml(feeds, opmlType, render))
    }
  },
}

import { renderDirectory } from '../../show/pages/directory.tsx'
import { htmlType } from '../../show/pages/document.tsx'
import { publicFeeds } from '../../show/visibility.ts'
import { sendDocument } from '../http/send-document.ts'
import { makeOnce, type Route } from './route.ts'

/** `/`: the feeds, for people. */
export const directoryRoute: Route = {
  path: '/',
  open(newsroom) {
    const page = makeOnce()
    return (request, response) => {
      const { feeds, site } = newsroom
      const render = () => renderDirectory(site, publicFeeds(feeds))
      return sendDocument(request, response, page(feeds, htmlType, render))
    }
  },
}

import { htmlType } from '../../show/pages/document.tsx'
import { renderPreview } from '../../show/pages/preview.tsx'
import { feedsFor } from '../../partners/reader.ts'
import { Problem } from '../http/problems.ts'
import { purgeKeys } from '../http/purge-keys.ts'
import { sendDocument } from '../http/send-document.ts'
import { jsonOf, newestOnShelf } from './newest-on-shelf.ts'
import { makeOnce, type Route } from './route.ts'

/** `/feeds/NAME` for whoever asks for HTML: how the feed looks, and how to subscribe. */
export const previewRoute: Route = {
  path: '/feeds/:name',
  script: true,
  edge: true,
  open(newsroom) {
    const { site, shelf } = newsroom
    const preview = makeOnce()
    return async (request, response) => {
      const { name = '' } = request.params
      const newest = await newestOnShelf(shelf, name)
      // Asked after it: by now the feed may be for partners.
      const reader = newsroom.admission.readerOf(request)
      const feed = feedsFor(reader, newsroom.feeds).find(each => each.name === name)
      if (feed === undefined) throw new Problem(404, 'There is no such feed.')
      response.appendHeader('Vary', 'Accept-Encoding, A-IM, Accept')
      if (feed.access === 'public') response.set(purgeKeys(`feed:${feed.name}`))
      const page = preview(newest, htmlType, () => renderPreview(feed, newest, site))
      const give = newsroom.admission.giveTo(reader)
      const { articles = [] } = jsonOf(shelf, name)?.parcel() ?? {}
      const shown = { articles: articles.slice(0, newest.items.length), gone: [] }
      await sendDocument(request, response, page, give && (leave => give('page', shown, leave)))
    }
  },
}

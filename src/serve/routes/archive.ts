import { isFormat, type FormatName } from '../../publish/formats/index.ts'
import { gone, moved, send, unauthorized } from '../http/answers.ts'
import { hasFeed } from '../../partners/reader.ts'
import type { Newsroom } from '../newsroom.ts'
import { Problem } from '../http/problems.ts'
import { sendEdition } from '../edge/send-edition.ts'
import { prefixOf } from '../../show/addresses.ts'
import { shelve } from '../edge/shelf.ts'
import type { Route } from './route.ts'

/** `/feeds/NAME/archive/N.FORMAT`: a page of a feed's archive, under the feed's old names too. */
export const archiveRoute: Route = {
  path: '/feeds/:name/archive/:page',
  edge: true,
  open: newsroom => async (request, response) => {
    const { name = '', page = '' } = request.params
    const feed = newsroom.configured.find(each => each.name === name || each.formerly.includes(name))
    const named = /^([1-9]\d{0,8})\.([a-z]+)$/.exec(page)
    if (feed === undefined || named === null) throw new Problem(404, 'There is no such page.')
    const [, number = '', format = ''] = named
    if (feed.gone) return send(response, gone)
    const reader = newsroom.admission.readerOf(request)
    if (feed.access === 'partners') {
      if (reader.kind === 'anyone') return send(response, unauthorized)
      if (!hasFeed(reader, feed.name)) throw new Problem(404, 'There is no such page.')
    }
    if (feed.name !== name) {
      const folder = feed.access === 'partners' ? '../..' : `${prefixOf(newsroom.site)}/feeds`
      return send(response, moved(`${folder}/${feed.name}/archive/${page}`))
    }
    const edition = isFormat(format) ? await askFor(newsroom, feed.name, Number(number), format) : undefined
    if (edition === undefined) throw new Problem(404, 'There is no such page.')
    const path = `/feeds/${feed.name}/archive/${page}`
    const { direct } = shelve(edition, feed, newsroom.site, path)
    sendEdition(request, response, direct, newsroom.admission.giveTo(reader))
  },
}

async function askFor(newsroom: Newsroom, feed: string, page: number, format: FormatName) {
  return await newsroom.archivePage(feed, page, format).catch((cause: unknown) => {
    throw new Problem(503, 'The archive cannot be shown right now.', { cause })
  })
}

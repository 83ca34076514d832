import type { Page } from '../../edition.ts'
import { hasFeed } from '../../partners/reader.ts'
import { partnerFormatNames, type PartnerFormatName } from '../../show/partner-editions.ts'
import { sendEdition } from '../edge/send-edition.ts'
import { shelve } from '../edge/shelf.ts'
import { send, unauthorized } from '../http/answers.ts'
import { Problem } from '../http/problems.ts'
import type { Newsroom } from '../newsroom.ts'
import type { Route } from './route.ts'

/** `/feeds/NAME.ninjs` and `.newsml`: of every feed that a partner has. */
export const partnerEditionRoute: Route = {
  path: partnerFormatNames.map(format => `/feeds/:name.${format}`),
  open: newsroom => async (request, response) => {
    const { name = '' } = request.params
    const format = request.path.slice(request.path.lastIndexOf('.') + 1) as PartnerFormatName
    const reader = newsroom.admission.readerOf(request)
    if (reader.kind === 'anyone') return send(response, unauthorized)
    const feed = newsroom.feeds.find(each => each.name === name && !each.gone)
    const edition = feed && hasFeed(reader, name) ? await askFor(newsroom, name, format) : undefined
    if (feed === undefined || edition === undefined) throw new Problem(404, 'There is nothing here.')
    // What is given by a token is for no shared cache, also where the feed itself is for everybody.
    const own = { ...feed, access: 'partners' as const }
    const { direct } = shelve(edition, own, newsroom.site, `/feeds/${name}.${format}`)
    sendEdition(request, response, direct, newsroom.admission.giveTo(reader))
  },
}

async function askFor(newsroom: Newsroom, feed: string, format: PartnerFormatName): Promise<Page | undefined> {
  return await newsroom.partnerEdition(feed, format).catch((cause: unknown) => {
    throw new Problem(503, 'This edition cannot be made right now.', { cause })
  })
}

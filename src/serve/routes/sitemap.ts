import { sendDocument } from '../http/send-document.ts'
import { NewsSitemap } from './news-sitemap.ts'
import type { Route } from './route.ts'

/** `/sitemap-news.xml`: the last two days, or the index of their pages, `/sitemap-news-N.xml` from 1. */
export const sitemapRoute: Route = {
  path: ['/sitemap-news.xml', '/sitemap-news-:page.xml'],
  open(newsroom, { clock }) {
    const sitemap = new NewsSitemap(newsroom, clock)
    return async (request, response) => {
      const { page } = request.params
      const number = page !== undefined && /^[1-9]\d{0,4}$/.test(page) ? Number(page) : 0
      await sendDocument(request, response, await (page === undefined ? sitemap.front() : sitemap.page(number)))
    }
  },
}

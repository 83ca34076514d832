import type { Feed, Site } from '../../feed.ts'
import { prefixOf } from '../shelf.ts'
import { Alternates, direction, Editions, renderPage } from './document.tsx'

/** `/`: every feed that anyone may read, `feeds`, and how to subscribe to it. */
export function renderDirectory(site: Site, feeds: readonly Feed[]): string {
  return renderPage({
    title: site.title,
    description: `Feeds of ${site.title}`,
    language: site.language,
    site,
    head: [
      <link key="canonical" rel="canonical" href={`${site.url}/`} />,
      ...feeds.map(feed => <Alternates key={feed.name} feed={feed} site={site} />),
    ],
    children: (
      <>
        <h1>Feeds</h1>
        {feeds.map(feed => (
          <section key={feed.name} lang={feed.language} dir={direction(feed.language)}>
            <h2>
              <a href={`${prefixOf(site)}/feeds/${feed.name}`}>{feed.title}</a>
            </h2>
            <p>{feed.description}</p>
            <Editions feed={feed} site={site} />
          </section>
        ))}
      </>
    ),
  })
}

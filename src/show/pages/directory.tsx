import type { Feed } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { prefixOf } from '../addresses.ts'
import { Alternates, direction, editionsOf, English, renderPage } from './document.tsx'

/** `/`: every feed that anyone may read, `feeds`, and how to subscribe to it. */
export function renderDirectory(site: Site, feeds: readonly Feed[]): string {
  const opml = `${prefixOf(site)}/feeds.opml`
  return renderPage({
    title: site.title,
    description: `Feeds of ${site.title}`,
    language: site.language,
    site,
    head: [
      <link key="canonical" rel="canonical" href={`${site.url}/`} />,
      ...feeds.map(feed => <Alternates key={feed.name} feed={feed} site={site} />),
      <link key="opml" rel="alternate" type="text/x-opml" href={opml} title={`${site.title} (OPML)`} />,
    ],
    children: (
      <>
        <h1>
          <English>Feeds</English>
        </h1>
        {feeds.map(feed => (
          <Entry key={feed.name} feed={feed} site={site} />
        ))}
        <footer>
          <English>
            Subscribe to all of them: <a href={opml}>the list as OPML</a>, for a feed reader to import.
          </English>
        </footer>
      </>
    ),
  })
}

function Entry({ feed, site }: { feed: Feed; site: Site }) {
  const { name, title, description, language } = feed
  return (
    <section lang={language} dir={direction(language)}>
      <h2>
        <a href={`${prefixOf(site)}/feeds/${name}`}>{title}</a>
      </h2>
      {description !== title && <p>{description}</p>}
      <ul class="formats">
        {editionsOf(feed, site).map(edition => (
          <li key={edition.path}>
            <a href={edition.path} type={edition.type}>
              {edition.title}
              <span class="spoken">: {title}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  )
}

import type { Feed, Site } from '../../feed.ts'
import type { Newest } from '../newest.ts'
import { Alternates, direction, Editions, English, renderPage, Time } from './document.tsx'

/** `/feeds/NAME` for people: what the feed is, its addresses and its newest articles. */
export function renderPreview(feed: Feed, { items, total }: Newest, site: Site): string {
  return renderPage({
    title: `${feed.title} – ${site.title}`,
    description: feed.description,
    language: feed.language,
    site,
    head: [
      <link key="canonical" rel="canonical" href={`${site.url}/feeds/${feed.name}`} />,
      <Alternates key="alternates" feed={feed} site={site} />,
    ],
    children: (
      <>
        <h1>{feed.title}</h1>
        <p class="standfirst">{feed.description}</p>
        <Editions feed={feed} site={site} addresses />
        {total > items.length && (
          <p class="faint">
            <English>
              The newest {items.length} of {total}
            </English>
          </p>
        )}
        <ul class="plain">
          {items.map(({ url, title, language, date_published }) => (
            <li key={url} lang={language} dir={direction(language)}>
              <a href={url.replace(new URL(site.url).origin, '')}>
                <bdi>{title}</bdi>
              </a>
              <div class="faint">
                <Time at={date_published} />
              </div>
            </li>
          ))}
        </ul>
      </>
    ),
  })
}

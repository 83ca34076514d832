import type { Instant } from '../../article.ts'
import type { Feed } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { prefixOf } from '../addresses.ts'
import { Alternates, direction, editionsOf, English, renderPage, Time } from './document.tsx'

/** A feed as the directory tells of it. */
export interface Listed {
  feed: Feed
  /** Articles that it holds in all; absent where that is not known now. */
  count?: number
  newest?: Headline
}

/** The newest article of a feed. */
export interface Headline {
  title: string
  language: string
  published: Instant
  /** Of its page here, from the root of the site. */
  path: string
}

/** `/`: every feed that anyone may read, and how to subscribe to it. Those in the site's language go first, and the largest. */
export function renderDirectory(site: Site, listed: readonly Listed[]): string {
  const inOrder = listed.toSorted(
    (a, b) =>
      isForeign(a, site) - isForeign(b, site) ||
      (b.count ?? -1) - (a.count ?? -1) ||
      (a.feed.name < b.feed.name ? -1 : 1),
  )
  const feeds = inOrder.map(({ feed }) => feed)
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
        {inOrder.map(each => (
          <Entry key={each.feed.name} listed={each} site={site} />
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

function isForeign({ feed }: Listed, site: Site): number {
  const [primary] = feed.language.split('-')
  return primary === site.language.split('-')[0] ? 0 : 1
}

function Entry({ listed: { feed, count, newest }, site }: { listed: Listed; site: Site }) {
  const { name, title, description, language } = feed
  return (
    <section lang={language} dir={direction(language)}>
      <h2>
        <a href={`${prefixOf(site)}/feeds/${name}`}>{title}</a>
      </h2>
      {description !== title && <p>{description}</p>}
      {newest && (
        <p>
          <a href={prefixOf(site) + newest.path} lang={newest.language} dir={direction(newest.language)}>
            <bdi>{newest.title}</bdi>
          </a>{' '}
          <span class="faint">
            <Time at={newest.published} language={newest.language} site={site} />
          </span>
        </p>
      )}
      <ul class="formats">
        {count !== undefined && (
          <li class="faint">
            <English>{count === 1 ? '1 article' : `${count} articles`}</English>
          </li>
        )}
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

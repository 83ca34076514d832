import type { Feed } from '../../feed.ts'
import type { Site } from '../../site.ts'
import type { Item, Newest } from '../newest.ts'
import { prefixOf } from '../addresses.ts'
import { Alternates, borrowed, direction, editionsOf, English, renderPage, Time, webAddress } from './document.tsx'
import { scriptPath } from './script.ts'

/** `/feeds/NAME` for people: what the feed is, how to subscribe to it, and its newest articles. */
export function renderPreview(feed: Feed, newest: Newest, site: Site): string {
  const { name, title, description, language } = feed
  return renderPage({
    title: `${title} – ${site.title}`,
    description,
    language,
    site,
    head: [
      <link key="canonical" rel="canonical" href={`${site.url}/feeds/${name}`} />,
      <Alternates key="alternates" feed={feed} site={site} />,
      <script key="script" src={prefixOf(site) + scriptPath} defer />,
    ],
    children: (
      <>
        <h1>{title}</h1>
        {description !== title && <p class="standfirst">{description}</p>}
        <Subscribe feed={feed} site={site} />
        <Articles newest={newest} site={site} />
      </>
    ),
  })
}

function Subscribe({ feed, site }: { feed: Feed; site: Site }) {
  return (
    <section class="card" lang="en" dir="ltr">
      <h2>Subscribe</h2>
      <p>Give one of these addresses to a feed reader. Any of them will do.</p>
      <ul class="addresses">
        {editionsOf(feed, site).map(({ path, type, title }) => (
          <li key={path}>
            <a href={path} type={type}>
              {title}
            </a>
            <code>{new URL(path, site.url).href}</code>
            <button type="button" hidden>
              <span>Copy</span>
              <span class="spoken"> the {title} address</span>
            </button>
          </li>
        ))}
      </ul>
      <p role="status" class="spoken" />
    </section>
  )
}

function Articles({ newest: { items, total }, site }: { newest: Newest; site: Site }) {
  const origin = new URL(site.url).origin
  return (
    <section>
      <h2>
        <English>{total > items.length ? `The newest ${items.length} of ${total}` : 'Newest articles'}</English>
      </h2>
      {total === 0 && (
        <p class="faint">
          <English>Nothing yet.</English>
        </p>
      )}
      <ul class="plain">
        {items.map(item => (
          <Entry key={item.id} item={item} path={item.url.replace(origin, '')} site={site} />
        ))}
      </ul>
    </section>
  )
}

function Entry({ item, path, site }: { item: Item; path: string; site: Site }) {
  const { title, language, date_published: published, summary, content_text: text } = item
  const image = webAddress(item.image)
  return (
    <li lang={language} dir={direction(language)}>
      {image && (
        <figure>
          <img src={image} alt="" {...borrowed} />
        </figure>
      )}
      <a href={path}>
        <bdi>{title}</bdi>
      </a>
      <p class="brief">{summary ?? text}</p>
      <div class="faint">
        <Time at={published} language={language} site={site} />
      </div>
    </li>
  )
}

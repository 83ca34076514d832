import type { Article, Instant, Media, Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Feed } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { changedOf, creatorsOf } from '../../publish/formats/core.ts'
import { Metadata } from './article-metadata.tsx'
import { English, renderPage, Time, webAddress } from './document.tsx'

/** `/articles/SOURCE-KEY`: the article, or with `content: summary` its excerpt, as the public feeds grant it. */
export function renderArticle(article: Article, content: Feed['content'], site: Site): string {
  return renderPage({
    title: article.title,
    description: excerptOf(article),
    language: article.language,
    site,
    head: <Metadata article={article} site={site} />,
    children: (
      <article>
        <Top article={article} />
        {article.media.map(medium => (
          <Figure key={medium.url} medium={medium} />
        ))}
        {content === 'full' ? (
          <div dangerouslySetInnerHTML={{ __html: withReachableTables(article.html) }} />
        ) : (
          <Summary article={article} />
        )}
        <Terms article={article} />
      </article>
    ),
  })
}

/** A table may be wider than a phone: it can be scrolled by keys only where they can reach it (WCAG 2.2, 2.1.1). */
function withReachableTables(html: string): string {
  return html.replace(/<table(?=[\s>])/g, '<table tabindex="0"')
}

function Top({ article }: { article: Article }) {
  const { section, title, standfirst, published, place, publisher } = article
  const changed = changedOf(article)
  const creators = creatorsOf(article)
  const names = publisher === undefined || isAmong(creators, publisher) ? creators : [...creators, publisher]
  return (
    <>
      {section && <p class="faint">{section}</p>}
      <h1>{title}</h1>
      {standfirst && <p class="standfirst">{standfirst}</p>}
      <p class="faint">
        {names.map(party => (
          <>
            <Name party={party} />
            {' · '}
          </>
        ))}
        {place && (
          <>
            <bdi>{place}</bdi>
            {' · '}
          </>
        )}
        <Time at={published} />
        {changed !== published && (
          <>
            {' · '}
            <English>
              Updated <Time at={changed} />
            </English>
          </>
        )}
      </p>
      {article.note && <Correction note={article.note} at={article.notedAt ?? changed} />}
    </>
  )
}

function Correction({ note, at }: { note: string; at: Instant }) {
  return (
    <p>
      <strong>
        <English>Correction:</English>
      </strong>{' '}
      <bdi>{note}</bdi> <Time at={at} />
    </p>
  )
}

function Name({ party: { name, url } }: { party: Party }) {
  const address = webAddress(url)
  return <bdi>{address === undefined ? name : <a href={address}>{name}</a>}</bdi>
}

function isAmong(parties: readonly Party[], { name }: Party): boolean {
  return parties.some(party => party.name === name)
}

function Figure({ medium }: { medium: Media }) {
  const { kind, url, width, height, caption, credit, alt } = medium
  const src = webAddress(url)
  if (src === undefined) return null
  const said = alt ?? caption ?? ''
  // Where there is nothing to read instead, a browser would keep the room of an image that it cannot load.
  const size = said !== '' && { width, height }
  return (
    <figure>
      {kind === 'image' && <img src={src} alt={said} {...size} loading="lazy" />}
      {kind === 'audio' && <audio src={src} controls preload="none" />}
      {kind === 'video' && <video src={src} width={width} height={height} controls preload="none" />}
      {(caption ?? credit) && <figcaption>{[caption, credit].filter(Boolean).join(' · ')}</figcaption>}
    </figure>
  )
}

/** A standfirst is the excerpt, and stands above already. */
function Summary({ article }: { article: Article }) {
  const link = webAddress(article.link)
  return (
    <>
      {article.standfirst === undefined && <p>{excerptOf(article)}</p>}
      {link && (
        <p>
          <a href={link} dir="ltr">
            {link}
          </a>
        </p>
      )}
    </>
  )
}

function Terms({ article: { rights, usageTerms } }: { article: Article }) {
  if (rights === undefined && usageTerms === undefined) return null
  return (
    <footer>
      {rights && <p>{rights}</p>}
      {usageTerms && <p>{usageTerms}</p>}
    </footer>
  )
}

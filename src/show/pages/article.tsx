import { pagePath, type Article, type Media, type Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Feed } from '../../feed.ts'
import { given, type Fullness } from '../../fullness.ts'
import type { Site } from '../../site.ts'
import { changedOf, creatorsOf } from '../../publish/formats/core.ts'
import { correctionOf, type Correction } from '../../publish/formats/correction.ts'
import { prefixOf } from '../addresses.ts'
import { Metadata } from './article-metadata.tsx'
import { Alternates, borrowed, direction, English, renderPage, Time, webAddress } from './document.tsx'

/** Feeds that a page leads to: an article may be in thousands. */
const mostFeeds = 10

/**
 * `/articles/SOURCE-KEY`: the article, or with `content: summary` its excerpt, or its headline, as feeds grant it. `feeds`: those that
 * hold it.
 */
export function renderArticle(whole: Article, fullness: Fullness, site: Site, feeds: readonly Feed[] = []): string {
  const { content } = fullness
  const article = given(whole, fullness)
  const named = feeds.slice(0, mostFeeds)
  return renderPage({
    title: article.title,
    description: excerptOf(article),
    language: article.language,
    site,
    head: [
      <Metadata key="metadata" article={article} site={site} />,
      ...named.map(feed => <Alternates key={feed.name} feed={feed} site={site} />),
    ],
    children: (
      <>
        <article>
          <Top article={article} site={site} />
          {(content === 'full' ? mediaBeside(article) : article.media).map(medium => (
            <Figure key={medium.url} medium={medium} />
          ))}
          {content === 'full' ? (
            <div dangerouslySetInnerHTML={{ __html: forPages(article.html) }} />
          ) : (
            <Summary article={article} />
          )}
          <Terms article={article} />
        </article>
        <Ways article={article} feeds={named} site={site} />
      </>
    ),
  })
}

/**
 * A table may be wider than a phone: it can be scrolled by keys only where they can reach it (WCAG 2.2, 2.1.1). Pictures are asked for
 * as those beside the text are.
 */
function forPages(html: string): string {
  const asked = Object.entries(borrowed).map(([name, value]) => ` ${name}="${value}"`)
  return html.replace(/<table(?=[\s>])/g, '<table tabindex="0"').replace(/<img(?=[\s/>])/g, `<img${asked.join('')}`)
}

/** The media that the text does not show already, be it in another size of the same address. */
function mediaBeside({ media, html }: Article): Media[] {
  const shown = new Set(Array.from(html.matchAll(/ (?:src|poster)="([^"]*)"/g), ([, url = '']) => bare(url)))
  return media.filter(({ url }) => !shown.has(bare(url)))
}

function bare(url: string): string {
  return url.replace(/[?#].*$/s, '')
}

function Top({ article, site }: { article: Article; site: Site }) {
  const { section, title, standfirst, published, place, publisher, language } = article
  const correction = correctionOf(article, site)
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
        <Time at={published} language={language} site={site} />
        {changed !== published && (
          <>
            {' · '}
            <English>
              Updated <Time at={changed} language={language} site={site} />
            </English>
          </>
        )}
      </p>
      {correction && <Told correction={correction} />}
    </>
  )
}

function Told({ correction: { word, language, at, day, note } }: { correction: Correction }) {
  return (
    <p>
      <span lang={language} dir={direction(language)}>
        <strong>{word}</strong> (<time datetime={at}>{day}</time>){note !== '' && ':'}
      </span>{' '}
      <bdi>{note}</bdi>
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
      {kind === 'image' && <img src={src} alt={said} {...size} {...borrowed} />}
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
      {article.standfirst === undefined && article.html !== '' && <p>{excerptOf(article)}</p>}
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

/** From the article on: to the feeds that it is in, and to the same for programs. */
function Ways({ article, feeds, site }: { article: Article; feeds: readonly Feed[]; site: Site }) {
  const prefix = prefixOf(site)
  return (
    <footer>
      {feeds.length > 0 && (
        <nav aria-label="Feeds" lang="en" dir="ltr">
          <h2>In these feeds</h2>
          <ul>
            {feeds.map(({ name, title, language }) => (
              <li key={name}>
                <a href={`${prefix}/feeds/${name}`} lang={language} dir={direction(language)}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <p>
        <English>
          For programs:{' '}
          <a href={`${prefix}${pagePath(article)}.json`} type="application/json">
            this article as ninjs
          </a>
        </English>
      </p>
    </footer>
  )
}

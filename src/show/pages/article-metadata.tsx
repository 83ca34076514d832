import { pagePath, type Article, type Media, type Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Site } from '../../site.ts'
import { categoriesOf, changedOf, creatorsOf } from '../../publish/formats/core.ts'
import { webAddress } from './document.tsx'

/** What an article's page tells machines: its address, OpenGraph and schema.org. */
export function Metadata({ article, site }: { article: Article; site: Site }) {
  const address = site.url + pagePath(article)
  return (
    <>
      <link rel="canonical" href={address} />
      <link rel="alternate" type="application/json" href={`${address}.json`} title="ninjs" />
      {openGraph(article, site).map(
        ([property, content]) =>
          content !== undefined && <meta key={property + content} property={property} content={String(content)} />,
      )}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(article, address) }} />
    </>
  )
}

/** https://ogp.me/: an image's properties stand behind it. */
function openGraph(article: Article, site: Site): [property: string, content: string | number | undefined][] {
  const image = imagesOf(article)[0]
  return [
    ['og:type', 'article'],
    ['og:title', article.title],
    ['og:description', excerptOf(article)],
    ['og:url', site.url + pagePath(article)],
    ['og:site_name', site.title],
    ['og:image', image?.url],
    ['og:image:type', image?.type],
    ['og:image:width', image?.width],
    ['og:image:height', image?.height],
    ['og:image:alt', image && (image.alt ?? image.caption)],
    ['article:published_time', article.published],
    ['article:modified_time', changedOf(article)],
    ['article:section', article.section],
    ...[...new Set(article.keywords)].map(keyword => ['article:tag', keyword] as [string, string]),
  ]
}

function imagesOf({ media }: Article): Media[] {
  return media.filter(({ kind, url }) => kind === 'image' && webAddress(url) !== undefined)
}

/** schema.org NewsArticle. `<` is escaped, since HTML ends the element at `</script` whatever JSON says. */
function jsonLd(article: Article, address: string): string {
  const { title, language, published, section, place, publisher, note, notedAt } = article
  return JSON.stringify({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    mainEntityOfPage: address,
    url: address,
    headline: title,
    description: excerptOf(article),
    inLanguage: language,
    datePublished: published,
    dateModified: changedOf(article),
    correction: note && { '@type': 'CorrectionComment', text: note, datePublished: notedAt ?? changedOf(article) },
    articleSection: section,
    keywords:
      categoriesOf(article)
        .map(({ name }) => name)
        .join(', ') || undefined,
    image: filled(imagesOf(article).map(imageObject)),
    author: filled(
      creatorsOf(article).map(party => partyOf(party, publisher?.name === party.name ? 'Organization' : 'Person')),
    ),
    publisher: publisher && partyOf(publisher, 'Organization'),
    contentLocation: place && { '@type': 'Place', name: place },
  }).replaceAll('<', String.raw`\u003c`)
}

/** An empty list would say that there is none; nobody knows that. */
function filled<T>(list: T[]): T[] | undefined {
  return list.length === 0 ? undefined : list
}

function imageObject({ url, type, width, height, caption, credit }: Media): object {
  return { '@type': 'ImageObject', url, encodingFormat: type, width, height, caption, creditText: credit }
}

function partyOf({ name, url }: Party, type: 'Organization' | 'Person'): object {
  return { '@type': type, name, url: webAddress(url) }
}

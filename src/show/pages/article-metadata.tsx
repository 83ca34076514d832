import { pagePath, type Article, type Media, type Party } from '../../article.ts'
import { excerptOf } from '../../excerpt.ts'
import type { Site } from '../../site.ts'
import { categoriesOf, changedOf, creatorsOf } from '../../publish/formats/core.ts'
import { webAddress } from './document.tsx'

/** What an article's page tells machines: its address, OpenGraph and schema.org. */
export function Metadata({ article, site }: { article: Article; site: Site }) {
  // The source's own page, where it has one: search engines are to show that.
  const address = webAddress(article.link) ?? site.url + pagePath(article)
  const authors = article.authors.map(({ name }) => name).join(', ')
  return (
    <>
      <link rel="canonical" href={address} />
      {authors && <meta name="author" content={authors} />}
      {/* What else a card shows is taken from OpenGraph: https://developer.x.com/en/docs/x-for-websites/cards */}
      <meta name="twitter:card" content={imagesOf(article).length > 0 ? 'summary_large_image' : 'summary'} />
      {openGraph(article, address, site).map(
        ([property, content]) =>
          content !== undefined && <meta key={property + content} property={property} content={String(content)} />,
      )}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: jsonLd(article, address, site) }} />
    </>
  )
}

/** https://ogp.me/: an image's properties stand behind it. */
function openGraph(
  article: Article,
  address: string,
  site: Site,
): [property: string, content: string | number | undefined][] {
  const image = imagesOf(article)[0]
  return [
    ['og:type', 'article'],
    ['og:title', article.title],
    ['og:description', excerptOf(article)],
    ['og:url', address],
    ['og:site_name', site.title],
    ['og:locale', localeOf(article.language)],
    ['og:image', image?.url],
    ['og:image:type', image?.type],
    ['og:image:width', image?.width],
    ['og:image:height', image?.height],
    ['og:image:alt', image && (image.alt ?? image.caption)],
    ['article:published_time', article.published],
    ['article:modified_time', changedOf(article)],
    ...article.authors.map(({ name, url }) => ['article:author', webAddress(url) ?? name] as [string, string]),
    ['article:section', article.section],
    ...[...new Set(article.keywords)].map(keyword => ['article:tag', keyword] as [string, string]),
  ]
}

/** `pt_BR`, in the spelling of OpenGraph. A territory that is not named is not guessed. */
function localeOf(language: string): string | undefined {
  try {
    const { language: primary, region } = new Intl.Locale(language)
    return region === undefined ? primary : `${primary}_${region}`
  } catch {
    return undefined
  }
}

function imagesOf({ media }: Article): Media[] {
  return media.filter(({ kind, url }) => kind === 'image' && webAddress(url) !== undefined)
}

/** schema.org NewsArticle. `<` is escaped, since HTML ends the element at `</script` whatever JSON says. */
function jsonLd(article: Article, address: string, site: Site): string {
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
    publisher: partyOf(publisher ?? site.publisher, 'Organization'),
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

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Instant } from '../../article.ts'
import type { Feed } from '../../feed.ts'
import { printedMoment } from '../../printed-date.ts'
import type { Site } from '../../site.ts'
import { isRightToLeft } from '../../publish/formats/core.ts'
import { formatNames, formats, mediaTypeOf } from '../../publish/formats/index.ts'
import { editionPath, prefixOf } from '../addresses.ts'
import { style } from './style.ts'

export const htmlType = 'text/html; charset=utf-8'

/** What every page has around its own. */
interface Page {
  title: string
  description?: string
  /** BCP 47. */
  language: string
  site: Site
  /** Further elements of the head. */
  head?: ComponentChildren
  children: ComponentChildren
}

/** A whole page as HTML: nothing from elsewhere but an article's media. */
export function renderPage({ title, description, language, site, head, children }: Page): string {
  const page = (
    <html lang={language} dir={direction(language)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{title}</title>
        {description && <meta name="description" content={description} />}
        {head}
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <a class="skip" href="#content">
          <English>Skip to content</English>
        </a>
        <header lang={site.language} dir={direction(site.language)}>
          <a href={`${prefixOf(site)}/`}>{site.title}</a>
        </header>
        <main id="content">{children}</main>
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(page)}`
}

export function direction(language: string): 'rtl' | 'ltr' {
  return isRightToLeft(language) ? 'rtl' : 'ltr'
}

/** A feed's editions: path, media type, and what people call it. */
export function editionsOf(feed: Feed, site: Site): { path: string; type: string; title: string }[] {
  return formatNames.map(name => ({
    path: prefixOf(site) + editionPath(feed.name, name),
    type: mediaTypeOf(name),
    title: formats[name].title,
  }))
}

/** Lets browsers and readers find the feed (autodiscovery). */
export function Alternates({ feed, site }: { feed: Feed; site: Site }) {
  return editionsOf(feed, site).map(({ path, type, title }) => (
    <link key={path} rel="alternate" type={type} href={path} title={`${feed.title} (${title})`} />
  ))
}

/** As people of this language write it, in the site's zone. */
export function Time({ at, language, site }: { at: Instant; language: string; site: Site }) {
  return (
    <time datetime={at} lang={language} dir={direction(language)}>
      {printedMoment(at, language, site.timezone)}
    </time>
  )
}

/** A picture of somebody else's: asked for when it comes into view, and not told from where. */
export const borrowed = { loading: 'lazy', referrerpolicy: 'no-referrer' } as const

/** Our own words inside a page of any language. */
export function English({ children }: { children: ComponentChildren }) {
  return (
    <span lang="en" dir="ltr">
      {children}
    </span>
  )
}

/** Only what a browser may follow: a party's or a medium's address is as the source wrote it. */
export function webAddress(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\//i.test(url) ? url : undefined
}

import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { Instant } from '../../article.ts'
import type { Feed, Site } from '../../feed.ts'
import { isRightToLeft } from '../../publish/formats/core.ts'
import { formats } from '../../publish/formats/index.ts'
import { editionPath, prefixOf } from '../shelf.ts'
import { style } from './style.ts'

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

/** A whole page as HTML: no script, nothing from elsewhere but an article's media. */
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
        <header lang={site.language} dir={direction(site.language)}>
          <a href={`${prefixOf(site)}/`}>{site.title}</a>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(page)}`
}

export function direction(language: string): 'rtl' | 'ltr' {
  return isRightToLeft(language) ? 'rtl' : 'ltr'
}

/** Each format as people call it. */
const named = [
  { name: 'rss', title: 'RSS', format: formats.rss },
  { name: 'atom', title: 'Atom', format: formats.atom },
  { name: 'json', title: 'JSON Feed', format: formats.json },
]

/** A feed's editions: path, media type, and what people call it. */
function editionsOf(feed: Feed, site: Site): { path: string; type: string; title: string }[] {
  return named.map(({ name, title, format }) => ({
    path: prefixOf(site) + editionPath(feed.name, name),
    type: format.contentType.replace(/;.*/, ''),
    title,
  }))
}

/** Lets browsers and readers find the feed (autodiscovery). */
export function Alternates({ feed, site }: { feed: Feed; site: Site }) {
  return editionsOf(feed, site).map(({ path, type, title }) => (
    <link key={path} rel="alternate" type={type} href={path} title={`${feed.title} (${title})`} />
  ))
}

/** Links to a feed's editions; `addresses` also writes them out, to be copied. */
export function Editions({ feed, site, addresses }: { feed: Feed; site: Site; addresses?: boolean }) {
  return (
    <ul class={addresses ? 'plain' : 'formats'}>
      {editionsOf(feed, site).map(({ path, type, title }) => (
        <li key={path}>
          <a href={path} type={type}>
            {title}
          </a>
          {addresses && (
            <>
              {' '}
              <code dir="ltr">{new URL(path, site.url).href}</code>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** `2023-11-01 23:52 UTC`: the same in every language, and in a line of either direction. */
export function Time({ at }: { at: Instant }) {
  return (
    <time datetime={at} dir="ltr">
      {`${at.slice(0, 10)} ${at.slice(11, 16)} UTC`}
    </time>
  )
}

/** Our own words inside a page of any language. */
export function English({ children }: { children: ComponentChildren }) {
  return (
    <span lang="en" dir="ltr">
      {children}
    </span>
  )
}

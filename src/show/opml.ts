import type { Feed } from '../feed.ts'
import type { Site } from '../site.ts'
import { feedPage, feedUrl } from '../publish/formats/core.ts'
import { element, textElement } from '../publish/formats/xml.ts'

/** Not registered, but what reading programs and file systems know it by. */
export const opmlType = 'text/x-opml; charset=utf-8'

/**
 * A subscription list of these feeds (OPML 2.0, http://opml.org/spec2.opml), for readers to take over as a whole: one
 * outline for each feed, since two formats of one would show every article twice. It says nothing that changes by itself.
 */
export function renderOpml(site: Site, feeds: readonly Feed[]): string {
  const head = [
    textElement('title', site.title),
    textElement('ownerName', site.publisher.name),
    textElement('docs', 'http://opml.org/spec2.opml'),
  ]
  const lines = feeds.map(feed => `    ${outline(feed, site)}\n`).join('')
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
  <head>${head.join('')}</head>
  <body>
${lines}  </body>
</opml>
`
}

function outline(feed: Feed, site: Site): string {
  return element('outline', {
    // `rss` whatever the format is, and `RSS` is 2.0 too, says the specification.
    type: 'rss',
    version: 'RSS',
    text: feed.title,
    title: feed.title,
    description: feed.description || undefined,
    language: feed.language,
    xmlUrl: feedUrl({ site, feed }, 'rss'),
    htmlUrl: feedPage({ site, feed }),
  })
}

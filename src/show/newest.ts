/** An item of JSON Feed 1.1, as far as pages show it. */
export interface Item {
  id: string
  url: string
  title: string
  language: string
  image?: string
  date_published: string
  /** Where the whole text goes with it. */
  summary?: string
  /** Where the summary is all. */
  content_text?: string
}

/** The newest items, out of how many that the edition holds. */
export interface Newest {
  items: readonly Item[]
  total: number
}

/** The newest items of a JSON edition. */
export function newestIn(edition: Buffer): Newest {
  const { items }: { items: Item[] } = JSON.parse(String(edition))
  return { items: items.slice(0, 20).map(shownOf), total: items.length }
}

/** The newest item of a JSON edition alone, without reading the others: each stands on a line of its own. */
export function firstIn(edition: Buffer): Item | undefined {
  const start = edition.indexOf('\n') + 1
  const line = edition.toString('utf8', start, edition.indexOf('\n', start)).replace(/,$/, '')
  return line.startsWith('{') ? shownOf(JSON.parse(line) as Item) : undefined
}

/** These are kept: not the whole text with them. */
function shownOf({ id, url, title, language, image, date_published, summary, content_text }: Item): Item {
  const text = summary === undefined ? { ...(content_text !== undefined && { content_text }) } : { summary }
  return { id, url, title, language, date_published, ...(image !== undefined && { image }), ...text }
}

/** An item of JSON Feed 1.1, as far as the preview shows it. */
export interface Item {
  url: string
  title: string
  language: string
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
  return { items: items.slice(0, 20), total: items.length }
}

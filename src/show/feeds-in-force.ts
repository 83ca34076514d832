import type { Feed } from '../feed.ts'

/** What an edge makes of its configured feeds, by the definitions in force. */
export interface FeedsInForce {
  /** In order of the configuration, without those that were in force and no longer are. */
  configured: readonly Feed[]
  /** Those of them that articles may be shown by. */
  granted: readonly Feed[]
}

/**
 * The feeds of a process whose configuration may be older or newer than the definitions in force: it never serves what
 * they no longer grant. `wasInForce`: names of feeds that were in force since this process started.
 */
export function feedsInForce(
  own: readonly Feed[],
  inForce: ReadonlyMap<string, Feed>,
  wasInForce: ReadonlySet<string>,
): FeedsInForce {
  const granted = own.flatMap(feed => {
    const now = inForce.get(feed.name)
    return now === undefined || feed.gone ? [] : stricter(feed, now)
  })
  const byName = new Map(granted.map(feed => [feed.name, feed]))
  const configured = own.flatMap(feed => byName.get(feed.name) ?? (wasInForce.has(feed.name) && !feed.gone ? [] : feed))
  return { configured, granted }
}

/** What only one of two configurations keeps for partners, is for partners. */
function stricter(own: Feed, inForce: Feed): Feed {
  return own.access === 'partners' ? { ...inForce, access: 'partners' } : inForce
}

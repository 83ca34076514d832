import { page, type Respond } from '../sources/site.ts'

/** What a source that follows a wire asks first. */
export const first = '/wire?limit=500'

export function uriOfFar(name: string): string {
  return `tag:far.example,2020:desk/${name}`
}

/** A change that publishes an article of this name, with the least that an article needs. */
export function publish(name: string, more: object = {}): object {
  const moment = '2024-05-01T10:00:00Z'
  const article = {
    uri: uriOfFar(name),
    version: '1',
    versionCreated: moment,
    firstCreated: moment,
    pubStatus: 'usable',
    language: 'en',
    headlines: [{ role: 'main', value: name }],
    bodies: [{ role: 'main', value: `<p>${name} is told.</p>` }],
    ...more,
  }
  return { cursor: 'c', action: 'publish', feeds: ['all'], article }
}

export function json(body: unknown): Respond {
  return page(JSON.stringify(body), { 'content-type': 'application/json' })
}

/** A page of a wire. */
export function told(changes: unknown[], more: object = {}): Respond {
  return json({ cursor: 'c1', changes, more: false, ...more })
}

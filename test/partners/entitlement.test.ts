import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { addPartner, setPartner } from '../../src/operate/partners.ts'
import { formatNames } from '../../src/publish/formats/names.ts'
import { routes } from '../../src/serve/routes/index.ts'
import { wireRoutes } from '../../src/serve/routes/wire-routes.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const feeds = {
  all: { title: 'All', select: { sections: ['News'] } },
  a: { title: 'A', access: 'partners', select: { sections: ['A'] } },
  b: { title: 'B', access: 'partners', select: { sections: ['B'] } },
  c: { title: 'Kept apart', access: 'partners', select: { sections: ['C'] }, formerly: ['oldc'] },
}
const files = {
  'n.txt': dump('For everybody'),
  'a.txt': dump('Alpha', { section: 'A' }),
  'b.txt': dump('Beta', { section: 'B' }),
  'c.txt': dump('Unheard of', { section: 'C', text: 'Nobody may know. Not even a word.' }),
  'd.txt': dump('Unheard of too', { section: 'C' }),
}
/** All by which somebody would learn of the feed C: its articles' words and names, and its own title. */
const secret = new RegExp(`Unheard|may know|Kept apart|${mintKey('c.txt')}|${mintKey('d.txt')}`)

/** What stands for each part of a route's path, so that it leads to C. */
const fillings: Readonly<Record<string, readonly string[]>> = {
  name: ['c', 'oldc'],
  page: [...formatNames.map(format => `1.${format}`), '1', '2'],
  // Positions about which the kill was.
  id: [8, 9, 10].map(position => `desk-${mintKey('d.txt')}.${position}`),
  slug: [`desk-${mintKey('c.txt')}`, `desk-${mintKey('c.txt')}.json`, `desk-${mintKey('d.txt')}`],
}

let room: Newsroom
let port: number
let token: string
let stranger: string
beforeAll(async () => {
  room = await openNewsroom({ feeds, files })
  await room.app.collect('desk')
  for (const feed of await room.app.behind()) await room.app.publish(feed)
  const options = { store: room.app.store, now: room.now }
  ;({ token } = await addPartner('paper', { feeds: ['a', 'b', 'c'] }, options))
  ;({ token: stranger } = await addPartner('site', { feeds: ['c'] }, options))
  const { server } = await room.app.serve()
  ;({ port } = server)
  // What they had once is no way to what it holds now.
  await setPartner('paper', { feeds: ['a', 'b'] }, options)
  await until(async () => (await get('/feeds/c.rss', bearer(token))).status === 404)
  await kill(`desk/${mintKey('d.txt')}`, 'untrue', options)
})
afterAll(() => room[Symbol.asyncDispose]())

const bearer = (value: string) => ({ Authorization: `Bearer ${value}` })

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    redirect: 'manual',
    signal: AbortSignal.timeout(5000),
  })
  const told = path.includes('/wire/stream') ? await beginningOf(response) : await response.text()
  const fields = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  return { status: response.status, told: `${fields}\n${told}`, headers: response.headers }
}

/** A stream never ends: until it says nothing more that is new. */
async function beginningOf({ body }: Response): Promise<string> {
  let text = ''
  for await (const piece of body!.pipeThrough(new TextDecoderStream())) {
    text += piece
    if (text.includes('event: ') || text.includes('"status"')) break
  }
  return text
}

/** Every address of a route that leads to C: its path with all that can stand for its parts. */
function addressesOf(path: string): string[] {
  const part = /:(\w+)/.exec(path)
  if (part === null) return [path]
  const values = fillings[part[1]!]
  if (values === undefined)
    throw new Error(`say what :${part[1]} of ${path} stands for, so that it leads to the feed C`)
  return values.flatMap(value => addressesOf(path.replace(part[0], value)))
}

const ofRoutes = routes.flatMap(({ path }) => [path].flat()).flatMap(addressesOf)
const ofEditions = ['c', 'oldc'].flatMap(name =>
  ['', ...formatNames.map(format => `.${format}`)].map(end => `/feeds/${name}${end}`),
)
const ofWire = Object.keys(wireRoutes).flatMap(path =>
  ['', '?feed=c', '?feed=a&feed=c'].map(query => `${path}${query}`),
)
const addresses = [...new Set([...ofRoutes, ...ofEditions, ...ofWire])]

describe('whoever has the feeds A and B, or none', () => {
  it.each(addresses)('learns nothing of C by %s', async path => {
    // A purge key repeats what was asked for.
    const named = /desk-\w+/.exec(path)?.[0] ?? path
    const forms: Record<string, string>[] = [
      {},
      { Accept: 'text/html' },
      { Accept: 'application/json' },
      { 'Accept-Encoding': 'gzip', 'A-IM': 'feed', 'If-None-Match': '*' },
    ]
    for (const form of forms) {
      for (const asked of [
        get(path, form),
        get(path, { ...form, ...bearer(token) }),
        get(`/p/${token}${path}`, form),
        get(path, { ...form, ...bearer(token) }, 'POST'),
      ]) {
        const { told } = await asked
        expect(told.replaceAll(named, '')).not.toMatch(secret)
        expect(told).not.toContain(token)
      }
    }
  })

  it('learns nothing of C by a cursor of those who have it', async () => {
    const response = await fetch(`http://127.0.0.1:${port}/wire?limit=1`, { headers: bearer(stranger) })
    const { cursor } = (await response.json()) as { cursor: string }
    for (const path of ['/wire', '/wire/stream']) {
      for (const headers of [{}, bearer(token)]) {
        const { status, told } = await get(`${path}?after=${cursor}`, headers)
        expect([path, status]).toEqual([path, 400])
        expect(told).not.toMatch(secret)
      }
    }
  })

  it('is told apart from those who have it, who get all of it by the same addresses', async () => {
    for (const path of [
      '/feeds/c.rss',
      '/feeds/c.ninjs',
      '/feeds/c/archive/1.rss',
      '/wire',
      '/wire/stream',
      `/articles/desk-${mintKey('c.txt')}`,
    ]) {
      expect([path, secret.test((await get(path, bearer(stranger))).told)]).toEqual([path, true])
    }
  })
})

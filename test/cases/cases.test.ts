import { existsSync, readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { instant, readSlug, refOf } from '../../src/article.ts'
import { toNinjs } from '../../src/publish/formats/ninjs.ts'
import { openNewsroom, type Newsroom } from '../newsroom.ts'
import { faultsOf, type Case, type Item, type Outcome } from './outcome.ts'

const folder = fileURLToPath(new URL('../../../shared/cases', import.meta.url))
const isThere = existsSync(join(folder, 'expected.json'))
const cases = isThere
  ? (JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as Record<string, Case>)
  : ({} as Record<string, Case>)
const judged = Object.entries(cases).filter(([, { part_of: whole }]) => whole === undefined)

/** Files that a case is made of, older versions first. */
const filesOf = (path: string) => [...Object.keys(cases).filter(other => cases[other]!.part_of === path), path]

describe.skipIf(!isThere)('the cases (left out: ../shared/cases is not there)', () => {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url!.slice(1))
    response.setHeader('Content-Type', cases[path]!.source!.served_as!).end(readFileSync(join(folder, path)))
  })
  let room: Newsroom

  beforeAll(async () => {
    await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const sources = judged.map(([path, { source: { served_as: servedAs, ...settings } = {} }], at) =>
      servedAs === undefined
        ? { name: `case-${at}`, folder: `../case-${at}`, timezone: 'UTC', ...settings }
        : { name: `case-${at}`, url: base + encodeURIComponent(path), private: true, timezone: 'UTC', ...settings },
    )
    const feeds = Object.fromEntries(
      sources.map(({ name }) => [name, { title: name, content: 'full', select: { sources: [name] } }]),
    )
    room = await openNewsroom({ site: { title: 'Cases' }, sources, feeds })
    room.now = Date.parse('2026-11-27T12:00:00Z')
  }, 60_000)
  afterAll(async () => {
    server.close()
    await room[Symbol.asyncDispose]()
  })

  it.each(judged.map(([path, { why }], at) => [path, why, at] as const))('%s: %s', async (path, _why, at) => {
    const name = `case-${at}`
    for (const file of filesOf(path)) {
      await cp(join(folder, file), join(room.home.folder, name, file), { recursive: true })
      await room.app.collect(name)
    }
    expect(faultsOf(cases[path]!, await outcomeOf(room, name))).toEqual([])
  })
})

async function outcomeOf({ app, now }: Newsroom, name: string): Promise<Outcome> {
  const { store, config } = app
  await app.publish(name)
  const editions = (await store.editions.load(name))!.editions.editions
  const json = editions.find(({ format }) => format === 'json')!
  const { items } = JSON.parse(String(json.bodies.identity)) as { items: Item[] }
  const rss = String(editions.find(({ format }) => format === 'rss')!.bodies.identity)
  const inRss = rss.split('<item>').slice(1)
  const entries = []
  for (const [at, item] of items.entries()) {
    const ref = refOf(readSlug(item.url.split('/articles/').at(-1) ?? '') ?? refIn(item))
    const head = await store.articles.head(ref)
    const article = await store.articles.article(head!, config.site.authority)
    const ninjs = JSON.parse(JSON.stringify(toNinjs(article, config.site))) as Record<string, unknown>
    const pictures = Array.from(inRss[at]!.matchAll(/<media:content[^>]*\surl="([^"]*)"/g), ([, url = '']) => url)
    entries.push({ item, ninjs, pictures })
  }
  const shown = editions.map(({ bodies }) => String(bodies.identity)).join('\n') + JSON.stringify(entries)
  const reasons = (await store.files.rejects(name)).map(({ reason }) => reason)
  return { entries, shown, reasons, now: instant(now) }
}

function refIn(item: Item): { source: string; key: string } {
  const [source = '', key = ''] = (item as unknown as { id: string }).id.split(':').at(-1)!.split('/')
  return { source, key }
}

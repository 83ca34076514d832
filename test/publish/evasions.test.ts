import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Head } from '../../src/head.ts'
import { pagePath } from '../../src/article.ts'
import { addresses, evasions } from '../corpus/evasions.ts'
import { formatNames, writers } from '../corpus/formats.ts'
import { openNewsroom, type Newsroom } from '../newsroom.ts'
import { dangersIn, dangersInPage, isScript } from './dangers.ts'
import { texts, validate } from './validate.ts'

/** Each evasion in every place of an article, in every format. */
const files = Object.fromEntries(
  formatNames.flatMap(format =>
    evasions.map((evasion, at) => {
      const address = addresses[at % addresses.length] ?? ''
      const name = `Story ${at} in ${format} ${evasion}`
      const told = { title: name, body: `<p>Before.</p>${evasion}<p>After.</p>`, author: evasion, caption: evasion }
      const places = { ...told, section: evasion, keyword: evasion, link: address, image: address }
      const dated = { id: `urn:x:${at}`, language: 'en', date: '2024-05-01T10:00:00Z' }
      return [`${format}/${at}`, writers[format]({ ...places, ...dated })]
    }),
  ),
)

const sources = formatNames.map(name => ({ name, folder: `../archive/${name}`, format: name }))
const feeds = Object.fromEntries(
  formatNames.map(name => [name, { title: name, limit: 1000, select: { sources: [name] } }]),
)

describe('no script that is hidden in an article', () => {
  let room: Newsroom
  let heads: Head[]

  beforeAll(async () => {
    room = await openNewsroom({ files, sources, feeds, source: { include: ['nothing'] } })
    for (const name of formatNames) {
      await room.app.collect(name)
      await room.app.publish(name)
    }
    heads = await room.app.store.articles.list({ limit: 10_000 })
  }, 240_000)
  afterAll(() => room[Symbol.asyncDispose]())

  it('costs the article', async () => {
    expect(evasions.length).toBeGreaterThan(150)
    const rejects = await Promise.all(formatNames.map(name => room.app.store.files.rejects(name)))
    expect(rejects.flat()).toEqual([])
    expect(heads).toHaveLength(evasions.length * formatNames.length)
  })

  it.each(formatNames)('comes out of an edition: of %s', async name => {
    const loaded = await room.app.store.editions.load(name)
    const text = (format: string) =>
      loaded!.editions.editions.find(each => each.format === format)!.bodies.identity.toString()
    const [rss, json] = [text('rss'), text('json')]
    const feed = JSON.parse(json) as { items: Record<string, unknown>[] }
    expect(feed.items).toHaveLength(evasions.length)
    expect(validate('rss', rss)).toEqual([])
    const html = [
      ...texts(rss, '//content:encoded | //item/description'),
      ...texts(text('atom'), '//*[@type="html"]'),
      ...feed.items.map(item => String(item['content_html'])),
    ]
    expect(html.flatMap(dangersIn)).toEqual([])
    const found = [
      ...texts(rss, '//@url | //@href | //link'),
      ...texts(text('atom'), '//@url | //@href | //atom:uri'),
      ...addressesIn(feed),
    ]
    expect(found.filter(isScript)).toEqual([])
  })

  it('comes out of the page of an article', async () => {
    const { server } = await room.app.serve()
    const dangers: string[] = []
    for (const head of heads) {
      const response = await fetch(`http://127.0.0.1:${server.port}${pagePath(head)}`)
      const page = await response.text()
      const found = response.status === 200 ? dangersInPage(page) : [`status ${response.status}`]
      dangers.push(...found.map(danger => `${head.title}: ${danger}`))
    }
    expect(dangers).toEqual([])
  }, 240_000)
})

describe('the search for dangers', () => {
  it.each([
    '<script>x</script>',
    '<p onclick="x">x</p>',
    '<a href="java&#9;script:x">x</a>',
    '<a href=x>x</a>',
    '<img src="data:,x" />',
    '<b',
  ])('finds %s', html => {
    expect(dangersIn(`<p>x</p>${html}`)).not.toEqual([])
  })

  it('finds most addresses of scripts, and nothing in the others', () => {
    expect(addresses.filter(address => !address.includes('&') && isScript(address)).length).toBeGreaterThan(25)
    expect(['https://e.example/?a:b', 'mailto:a@e.example', '/a:b', 'a/b:c', ''].filter(isScript)).toEqual([])
  })
})

/** The values of every property of JSON Feed that is an address. */
function addressesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(addressesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    /url|image|icon/.test(name) && typeof inner === 'string' ? [inner] : addressesIn(inner),
  )
}

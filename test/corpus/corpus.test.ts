import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plainText } from '../../src/excerpt.ts'
import type { Head } from '../../src/head.ts'
import { parsers } from '../../src/collect/parsers/index.ts'
import { pairsOf, source } from '../collect/parsers/pairs.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { validate } from '../publish/validate.ts'

/** What one file comes to: by hand, in `expected.json`. */
interface Expected {
  articles?: object[]
  /** Reasons, by the article of the file that they are about; '' for all of it. */
  rejects?: Record<string, string>
}

const folder = fileURLToPath(new URL('pairs', import.meta.url))
const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Record<string, Expected>

const dated = '<meta property="article:published_time" content="2024-05-01T10:00:00Z">'

/** What cannot lie in a repository. The reasons for the rejects. */
const exhausting = {
  'line-of-50-mb.txt': ['word '.repeat(10_000_000), /maxBytes/],
  'line-of-9-mb.txt': [dump('Endless', { text: 'word '.repeat(1_800_000) }), /A line is longer than 1,000,000/],
  'line-of-9-mb.html': [`<!doctype html><title>T</title>${dated}<p>${'word '.repeat(1_800_000)}`, /without a tag/],
  'nested.html': [`<!doctype html><title>T</title>${'<div>'.repeat(100_000)}x`, /nests more than 256/],
  'nested.md': [`---\ntitle: T\ndate: 2024-05-01\n---\n\n${'<b>'.repeat(80_000)}x`, /nests more than 256/],
  'nested.rss': [`<rss version="2.0">${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}</rss>`, /nests more than 256/],
  'nested.json': [`{"uri":"u","headline":"T","bodies":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, /no body/],
  'quotes.md': [`# T\n\n${'>'.repeat(100_000)} x`, /too deep/],
  'laughs.atom': [
    `<!DOCTYPE feed [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, at) => `<!ENTITY a${at} "&a;&a;">`).join('')}]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>`,
    /document type/,
  ],
  'parts.json': [`[{"uri":"u","headline":"T"}${',{}'.repeat(1_000_000)}]`, /more than 1000000 parts/],
} satisfies Record<string, [text: string, reason: RegExp]>

const settings = {
  format: 'auto',
  undated: 'first-seen',
  dates: [...source.dates],
  language: source.language,
  publisher: source.publisher,
  boilerplate: [...source.boilerplate],
  tail: [...source.tail],
}
const pairSources = Object.keys(parsers).map(format => ({
  name: `pairs-${format}`,
  folder: fileURLToPath(new URL(`../collect/parsers/pairs/${format}`, import.meta.url)),
  include: ['*.{txt,html,md,xml,ninjs,jsonfeed}'],
  ...settings,
}))

describe('the corpus', () => {
  let room: Newsroom
  let found: Record<string, Expected>

  beforeAll(async () => {
    const files = Object.fromEntries(Object.entries(exhausting).map(([path, [text]]) => [path, text]))
    room = await openNewsroom({
      files: { ...files, 'a-good.txt': dump('A good one'), 'zz-good.txt': dump('Another good one') },
      sources: [
        { name: 'corpus', folder, publisher: 'Harbour Agency' },
        { name: 'devices', folder: '/dev', include: ['null', 'zero', 'full'] },
        ...pairSources,
      ],
      feeds: { all: { title: 'All', limit: 1000 } },
    })
    await symlink('a-good.txt', room.home.path('link.txt'))
    await symlink('/dev/zero', room.home.path('link-to-a-device.txt'))
    execFileSync('mkfifo', [room.home.path('pipe.txt')])
    const socket = createServer().listen(room.home.path('socket.txt'))
    await once(socket, 'listening')
    for (const { name } of room.app.config.sources) await room.app.collect(name)
    socket.close()
    found = await outcomesOf(room, 'corpus')
  }, 120_000)
  afterAll(() => room[Symbol.asyncDispose]())

  it('has at least 120 inputs, each with its expected outcome', () => {
    const inputs = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
    const pairs = Object.keys(parsers).flatMap(pairsOf)
    expect(inputs.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).toSorted()).toEqual(
      Object.keys(expected).toSorted(),
    )
    expect(inputs.length + pairs.length + Object.keys(exhausting).length).toBeGreaterThanOrEqual(120)
  })

  it.each(Object.keys(expected))('comes to what is expected: %s', path => {
    expect(found[path]).toEqual(expected[path])
  })

  it.each(Object.entries(exhausting))(
    'has what is built to exhaust it among its rejects: %s',
    async (path, [, reason]) => {
      const rejects = await room.app.store.files.rejects('desk')
      expect(rejects.find(({ file }) => file === path)?.reason).toMatch(reason)
    },
  )

  it('has what is no file among its rejects, unopened', async () => {
    const [desk, devices] = [await room.app.store.files.rejects('desk'), await room.app.store.files.rejects('devices')]
    expect([...desk, ...devices].filter(({ reason }) => reason.endsWith('not read'))).toMatchObject([
      { file: 'link-to-a-device.txt', reason: expect.stringContaining('symbolic link') },
      { file: 'link.txt', reason: expect.stringContaining('symbolic link') },
      { file: 'pipe.txt', reason: expect.stringContaining('pipe') },
      { file: 'socket.txt', reason: expect.stringContaining('socket') },
      { file: 'full', reason: expect.stringContaining('device') },
      { file: 'null', reason: expect.stringContaining('device') },
      { file: 'zero', reason: expect.stringContaining('device') },
    ])
  })

  it('has every good one, whatever lies beside it', async () => {
    expect((await titlesOf('desk')).toSorted()).toEqual(['A good one', 'Another good one'])
    for (const [at, format] of Object.keys(parsers).entries()) {
      const { name } = pairSources[at]!
      const rejects = await room.app.store.files.rejects(name)
      // Of two pairs with one id the second gives way; and one cancels what another says.
      expect(rejects.filter(({ givesWayTo }) => givesWayTo === undefined)).toEqual([])
      const gone = new Set([...rejects.map(({ file }) => file), ...(await killedBy(name))])
      const readings = pairsOf(format).filter(pair => !gone.has(pair.name) && !gone.has(ownIdIn(pair) ?? ''))
      expect((await titlesOf(name)).toSorted()).toEqual(readings.flatMap(titleIn).toSorted())
    }
  })

  it('leaves a process that goes on, and valid editions', async () => {
    for (const name of ['corpus', 'desk'])
      expect(await room.app.collect(name)).toMatchObject({ new: 0, updated: 0, killed: 0 })
    await room.app.publish('all')
    const { editions } = (await room.app.store.editions.load('all'))!.editions
    const names = ['rss', 'atom', 'json'] as const
    const faults = names.map(name =>
      validate(name, editions.find(({ format }) => format === name)!.bodies.identity.toString()),
    )
    expect(faults).toEqual([[], [], []])
  })

  async function headsOf(name: string): Promise<Head[]> {
    const heads = await room.app.store.articles.list({ limit: 10_000 })
    return heads.filter(head => head.source === name)
  }

  /** Of articles that were not killed. */
  async function titlesOf(name: string): Promise<string[]> {
    return (await headsOf(name)).filter(({ pubStatus }) => pubStatus !== 'canceled').map(({ title }) => title)
  }

  async function killedBy(name: string): Promise<string[]> {
    return (await headsOf(name)).flatMap(({ pubStatus, ownId }) => (pubStatus === 'canceled' ? (ownId ?? []) : []))
  }
})

function ownIdIn({ expected: reading }: { expected: unknown }): string | undefined {
  return (reading as { ownId?: string }).ownId
}

/** None for a pair that cancels an article. */
function titleIn({ expected: reading }: { expected: unknown }): string[] {
  const { content } = reading as { content?: { title: string } }
  return content === undefined ? [] : [content.title]
}

/** What every file of a source came to. */
async function outcomesOf(room: Newsroom, name: string): Promise<Record<string, Expected>> {
  const outcomes: Record<string, Required<Expected>> = {}
  const of = (file: string) => (outcomes[file] ??= { articles: [], rejects: {} })
  const heads = await room.app.store.articles.list({ limit: 10_000 })
  for (const head of heads.toSorted((a, b) => (a.title < b.title ? -1 : 1))) {
    if (head.source === name) of(head.file ?? '').articles.push(await described(room, head))
  }
  for (const { file, reason, line } of await room.app.store.files.rejects(name)) {
    const [path = '', item = ''] = file.split('#')
    of(path).rejects[item] = line === undefined ? reason : `${line}: ${reason}`
  }
  return Object.fromEntries(
    Object.entries(outcomes).map(([path, { articles, rejects }]) => [
      path,
      { ...(articles.length > 0 && { articles }), ...(Object.keys(rejects).length > 0 && { rejects }) },
    ]),
  )
}

async function described(room: Newsroom, head: Head): Promise<object> {
  if (head.pubStatus === 'canceled') return { killed: head.ownId }
  const article = await room.app.store.articles.article(head, room.app.config.site.authority)
  const { title, language, published, section, place, html, media, authors } = article
  return {
    title,
    language,
    published,
    ...(article.modified !== undefined && { modified: article.modified }),
    ...(section !== undefined && { section }),
    ...(place !== undefined && { place }),
    authors: authors.map(author => author.name).join(', '),
    paragraphs: html.match(/<p>/g)?.length ?? 0,
    begins: plainText(html).slice(0, 40),
    ...(media.length > 0 && { media: media.map(({ kind, url }) => `${kind} ${url}`) }),
    ...(head.pubStatus !== 'usable' && { status: head.pubStatus }),
    ...(head.heldUntil !== undefined && { heldUntil: head.heldUntil }),
  }
}

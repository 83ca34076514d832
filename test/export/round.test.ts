import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill, release, withhold } from '../../src/operate/life.ts'
import { Archives } from '../../src/show/archive.ts'
import { ExportFolder } from '../../src/export/folder.ts'
import { exportRound, type Exported, type RoundOptions } from '../../src/export/round.ts'
import { watchStore } from '../../src/export/watch.ts'
import { isAway } from '../../src/store/redis/connect.ts'
import { keys } from '../../src/store/keys.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'

const feeds = {
  all: { title: 'All', formerly: ['everything'], select: { sections: ['News', 'Sport'] } },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
  inside: { title: 'Inside', access: 'partners', formerly: ['within'], select: { sections: ['Inside'] } },
  over: { title: 'Over', gone: true },
}
const files = {
  'a.txt': dump('Alpha', { text: 'Words about alphas.' }),
  'b.txt': dump('Beta', { section: 'Sport', text: 'Words about betas.' }),
  'c.txt': dump('Secret', { section: 'Inside', text: 'Words for partners.' }),
}

const slug = (path: string) => `desk-${mintKey(path)}`
const refOf = (path: string) => `desk/${mintKey(path)}`
const documentsOf = (feed: string) => [
  ...['rss', 'atom', 'json', 'html'].map(ending => `feeds/${feed}.${ending}`),
  ...['rss', 'atom', 'json'].map(ending => `feeds/${feed}/archive/1.${ending}`),
]
const pagesOf = (path: string) => ['html', 'json'].map(ending => `articles/${slug(path)}.${ending}`)
const lists = ['index.html', 'feeds.opml', 'sitemap-news.xml', 'feeds/copy.js']

let room: Newsroom
let parent: string
let folder: string
beforeEach(async () => {
  room = await openNewsroom({ ownRedis: true, feeds, files })
  parent = await mkdtemp(join(tmpdir(), 'feedwire-export-'))
  folder = join(parent, 'www')
  await collectAndPublish()
})
afterEach(async () => {
  await room[Symbol.asyncDispose]()
  await rm(parent, { recursive: true, force: true })
})

async function collectAndPublish(): Promise<void> {
  await room.app.collect('desk')
  await publishAll()
}

async function publishAll(): Promise<void> {
  for (const feed of await room.app.behind()) await room.app.publish(feed)
}

function optionsOf({ store, takedowns, config, log, clock } = room.app): RoundOptions {
  return { store, takedowns, config, log, clock, archives: new Archives(store) }
}

async function exportAll(options: Partial<RoundOptions> = {}): Promise<Exported> {
  await using opened = await ExportFolder.open(folder)
  return await exportRound(opened, { ...optionsOf(), ...options })
}

/** Path -> when its bytes were written and where they lie, of all files but those that are for the export itself. */
async function state(): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found = new Map<string, string>()
  for (const entry of entries.filter(each => !each.isDirectory() && !each.parentPath.includes('.feedwire-export'))) {
    const path = join(entry.parentPath, entry.name)
    const { mtimeMs, ino } = await stat(path)
    found.set(path.slice(folder.length + 1), `${mtimeMs} ${ino}`)
  }
  return found
}

/** Paths without those of the codings, in order. */
async function documents(): Promise<string[]> {
  return [...(await state()).keys()].filter(path => !/\.(gz|br)$/.test(path)).toSorted()
}

const read = (path: string) => readFile(join(folder, path), 'utf8')

/** Everything in every file, decoded. */
async function allText(): Promise<string> {
  const texts = await Promise.all(
    [...(await state()).keys()].map(async path => {
      const bytes = await readFile(join(folder, path))
      if (path.endsWith('.gz')) return String(gunzipSync(bytes))
      return String(path.endsWith('.br') ? brotliDecompressSync(bytes) : bytes)
    }),
  )
  return texts.join('\n')
}

describe('an export', () => {
  it('holds all that is public, and nothing else', async () => {
    expect(await exportAll()).toMatchObject({ unchanged: 0, removed: 0, leftOut: 0, missing: [] })
    const expected = [
      ...['all', 'sport'].flatMap(documentsOf),
      ...['a.txt', 'b.txt'].flatMap(pagesOf),
      ...lists,
      'feeds/over.gone',
      'nginx-headers.conf',
      'nginx-redirects.conf',
    ]
    expect(await documents()).toEqual(expected.toSorted())
    expect(await allText()).not.toMatch(/Secret|partners|inside|Inside|within/)
  })

  it('has each document in three codings, all of the same bytes and of the same time', async () => {
    await exportAll()
    for (const path of (await documents()).filter(name => !/\.(gone|conf)$/.test(name))) {
      const bytes = await readFile(join(folder, path))
      expect(gunzipSync(await readFile(join(folder, `${path}.gz`))).equals(bytes)).toBe(true)
      expect(brotliDecompressSync(await readFile(join(folder, `${path}.br`))).equals(bytes)).toBe(true)
      const times = await Promise.all(['', '.gz', '.br'].map(ending => stat(join(folder, path + ending))))
      expect(new Set(times.map(({ mtimeMs }) => mtimeMs))).toEqual(new Set([times[0]?.mtimeMs]))
    }
  })

  it('has editions as they were sealed, as old as they are', async () => {
    await exportAll()
    const { editions } = (await room.app.store.editions.load('all'))!.editions
    for (const { format, bodies, modified } of editions) {
      const path = join(folder, `feeds/all.${format}`)
      expect((await readFile(path)).equals(bodies.identity)).toBe(true)
      expect((await readFile(`${path}.gz`)).equals(bodies.gzip)).toBe(true)
      expect((await readFile(`${path}.br`)).equals(bodies.br)).toBe(true)
      expect((await stat(path)).mtimeMs).toBe(modified * 1000)
    }
  })

  it('writes nothing when nothing has changed', async () => {
    const { written } = await exportAll()
    const before = await state()
    room.now += 60_000
    expect(await exportAll()).toEqual({ written: 0, unchanged: written, removed: 0, leftOut: 0, missing: [] })
    expect(await exportAll({ force: true })).toMatchObject({ written: 0, unchanged: written })
    expect(await state()).toEqual(before)
  })

  it('writes what has changed, and only that', async () => {
    await exportAll()
    const before = await state()
    room.now += 60_000
    await room.home.write('b.txt', dump('Beta again', { section: 'Sport', text: 'Other words about betas.' }))
    await collectAndPublish()
    await exportAll()
    const after = await state()
    const changed = [...after].filter(([path, at]) => before.get(path) !== at).map(([path]) => path)
    const expected = [...documentsOf('all'), ...documentsOf('sport'), ...pagesOf('b.txt'), 'index.html']
    expect(changed.filter(path => !/\.(gz|br)$/.test(path)).toSorted()).toEqual(expected.toSorted())
    expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted())
  })

  it('gives each change a time of its own, within one second too', async () => {
    await exportAll()
    const page = join(folder, `articles/${slug('a.txt')}.html`)
    const first = (await stat(page)).mtimeMs
    await room.home.write('a.txt', dump('Alphb', { text: 'Words about alphbs.' }))
    await collectAndPublish()
    await exportAll()
    expect((await stat(page)).mtimeMs).toBeGreaterThan(first)
  })

  it('lets a killed article go from every file, and marks its address', async () => {
    await exportAll()
    const { store, now } = { store: room.app.store, now: (room.now += 1000) }
    await kill(refOf('a.txt'), 'wrong', { store, now })
    await publishAll()
    await exportAll()
    expect(await allText()).not.toMatch(/Alpha|alphas/)
    const about = async () => (await documents()).filter(path => path.includes(slug('a.txt')))
    expect(await about()).toEqual([`articles/${slug('a.txt')}.gone`])
    expect(await exportAll()).toMatchObject({ written: 0, removed: 0 })
    await release(refOf('a.txt'), { store, now })
    await collectAndPublish()
    await exportAll()
    expect(await about()).toEqual(pagesOf('a.txt'))
  })

  it('marks every address that was killed, also one that was never in this folder', async () => {
    await kill(refOf('a.txt'), 'wrong', { store: room.app.store, now: room.now })
    await kill(refOf('c.txt'), 'wrong', { store: room.app.store, now: room.now })
    await withhold(refOf('b.txt'), { store: room.app.store, now: room.now })
    await exportAll()
    const marks = (await documents()).filter(path => path.startsWith('articles/') && path.endsWith('.gone'))
    expect(marks.toSorted()).toEqual(['a.txt', 'c.txt'].map(path => `articles/${slug(path)}.gone`).toSorted())
  })

  it('does not wait for the editions to take a killed page away', async () => {
    await exportAll()
    await kill(refOf('a.txt'), 'wrong', { store: room.app.store, now: room.now })
    await exportAll()
    expect(await documents()).not.toContain(`articles/${slug('a.txt')}.html`)
  })

  it('has nothing of what was taken away before the store was restored from an older copy', async () => {
    const client = room.redis.client()
    const keysBefore = await client.keys('*')
    const dumps = await Promise.all(keysBefore.map(key => client.dumpBuffer(key)))
    await kill(refOf('a.txt'), 'wrong', { store: room.app.store, now: room.now })
    await room.app.takedowns.inForce()
    const restored = client.multi().flushall()
    for (const [index, key] of keysBefore.entries()) restored.restore(key, 0, dumps[index]!)
    await restored.exec()
    await exportAll()
    expect(await allText()).not.toMatch(/Alpha/)
    expect(await read('feeds/all.rss')).toMatch(/Beta/)
    await publishAll()
    await exportAll()
    expect(await allText()).not.toMatch(/Alpha/)
  })

  it('lets a withheld article go without a word', async () => {
    await exportAll()
    await withhold(refOf('a.txt'), { store: room.app.store, now: room.now })
    await publishAll()
    await exportAll()
    expect((await documents()).filter(path => path.includes(slug('a.txt')))).toEqual([])
    expect(await allText()).not.toContain('alphas')
  })

  it('lets a feed go that has become one for partners', async () => {
    await exportAll()
    await room.home.writeFeed('sport', { ...feeds.sport, access: 'partners' })
    const app = await room.openApp()
    await app.publish('sport')
    await exportAll(optionsOf(app))
    expect((await documents()).filter(path => path.includes('sport'))).toEqual([])
  })

  it('names no feed before its first edition, and says so', async () => {
    await room.home.writeFeed('new', { title: 'Novelty' })
    const app = await room.openApp()
    expect(await exportAll(optionsOf(app))).toMatchObject({ missing: ['new'] })
    expect(await allText()).not.toContain('Novelty')
    await app.publish('new')
    expect(await exportAll(optionsOf(app))).toMatchObject({ missing: [] })
    expect(await documents()).toContain('feeds/new.rss')
  })

  it('leaves an article out whose text is lost, and writes the others', async () => {
    const head = await room.app.store.articles.head(refOf('a.txt'))
    await room.redis.client().del(keys.body(refOf('a.txt'), head?.body ?? ''))
    expect(await exportAll()).toMatchObject({ leftOut: 2 })
    expect(await documents()).toEqual(expect.arrayContaining(pagesOf('b.txt')))
    expect(await documents()).not.toEqual(expect.arrayContaining(pagesOf('a.txt')))
  })

  it('leaves everything as it is when the store has lost its data, until that is collected and published again', async () => {
    await exportAll()
    const before = await state()
    const client = room.redis.client()
    await client.flushall()
    await client.set(keys.epoch, 'another')
    const app = await room.openApp()
    expect(await exportAll(optionsOf(app))).toMatchObject({ waiting: expect.stringContaining('lost its data') })
    await app.publish('all')
    await app.publish('sport')
    expect(await exportAll(optionsOf(app))).toMatchObject({ waiting: expect.stringContaining('lost its data') })
    await client.del(keys.editions('all'))
    await app.collect('desk')
    expect(await exportAll(optionsOf(app))).toMatchObject({ waiting: expect.stringContaining('lost its data') })
    expect(await state()).toEqual(before)
    for (const feed of await app.behind()) await app.publish(feed)
    expect(await exportAll(optionsOf(app))).toMatchObject({ removed: 0, missing: [] })
    expect([...(await state()).keys()]).toEqual([...before.keys()])
  })

  it('sends old names of public feeds to the new ones', async () => {
    await exportAll()
    const [, line, ...more] = (await read('nginx-redirects.conf')).trimEnd().split('\n')
    expect(more).toEqual([])
    expect(line).toContain('return 301 /feeds/all$rest;')
    const pattern = new RegExp(/"(.*)"/.exec(line ?? '')?.[1] ?? '')
    for (const rest of ['', '.rss', '.atom', '.json', '/archive/7.rss'])
      expect(pattern.exec(`/feeds/everything${rest}`)?.groups?.['rest'] ?? '').toBe(rest)
    for (const rest of ['.html', 'x', '/archive/7', '/archive/x.rss', '.rss/'])
      expect(`/feeds/everything${rest}`).not.toMatch(pattern)
  })
})

describe('an export of more than a page', () => {
  it('holds the whole archive and a page for each of its articles; what is full is not written again', async () => {
    const paths = Array.from({ length: 120 }, (_, i) => `${i}.txt`)
    for (const path of paths) await room.home.write(path, dump(`Story ${path}`))
    await collectAndPublish()
    await exportAll()
    const found = await documents()
    expect(found).toEqual(expect.arrayContaining(paths.flatMap(pagesOf)))
    expect(found.filter(path => path.startsWith('feeds/all/archive/') && path.endsWith('.atom'))).toEqual([
      'feeds/all/archive/1.atom',
      'feeds/all/archive/2.atom',
    ])
    const before = await state()
    await room.home.write('last.txt', dump('The last story'))
    await collectAndPublish()
    await exportAll()
    const after = await state()
    const changed = (path: string) => before.get(path) !== after.get(path)
    expect(['1.atom', '2.atom'].map(name => changed(`feeds/all/archive/${name}`))).toEqual([false, true])
  })
})

describe('the folder of an export', () => {
  it('keeps what others have put into it', async () => {
    await mkdir(join(folder, 'articles'), { recursive: true })
    await writeFile(join(folder, 'robots.txt'), 'mine')
    await exportAll()
    await writeFile(join(folder, 'articles/other.html'), 'mine')
    for (const path of ['a.txt', 'b.txt']) await kill(refOf(path), 'wrong', { store: room.app.store, now: room.now })
    await publishAll()
    await exportAll()
    expect([await read('robots.txt'), await read('articles/other.html')]).toEqual(['mine', 'mine'])
  })

  it('is refused where a file of others is in the way', async () => {
    await mkdir(folder)
    await writeFile(join(folder, 'index.html'), 'mine')
    await expect(exportAll()).rejects.toThrow(/index\.html was not written by an export/)
    expect([...(await state()).keys()]).toEqual(['index.html'])
    expect(await read('index.html')).toBe('mine')
  })

  it.each(['feeds', 'articles', '.feedwire-export'])('is refused where %s leads out of it', async name => {
    const elsewhere = join(parent, 'elsewhere')
    await mkdir(folder)
    await mkdir(elsewhere)
    await symlink(elsewhere, join(folder, name))
    await expect(exportAll()).rejects.toThrow(/in the way: expected a folder/)
    expect(await readdir(elsewhere)).toEqual([])
  })

  it('removes nothing through a link that has taken the place of a folder', async () => {
    await exportAll()
    const elsewhere = join(parent, 'elsewhere')
    await rename(join(folder, 'articles'), elsewhere)
    await symlink(elsewhere, join(folder, 'articles'))
    const before = await readdir(elsewhere)
    await withhold(refOf('a.txt'), { store: room.app.store, now: room.now })
    await exportAll().catch(() => undefined)
    expect(await readdir(elsewhere)).toEqual(before)
  })

  it('puts a file in the place of a link, and leaves alone what that led to', async () => {
    await exportAll()
    const [page, mine] = [join(folder, 'index.html'), join(parent, 'mine')]
    await writeFile(mine, 'mine')
    await rm(page)
    await symlink(mine, page)
    await exportAll()
    expect((await lstat(page)).isFile()).toBe(true)
    expect(await readFile(mine, 'utf8')).toBe('mine')
  })

  it.each(['../mine', '/etc/hostname', 'feeds/../../mine', '.feedwire-export/manifest', 'a\0b'])(
    'removes nothing by a manifest that names %j',
    async path => {
      await exportAll()
      await writeFile(join(parent, 'mine'), 'mine')
      const manifest = join(folder, '.feedwire-export/manifest')
      await writeFile(manifest, `${await readFile(manifest, 'utf8')}${path}\tx\tx\t1\t4\n`)
      await expect(exportAll()).rejects.toThrow('is damaged')
      expect(await readFile(join(parent, 'mine'), 'utf8')).toBe('mine')
    },
  )

  it.each([
    ['cut short', (path: string) => truncate(path, 10)],
    ['removed', (path: string) => rm(path)],
    ['overwritten', (path: string) => writeFile(path, 'other')],
    ['touched', (path: string) => utimes(path, 1, 1)],
    ['emptied by a power cut', emptyInSilence],
  ])('gets a file back that was %s', async (_, damage) => {
    await exportAll()
    const [page, edition] = [`articles/${slug('a.txt')}.html`, 'feeds/all.rss.br']
    const before = await Promise.all([page, edition].map(path => readFile(join(folder, path))))
    const times = await Promise.all([page, edition].map(async path => (await stat(join(folder, path))).mtimeMs))
    for (const path of [page, edition]) await damage(join(folder, path))
    expect(await exportAll()).toMatchObject({ written: 2, removed: 0 })
    expect(await Promise.all([page, edition].map(path => readFile(join(folder, path))))).toEqual(before)
    expect(await Promise.all([page, edition].map(async path => (await stat(join(folder, path))).mtimeMs))).toEqual(
      times,
    )
  })

  it('knows of everything that an export has left which ended in its midst', async () => {
    const stop = new AbortController()
    await exportAll({ signal: stop.signal, progress: () => stop.abort() })
    const begun = await documents()
    expect(begun).toContain(`articles/${slug('a.txt')}.html`)
    expect(begun).not.toContain('index.html')
    await withhold(refOf('a.txt'), { store: room.app.store, now: room.now })
    await publishAll()
    await writeFile(join(folder, '.feedwire-export/left.tmp'), 'half')
    await exportAll()
    expect((await documents()).filter(path => path.includes(slug('a.txt')))).toEqual([])
    expect(await documents()).toContain('index.html')
    expect((await readdir(join(folder, '.feedwire-export'))).toSorted()).toEqual(['manifest'])
  })

  it('knows of everything that an export was about to write when it died', async () => {
    await exportAll()
    await room.home.write('d.txt', dump('Delta', { text: 'Words about deltas.' }))
    await collectAndPublish()
    await expect(exportAll({ progress: runOutOfSpace })).rejects.toThrow('no space left')
    expect(await documents()).toEqual(expect.arrayContaining(pagesOf('d.txt')))
    await withhold(refOf('d.txt'), { store: room.app.store, now: room.now })
    await publishAll()
    await exportAll()
    expect(await allText()).not.toMatch(/Delta|deltas/)
  })

  it('is written by one export at a time; one that died in it does not lock it for ever', async () => {
    await using opened = await ExportFolder.open(folder)
    await expect(exportAll()).rejects.toThrow(/another export writes into/)
    await utimes(join(folder, '.feedwire-export/lock'), 1, 1)
    await exportAll()
    expect(opened.epoch).toBeUndefined()
  })
})

function runOutOfSpace(): never {
  throw new Error('no space left')
}

/** As files are after a power cut: of the right time, and without the bytes that were not written yet. */
async function emptyInSilence(path: string): Promise<void> {
  const { mtime } = await stat(path)
  await truncate(path, 0)
  await utimes(path, mtime, mtime)
}

describe('a watching export', () => {
  it('writes what is published, takes away what is killed, and ends when told to', async () => {
    const stop = new AbortController()
    await using opened = await ExportFolder.open(folder)
    const { signal } = stop
    const { store, log } = room.app
    const round = () => exportRound(opened, { ...optionsOf(), signal })
    const watching = watchStore(round, { store, log, signal, feeds: Object.keys(feeds) })
    await until(async () => (await read('index.html')) !== '')
    await room.home.write('d.txt', dump('Delta', { text: 'Words about deltas.' }))
    await collectAndPublish()
    await until(async () => (await read('feeds/all.rss')).includes('Delta'))
    expect(await read(`articles/${slug('d.txt')}.html`)).toContain('deltas')
    await kill(refOf('d.txt'), 'wrong', { store, now: room.now })
    await publishAll()
    await until(async () => !/Delta|deltas/.test(await allText()))
    stop.abort()
    await watching
  })

  it('goes on after Redis was away, with the files as they were', async () => {
    const stop = new AbortController()
    await using opened = await ExportFolder.open(folder)
    const { store, log } = room.app
    const round = () => exportRound(opened, optionsOf())
    await round()
    const before = await state()
    const watching = watchStore(round, { store, log, signal: stop.signal, feeds: Object.keys(feeds) })
    await room.redis.stop()
    await until(() => store.wire.position().then(() => false, isAway))
    expect(await state()).toEqual(before)
    await room.redis.restart()
    await room.home.write('d.txt', dump('Delta'))
    await until(async () => {
      await collectAndPublish()
      return (await read('feeds/all.rss')).includes('Delta')
    })
    stop.abort()
    await watching
  })
})

import { rename, rm } from 'node:fs/promises'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { App } from '../../../src/app.ts'
import { dump, openNewsroom, type Home } from '../../newsroom.ts'

// They sort around each other, and one lies deeper.
const paths = ['a.txt', 'b.txt', 'c/c.txt', 'd.txt', 'e.txt', 'f.txt'] as const

/** An archive folder, and a model of what lies in it. A text is the title of its story, or begins with `Broken`. */
class Archive {
  readonly texts = new Map<string, string>()
  readonly #home: Home
  /** Every story that was ever written. */
  readonly written: string[] = []
  /** What each path last held that can be read. */
  readonly #readable = new Map<string, string>()

  constructor(home: Home) {
    this.#home = home
  }

  async write(path: string, text: string): Promise<void> {
    await this.#home.write(path, isBroken(text) ? text : dump(text, { text: `This is ${text}.` }))
    if (!isBroken(text) && !this.written.includes(text)) this.written.push(text)
    this.#hold(path, text)
  }

  fresh(): string {
    return `Story ${this.written.length + 1}`
  }

  async rename(from: string, to: string): Promise<void> {
    const text = this.texts.get(from)
    if (text === undefined || from === to) return
    // The folder of the new path may not be there yet.
    await this.#home.write(to, '')
    await rename(this.#home.path(from), this.#home.path(to))
    this.texts.delete(from)
    this.#hold(to, text)
  }

  async remove(path: string): Promise<void> {
    await rm(this.#home.path(path), { force: true })
    this.texts.delete(path)
  }

  /** Where a story lies now. */
  pathsOf(text: string): string[] {
    return [...this.texts].filter(([, held]) => held === text).map(([path]) => path)
  }

  /** Stories that were there once. */
  lost(): string[] {
    return this.written.filter(text => this.pathsOf(text).length === 0)
  }

  lastReadable(path: string): string {
    return this.#readable.get(path) ?? this.fresh()
  }

  #hold(path: string, text: string): void {
    this.texts.set(path, text)
    if (!isBroken(text)) this.#readable.set(path, text)
  }
}

function isBroken(text: string): boolean {
  return text.startsWith('Broken')
}

/** What newsrooms do to their files. `a` and `b` are two paths; what needs a file where there is none does nothing. */
const operations = {
  write: (archive, a) => archive.write(a, archive.fresh()),
  rename: (archive, a, b) => archive.rename(a, b),
  remove: (archive, a) => archive.remove(a),
  async copy(archive, a, b) {
    const text = archive.texts.get(a)
    if (text !== undefined) await archive.write(b, text)
  },
  async swap(archive, a, b) {
    if (a === b) return
    await archive.rename(a, '.aside')
    await archive.rename(b, a)
    await archive.rename('.aside', b)
  },
  async shift(archive, a) {
    const row = paths.slice(paths.indexOf(a))
    for (const [index, path] of [...row.entries()].toReversed()) {
      await archive.rename(path, row[index + 1] ?? 'g.txt')
    }
    await archive.write(a, archive.fresh())
  },
  async bringBack(archive, a, b) {
    const lost = archive.lost()
    const text = lost[paths.indexOf(b) % lost.length]
    if (text !== undefined) await archive.write(a, text)
  },
  break: (archive, a) => archive.write(a, `Broken ${a}`),
  mend: (archive, a) => archive.write(a, archive.lastReadable(a)),
} satisfies Record<string, (archive: Archive, a: Path, b: Path) => Promise<void>>

type Path = (typeof paths)[number]
type Operation = [name: keyof typeof operations, a: Path, b: Path]

interface Round {
  operations: Operation[]
  /** Two processes do this round at once. */
  twice: boolean
}

const anyPath = fc.constantFrom(...paths)
const anyOperation = fc.tuple(
  fc.constantFrom(...(Object.keys(operations) as (keyof typeof operations)[])),
  anyPath,
  anyPath,
)
const anyRounds = fc.array(
  fc.record<Round>({
    operations: fc.array(anyOperation, { minLength: 1, maxLength: 6 }),
    twice: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

/** What can be seen of the newsroom: articles, rejects, wire. */
async function look(app: App) {
  const heads = await app.store.articles.list({ limit: 1000 })
  const rejects = await app.store.files.rejects('desk')
  const wire = await app.store.wire.after(0, 1000)
  return {
    heads,
    rejects: rejects.map(({ file, reason }) => `${file}: ${reason}`),
    rejected: rejects.map(({ file }) => file),
    wire: wire.map(({ action, ref, version }) => `${action} ${ref} ${version}`),
  }
}

/** What readers see: id and title of each article. */
async function shown(app: App) {
  await app.publish('all')
  const loaded = await app.store.editions.load('all')
  const json = loaded?.editions.editions.find(({ format }) => format === 'json')
  const { items } = JSON.parse(json?.bodies.identity.toString() ?? '{"items":[]}') as {
    items: { id: string; title: string }[]
  }
  return { ids: items.map(({ id }) => id), titles: items.map(({ title }) => title) }
}

/** Follows stories that lie in one file after every round, since they were first seen: these must keep their keys. */
class Steady {
  readonly #keys = new Map<string, string>()
  readonly #seen = new Set<string>()

  /** Those that have another key now. */
  lost(archive: Archive, { heads }: Awaited<ReturnType<typeof look>>): string[] {
    const lost: string[] = []
    for (const text of archive.written) {
      const key = heads.find(({ title }) => title === text)?.key
      if (archive.pathsOf(text).length !== 1) this.#keys.delete(text)
      else if (this.#keys.has(text) && this.#keys.get(text) !== key) lost.push(text)
      else if (!this.#seen.has(text) && key !== undefined) this.#keys.set(text, key)
      this.#seen.add(text)
    }
    return lost
  }
}

async function holds(app: App, archive: Archive): Promise<void> {
  const { heads, rejected, wire } = await look(app)
  const { ids, titles } = await shown(app)
  expect(new Set(ids).size, 'no uri twice').toBe(ids.length)
  expect(titles.toSorted(), 'no story twice').toEqual([...new Set(titles)].toSorted())
  const stories = [...new Set(archive.texts.values())].filter(text => !isBroken(text))
  expect(titles, 'every story that is there is shown').toEqual(expect.arrayContaining(stories))
  expect(archive.written, 'nothing else is shown').toEqual(expect.arrayContaining(titles))

  const given = stories.map(text => heads.find(({ title }) => title === text)?.file ?? `no file of ${text}`)
  expect([...given, ...rejected].toSorted(), 'each file has an article or a reject').toEqual(
    [...archive.texts.keys()].toSorted(),
  )
  for (const text of stories) expect(archive.pathsOf(text)).toContain(heads.find(({ title }) => title === text)?.file)
  const told = wire.map(line => line.split(' ')[1] ?? '')
  expect(told.toSorted(), 'each uri is on the wire once').toEqual(
    heads.map(({ source, key }) => `${source}/${key}`).toSorted(),
  )
}

it('shows every story once, under the uri that it had, whatever is done to the files', async () => {
  await fc.assert(
    fc.asyncProperty(anyRounds, async rounds => {
      await using room = await openNewsroom({ feeds: { all: { title: 'All', limit: 200 } } })
      const { app } = room
      const other = await room.openApp()
      const archive = new Archive(room.home)
      const steady = new Steady()
      for (const { operations: several, twice } of rounds) {
        for (const [name, a, b] of several) await operations[name](archive, a, b)
        room.now += 60_000
        await Promise.all([app.collect('desk'), ...(twice ? [other.collect('desk')] : [])])
        expect(steady.lost(archive, await look(app)), 'a moved story keeps its uri').toEqual([])
      }
      await app.collect('desk')
      await app.collect('desk')
      expect(steady.lost(archive, await look(app)), 'a moved story keeps its uri').toEqual([])
      await holds(app, archive)
      const before = await look(app)
      expect(await app.collect('desk')).toMatchObject({ new: 0, updated: 0, killed: 0 })
      expect(await look(app), 'a quiet round changes nothing').toEqual(before)
    }),
    { numRuns: 60, interruptAfterTimeLimit: 40_000 },
  )
})

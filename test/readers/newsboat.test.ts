import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answers, mustRun, run } from './programs.ts'
import { corrected, killed, left, stories, type Story } from './stories.ts'
import { openSubscription, type Exchange, type Subscription } from './subscription.ts'

const installed = answers('newsboat', '--version') && answers('python3', '-c', 'import sqlite3')

const formats = ['rss', 'atom'] as const

/** An article as newsboat keeps it. */
interface Item {
  guid: string
  title: string
  author: string
  content: string
  pubDate: number
}

/** What came of a reading, and what was asked for it. */
interface Reading {
  items: Item[]
  exchanges: Exchange[]
}

/** Newsboat's own database as JSON: Node 20 reads no SQLite. */
const dump = `
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
database.row_factory = sqlite3.Row
rows = database.execute('select * from rss_item order by pubDate desc, id')
print(json.dumps([dict(row) for row in rows]))
`

describe.skipIf(!installed && !mustRun)('newsboat (not without it: apt-get install newsboat python3)', () => {
  let subscription: Subscription
  let folder: string
  let [first, again, changed, afterKill, newcomer]: Record<string, Reading>[] = []
  beforeAll(async () => {
    subscription = await openSubscription()
    folder = await mkdtemp(join(tmpdir(), 'feedwire-newsboat-'))
    await writeFile(join(folder, 'config'), '')
    first = await readAll()
    // Newsboat notes the tag of a feed that it knows already: of its very first reading it has none.
    await readAll()
    again = await readAll()
    await subscription.write(corrected.file, corrected.content, corrected.title)
    changed = await readAll()
    await subscription.kill(killed.title)
    afterKill = await readAll()
    newcomer = await readAll('newcomer')
  }, 120_000)
  afterAll(async () => {
    await subscription?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  async function readAll(who = 'subscriber'): Promise<Record<string, Reading>> {
    const readings = []
    for (const format of formats) readings.push([format, await read(format, who)] as const)
    return Object.fromEntries(readings)
  }

  /** One reading of one feed, into a cache of its own. */
  async function read(format: string, who: string): Promise<Reading> {
    const file = (name: string) => join(folder, name)
    const cache = file(`${who}-${format}.db`)
    await writeFile(file('urls'), `${subscription.urlOf(format)}\n`)
    await run('newsboat', ['-u', file('urls'), '-C', file('config'), '-c', cache, '-x', 'reload'], { HOME: folder })
    const items = JSON.parse(await run('python3', ['-c', dump, cache])) as Item[]
    return { items, exchanges: subscription.exchanges() }
  }

  describe.each(formats)('subscribed to %s', format => {
    it('shows every story once: title, whole text and date as the newsroom wrote them', () => {
      expect(shown(first?.[format])).toEqual(written(stories))
    })

    it('names the authors', () => {
      // Of several dc:creator newsboat keeps the last.
      const names = stories.map(({ authors }) => (format === 'rss' ? authors.at(-1) : authors.join(', ')))
      expect(first?.[format]?.items.map(({ author }) => author)).toEqual(names)
    })

    it('gets a 304 when nothing has changed, and has what it had', () => {
      expect(again?.[format]?.exchanges).toEqual([{ path: `/feeds/all.${format}`, conditional: true, status: 304 }])
      expect(again?.[format]?.items).toEqual(first?.[format]?.items)
    })

    it('sees one changed article as one changed article, and is sent no other', () => {
      expect(changed?.[format]?.exchanges).toEqual([{ path: `/feeds/all.${format}`, conditional: true, status: 226 }])
      expect(changed?.[format]?.items.map(({ guid }) => guid)).toEqual(first?.[format]?.items.map(({ guid }) => guid))
      expect(shown(changed?.[format])).toEqual(written([...stories.slice(0, -1), corrected]))
    })

    it('sees nothing more of a killed article; what it has kept stays its own', () => {
      expect(shown(newcomer?.[format])).toEqual(written(left))
      expect(afterKill?.[format]?.exchanges).toMatchObject([{ conditional: true, status: 200 }])
      expect(afterKill?.[format]?.items).toEqual(changed?.[format]?.items)
    })
  })
})

function shown(reading: Reading | undefined) {
  return reading?.items.map(({ title, content, pubDate }) => ({ title, html: content, published: pubDate }))
}

function written(expected: readonly Story[]) {
  return expected.map(({ title, html, published }) => ({ title, html, published }))
}

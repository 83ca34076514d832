import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { answers, mustRun, run } from './programs.ts'
import { corrected, killed, left, stories, type Story } from './stories.ts'
import { openSubscription, type Exchange, type Subscription } from './subscription.ts'

/** Debian's own Python has Debian's packages; another may stand before it on the path. */
const python = ['/usr/bin/python3', 'python3'].find(program => answers(program, '-c', 'import feedparser'))

const formats = ['rss', 'atom'] as const

/** What a program made with feedparser learns of a feed. */
interface Reading {
  status: number
  faulty: boolean
  etag?: string
  modified?: string
  feed?: string
  entries: Entry[]
}

interface Entry {
  id: string
  title: string
  authors: string[]
  html: string
  /** Seconds since 1970. */
  published: number
  updated: number | null
  media: string[]
  enclosures: { url: string; type: string; length: string }[]
}

const script = `
import calendar, feedparser, json, sys
url, etag, modified = sys.argv[1:4]
found = feedparser.parse(url, etag=etag or None, modified=modified or None)
def seconds(moment):
    return calendar.timegm(moment) if moment else None
print(json.dumps({
    'status': found.status, 'faulty': bool(found.bozo), 'etag': found.get('etag'), 'modified': found.get('modified'),
    'feed': found.feed.get('title'),
    'entries': [{
        'id': entry.id, 'title': entry.title,
        'authors': [author.name for author in entry.authors],
        'html': entry.content[0].value,
        'published': seconds(entry.published_parsed), 'updated': seconds(dict.get(entry, 'updated_parsed')),
        'media': [media['url'] for media in entry.get('media_content', [])],
        'enclosures': [{'url': e.href, 'type': e.type, 'length': e.length} for e in entry.enclosures],
    } for entry in found.entries],
}))
`

describe.skipIf(python === undefined && !mustRun)(
  'feedparser (not without it: apt-get install python3-feedparser)',
  () => {
    let subscription: Subscription
    let [first, again, changed, unchanged, whole, afterKill]: Record<string, Reading>[] = []
    let exchanges: Exchange[]
    beforeAll(async () => {
      subscription = await openSubscription()
      first = await readAll()
      again = await readAll(first)
      exchanges = subscription.exchanges()
      await subscription.write(corrected.file, corrected.content, corrected.title)
      changed = await readAll(first)
      unchanged = await readAll(changed)
      whole = await readAll()
      await subscription.kill(killed.title)
      afterKill = await readAll(changed)
    }, 120_000)
    afterAll(() => subscription?.[Symbol.asyncDispose]())

    /** `had`: what an earlier reading told. */
    async function readAll(had: Record<string, Reading> = {}): Promise<Record<string, Reading>> {
      const readings = []
      for (const format of formats) readings.push([format, await read(format, had[format])] as const)
      return Object.fromEntries(readings)
    }

    async function read(format: string, { etag = '', modified = '' }: Partial<Reading> = {}): Promise<Reading> {
      const args = ['-c', script, subscription.urlOf(format), etag, modified]
      return JSON.parse(await run(python ?? 'python3', args)) as Reading
    }

    describe.each(formats)('subscribed to %s', format => {
      const shown = (readings: Record<string, Reading> | undefined) => shownIn(readings?.[format])

      it('finds no fault', () => {
        for (const reading of [first, changed, whole, afterKill])
          expect(reading?.[format]).toMatchObject({ faulty: false, feed: 'All' })
      })

      it('shows every story once: title, authors, whole text, date and image as the newsroom has them', () => {
        expect(shown(first)).toEqual(written(stories))
      })

      it('finds what is enclosed', () => {
        const enclosed = stories.map(({ enclosure }) =>
          enclosure ? [{ ...enclosure, length: String(enclosure.length) }] : [],
        )
        expect(first?.[format]?.entries.map(({ enclosures }) => enclosures)).toEqual(enclosed)
      })

      it('gets a 304 on the second reading', () => {
        expect(again?.[format]).toMatchObject({ status: 304, entries: [] })
        const asked = exchanges.filter(({ path }) => path.endsWith(format))
        expect(asked.map(({ conditional, status }) => [conditional, status])).toEqual([
          [false, 200],
          [true, 304],
        ])
        expect(unchanged?.[format]?.status).toBe(304)
      })

      it('sees one changed article as one changed article, and is sent no other', () => {
        expect(changed?.[format]?.status).toBe(226)
        expect(shown(changed)).toEqual(written([corrected]))
        const [entry] = changed?.[format]?.entries ?? []
        expect(entry?.id).toBe(first?.[format]?.entries.at(-1)?.id)
        expect(entry?.updated).toBeGreaterThan(corrected.published)
      })

      it('has one changed article in a whole edition too', () => {
        expect(idsIn(whole?.[format])).toEqual(idsIn(first?.[format]))
        expect(shown(whole)).toEqual(written([...stories.slice(0, -1), corrected]))
      })

      it('sees a killed article go, and the others stay', () => {
        expect(afterKill?.[format]?.status).toBe(200)
        expect(shown(afterKill)).toEqual(written(left))
      })
    })
  },
)

function written(expected: readonly Story[]) {
  return expected.map(({ title, authors, html, published, image }) => ({ title, authors, html, published, image }))
}

function shownIn(reading: Reading | undefined) {
  return reading?.entries.map(({ title, authors, html, published, media }) => {
    // It puts attributes in the order of their names.
    const asWritten = html.replace(/<img (alt="") (src="[^"]*")/g, '<img $2 $1')
    return { title, authors, html: asWritten, published, image: media[0] }
  })
}

function idsIn(reading: Reading | undefined): string[] | undefined {
  return reading?.entries.map(({ id }) => id)
}

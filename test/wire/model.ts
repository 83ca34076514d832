import { refOf, uriOf } from '../../src/article.ts'
import { follow } from '../../src/client/follow.ts'
import { correct, kill, release, withhold } from '../../src/operate/life.ts'
import type { Feed } from '../../src/feed.ts'
import { diceOf, type Dice } from '../chaos/dice.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'
import { until } from '../redis.ts'
import { digestOf } from '../serve/wire/digest-of.ts'
import { openStream } from '../serve/wire/event-stream.ts'
import { Follower, queryOf, serveWire, type WireChange, type WireServer } from '../serve/wire/wire-server.ts'

const sections = ['News', 'Sport', 'Arts', 'Books']
const files = 24

const feeds = {
  brief: { title: 'Brief', content: 'summary', select: { sections: ['News'] } },
  culture: { title: 'Culture', select: { sections: ['Arts', 'Books'] } },
  news: { title: 'News', select: { sections: ['News'] } },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
}

const views: (keyof typeof feeds)[][] = [[], ['news'], ['sport'], ['brief', 'sport'], ['culture', 'news', 'sport']]

/** What a run found: sentences about what was not as it should be, and how often it was compared. */
export interface Found {
  wrong: string[]
  compared: number
}

/**
 * Random changes, one after the other, to a newsroom that is followed by pages, by the client and by streams; what everybody has is compared with what
 * the heads of all articles say that it should be.
 */
export async function runModel({ steps, seed }: { steps: number; seed: number }): Promise<Found> {
  const dice = diceOf(seed)
  await using room = await openNewsroom({ feeds })
  await using server = await serveWire(room.app)
  const model = new Model(room, server, dice)
  for (let step = 1; step <= steps; step++) {
    const done = await model.step()
    await model.poll(`step ${step}, ${done}`)
  }
  await model.end()
  return model.found
}

/** Follows by itself, and writes down what it has. */
interface Background {
  name: string
  feeds: string[]
  held: Map<string, string>
  stop: () => Promise<void>
}

class Model {
  readonly found: Found = { wrong: [], compared: 0 }
  readonly #room: Newsroom
  readonly #server: WireServer
  readonly #dice: Dice
  readonly #pollers: { feeds: string[]; follower: Follower }[]
  readonly #background: Background[]
  #feeds: readonly Feed[]
  #texts = 0

  constructor(room: Newsroom, server: WireServer, dice: Dice) {
    this.#room = room
    this.#server = server
    this.#dice = dice
    this.#feeds = room.app.config.feeds
    this.#pollers = views.flatMap(names =>
      [1, 3, 100].map(limit => ({ feeds: names, follower: new Follower(server, { feed: names, limit }) })),
    )
    this.#background = [
      clientOf(server, []),
      clientOf(server, ['sport']),
      streamOf(server, []),
      streamOf(server, ['sport']),
    ]
  }

  /** One change. Answers what it was. */
  async step(): Promise<string> {
    const kind = this.#dice(14)
    if (kind < 6) return await this.#write()
    if (kind < 10) return await this.#change(kind - 6)
    return await (kind < 12 ? this.#rule() : this.#access())
  }

  /** Some of the pollers go on, and are compared. */
  async poll(when: string): Promise<void> {
    for (const poller of this.#pollers) if (this.#dice(4) === 0) await this.#compare(poller, when)
  }

  /** Everybody goes on to the end, and is compared, with the digests too. */
  async end(): Promise<void> {
    // The pages of a feed that is closed are not to be had: at the end all are open.
    await this.#declare(this.#feeds.map(feed => ({ ...feed, access: 'public' as const })))
    for (const poller of this.#pollers) await this.#compare(poller, 'at the end')
    for (const { name, feeds: names, held, stop } of this.#background) {
      const should = await this.#viewOf(names)
      await until(() => describe(held) === describe(should)).catch(() => this.#note(name, held, should))
      await stop()
    }
    for (const names of views) {
      const { body } = await this.#server.get(`/wire/digest${queryOf({ feed: names })}`)
      const should = await this.#viewOf(names)
      const { count, digest } = body as { count: number; digest: string }
      if (count !== should.size || digest !== digestOf(should)) this.found.wrong.push(`digest of ${names.join(', ')}`)
    }
  }

  /** A new file, or another text or section of one that there is. */
  async #write(): Promise<string> {
    const { home, app } = this.#room
    const file = `${this.#dice(files)}.txt`
    const section = sections[this.#dice(sections.length)]!
    await home.write(file, dump(`Story ${file}`, { section, text: `Text ${++this.#texts} of it. And more.` }))
    await app.collect('desk')
    return `${file} in ${section}`
  }

  async #change(kind: number): Promise<string> {
    const { app, now } = this.#room
    const heads = await app.store.articles.list({ limit: files })
    const head = heads[this.#dice(Math.max(1, heads.length))]
    if (head === undefined) return 'nothing'
    const at = { store: app.store, now }
    const ref = refOf(head)
    const changes = {
      withhold: () => withhold(ref, at),
      release: () => release(ref, at),
      // Most stay alive.
      kill: () => (this.#dice(3) === 0 ? kill(ref, 'untrue', at) : release(ref, at)),
      correct: () => correct(ref, 'wrong', at),
    }
    const [name, change] = Object.entries(changes)[kind]!
    // A killed article cannot be corrected, and so on.
    await change().catch(() => undefined)
    // What is released after a kill gets its text by the next round.
    await app.collect('desk')
    return `${name} ${ref}`
  }

  /** Another rule for a feed, which is filled by it at once or a few steps later. */
  async #rule(): Promise<string> {
    const at = this.#dice(this.#feeds.length)
    const chosen = sections.filter((_, i) => i === at || this.#dice(4) === 0)
    const { name } = this.#feeds[at]!
    await this.#declare(
      this.#feeds.map(feed => (feed.name === name ? { ...feed, select: { ...feed.select, sections: chosen } } : feed)),
    )
    return `${name} with ${chosen.join(', ')}`
  }

  /** A feed is closed to the public, or opened again. */
  async #access(): Promise<string> {
    const { name, access } = this.#feeds[this.#dice(this.#feeds.length)]!
    const next = access === 'public' ? ('partners' as const) : ('public' as const)
    // Who names a feed is told nothing while it is closed: one stays open, for those who wait.
    if (name === 'sport') return 'nothing'
    await this.#declare(this.#feeds.map(feed => (feed.name === name ? { ...feed, access: next } : feed)))
    return `${name} for ${next}`
  }

  async #declare(next: readonly Feed[]): Promise<void> {
    const { app } = this.#room
    this.#feeds = next
    await app.store.definitions.declare(app.config.site, next)
    for (const { name } of next) await app.publish(name)
  }

  async #compare({ feeds: names, follower }: { feeds: string[]; follower: Follower }, when: string): Promise<void> {
    const isClosed = this.#feeds.some(({ name, access }) => access === 'partners' && names.includes(name))
    if (isClosed) return
    await follower.follow()
    this.#note(`${when}: ${names.join(', ') || 'the whole'}`, follower.held, await this.#viewOf(names))
  }

  #note(what: string, held: ReadonlyMap<string, string>, should: ReadonlyMap<string, string>): void {
    this.found.compared++
    if (describe(held) === describe(should)) return
    this.found.wrong.push(`${what}\n  has        ${describe(held)}\n  should have ${describe(should)}`)
  }

  /** Versions by uri, as heads and definitions say. */
  async #viewOf(names: readonly string[]): Promise<Map<string, string>> {
    const { store, config } = this.#room.app
    const rules = await store.definitions.inForce()
    const held = new Map<string, string>()
    for (const head of await store.articles.list({ limit: files })) {
      const has = rules!.feedsThatWant(head).filter(({ name, access }) => {
        return access === 'public' && (names.length === 0 || names.includes(name))
      })
      if (has.length > 0) held.set(uriOf(config.site.authority, refOf(head)), String(head.version))
    }
    return held
  }
}

function describe(held: ReadonlyMap<string, string>): string {
  return [...held]
    .map(([uri, version]) => `${uri.slice(-16)}:${version}`)
    .toSorted()
    .join(' ')
}

function clientOf({ url }: WireServer, names: string[]): Background {
  const over = new AbortController()
  const held = new Map<string, string>()
  const done = (async () => {
    for await (const change of follow(`${url}/wire`, { feeds: names, signal: over.signal, limit: 7 })) {
      if (change.action === 'reset') held.clear()
      else take(held, change)
    }
  })()
  const stop = () => {
    over.abort()
    return done
  }
  return { name: `the client of ${names.join(', ') || 'the whole'}`, feeds: names, held, stop }
}

/** Comes again each time that it has got a few events. */
function streamOf({ url }: WireServer, names: string[]): Background {
  const held = new Map<string, string>()
  const over = new AbortController()
  let current: Awaited<ReturnType<typeof openStream>> | undefined
  const done = (async () => {
    let last: string | undefined
    while (!over.signal.aborted) {
      await using stream = await openStream(
        `${url}/wire/stream${queryOf({ feed: names })}`,
        last === undefined ? {} : { 'Last-Event-ID': last },
      )
      current = stream
      for (let left = 20; left > 0; left--) {
        const event = await stream.next()
        if (event === undefined) break
        if (event.event !== 'heartbeat') take(held, JSON.parse(event.data) as WireChange)
        last = event.id ?? last
      }
    }
  })()
  const stop = async () => {
    over.abort()
    await current?.[Symbol.asyncDispose]()
    await done
  }
  return { name: `the stream of ${names.join(', ') || 'the whole'}`, feeds: names, held, stop }
}

function take(
  held: Map<string, string>,
  { action, article: { uri, version } }: Pick<WireChange, 'action' | 'article'>,
) {
  if (action === 'kill' || action === 'withhold') held.delete(uri)
  else held.set(uri, version)
}

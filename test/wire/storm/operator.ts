import { refOf, uriOf, type Ref } from '../../../src/article.ts'
import type { App } from '../../../src/app.ts'
import { correct, kill, release, withhold } from '../../../src/operate/life.ts'
import { setPartner } from '../../../src/operate/partners.ts'
import type { Dice } from '../../chaos/dice.ts'
import { dump } from '../../newsroom.ts'
import type { ProgramHome } from '../../processes.ts'
import { until } from '../../redis.ts'

export const sections = ['News', 'Sport', 'Arts', 'Books']
const files = 40

export const feeds: Record<string, Record<string, unknown>> = {
  arts: { title: 'Arts', select: { sections: ['Arts', 'Books'] }, access: 'partners' },
  brief: { title: 'Brief', content: 'summary', select: { sections: ['News'] } },
  desk: { title: 'Desk', access: 'partners' },
  news: { title: 'News', select: { sections: ['News'] } },
  sport: { title: 'Sport', select: { sections: ['Sport'] } },
}

export const feedNames = Object.keys(feeds)

/** The newsroom's own people, in this process: each act is done, whatever is killed meanwhile. */
export class Operator {
  /** Since when (`performance.now`) the text of an article is taken away, by uri. */
  readonly gone = new Map<string, number>()
  readonly #app: App
  readonly #home: ProgramHome
  readonly #dice: Dice
  readonly #partners: readonly string[]
  readonly #feeds = structuredClone(feeds)
  #texts = 0

  constructor(app: App, home: ProgramHome, { dice, partners }: { dice: Dice; partners: readonly string[] }) {
    this.#app = app
    this.#home = home
    this.#dice = dice
    this.#partners = partners
  }

  /** One act. Answers what it was. */
  async act(): Promise<string> {
    const kind = this.#dice(20)
    if (kind < 9) return await this.#write()
    if (kind < 17) return await this.#change()
    return await (kind < 18 ? this.#rule() : this.#entitle())
  }

  /** Files and definitions as they are here are those of the store again. */
  async collect(): Promise<void> {
    await this.#surely(async () => {
      await this.#app.takedowns.inForce()
      await this.#declare()
      await this.#app.collect('desk')
    })
  }

  /** Names of the feeds that hold each article, with its version: by uri. */
  async shown(): Promise<Map<string, { version: string; feeds: string[] }>> {
    const { store, config } = this.#app
    const rules = await store.definitions.inForce()
    const heads = await store.articles.list({ limit: 10 * files })
    return new Map(
      heads.flatMap(head => {
        const wanting = rules!.feedsThatWant(head).map(({ name }) => name)
        const uri = uriOf(config.site.authority, refOf(head))
        return wanting.length === 0 ? [] : [[uri, { version: String(head.version), feeds: wanting }]]
      }),
    )
  }

  /** A new file, or another text or section of one that there is. */
  async #write(): Promise<string> {
    const file = `${this.#dice(files)}.txt`
    const section = sections[this.#dice(sections.length)]!
    await this.#home.write(file, dump(`Story ${file}`, { section, text: `Text ${++this.#texts} of it. And more.` }))
    await this.#surely(() => this.#app.collect('desk'))
    return `${file} in ${section}`
  }

  async #change(): Promise<string> {
    const heads = await this.#surely(() => this.#app.store.articles.list({ limit: files }))
    const head = heads[this.#dice(Math.max(1, heads.length))]
    // Most stay alive.
    const name = (['correct', 'correct', 'withhold', 'withhold', 'release', 'release', 'release', 'kill'] as const)[
      this.#dice(8)
    ]!
    if (head === undefined) return 'nothing'
    const ref = refOf(head)
    await this.#done(name, ref)
    return `${name} ${ref}`
  }

  async #done(name: 'correct' | 'withhold' | 'release' | 'kill', ref: Ref): Promise<void> {
    const { store, clock, config, takedowns } = this.#app
    const uri = uriOf(config.site.authority, ref)
    if (name === 'release') this.gone.delete(uri)
    const at = () => ({ store, now: clock() })
    const acts = {
      correct: () => correct(ref, `Wrong, ${this.#texts}.`, at()),
      withhold: () => withhold(ref, at()),
      release: () => release(ref, at()),
      kill: () => kill(ref, 'untrue', at()),
    }
    await this.#surely(async () => {
      await acts[name]().catch((error: unknown) => {
        // A killed article cannot be corrected, and so on.
        if (!(error instanceof Error) || error.name !== 'UsageError') throw error
      })
      // As the command does, so that it outlives the store.
      await takedowns.inForce()
      const now = await store.articles.head(ref)
      const isGone = now?.pubStatus === 'canceled' || now?.withheldBy === 'operator'
      if (isGone && !this.gone.has(uri)) this.gone.set(uri, performance.now())
      await this.#app.collect('desk')
    })
  }

  /** Another rule for a feed. */
  async #rule(): Promise<string> {
    const name = feedNames[this.#dice(feedNames.length)]!
    const at = this.#dice(sections.length)
    const chosen = sections.filter((_, i) => i === at || this.#dice(4) === 0)
    this.#feeds[name] = { ...this.#feeds[name], select: { sections: chosen } }
    await this.#home.writeFeed(name, this.#feeds[name])
    await this.#surely(() => this.#declare())
    return `${name} with ${chosen.join(', ')}`
  }

  async #declare(): Promise<void> {
    const { store, config } = this.#app
    const { feeds: known } = (await store.definitions.inForce()) ?? { feeds: new Map() }
    const next = config.feeds.map(feed => {
      const select = this.#feeds[feed.name]?.['select'] as { sections?: string[] } | undefined
      return { ...feed, select: { ...feed.select, sections: select?.sections ?? [] } }
    })
    if (JSON.stringify(next) !== JSON.stringify([...known.values()])) await store.definitions.declare(config.site, next)
    for (const { name } of next) await this.#app.publish(name)
  }

  async #entitle(): Promise<string> {
    const name = this.#partners[this.#dice(this.#partners.length)]!
    const chosen = feedNames.filter(() => this.#dice(2) === 0)
    const { store, clock } = this.#app
    await this.#surely(() => setPartner(name, { feeds: chosen }, { store, now: clock() }))
    return `${name} has ${chosen.join(', ')}`
  }

  /** While Redis is away it is tried again. */
  async #surely<T>(act: () => Promise<T>): Promise<T> {
    let done: { value: T } | undefined
    await until(async () => {
      done = { value: await act() }
      return true
    })
    return done!.value
  }
}

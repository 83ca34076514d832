import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { App } from '../../../src/app.ts'
import { addPartner, showPartner } from '../../../src/operate/partners.ts'
import { backUp, restore } from '../../chaos/programs.ts'
import { diceOf, type Dice } from '../../chaos/dice.ts'
import { until } from '../../redis.ts'
import { digestOf } from '../../serve/wire/digest-of.ts'
import type { WireChange } from '../../serve/wire/wire-server.ts'
import { Child } from './child.ts'
import { feedNames, feeds, Operator } from './operator.ts'
import { startPartner, ways, type Partner } from './partners.ts'
import { Programs } from './programs.ts'

export interface StormOptions {
  acts: number
  seed: number
  partners: number
  /** Acts, on the average, between two SIGKILLs. */
  strikes: number
}

/** Sentences about what was not as it should be, and how much was looked at. */
export interface Weathered {
  wrong: string[]
  compared: number
  /** SIGKILLs. */
  kills: number
}

const edges = 2

/** So often, in tenths of a second, is looked whether somebody has what it should have. */
const looks = 400

/** After so many it is said. */
const late = 50

interface Expected {
  has: () => Map<string, string> | Promise<Map<string, string>>
  should: () => Promise<Map<string, string>>
  /** What it was told. */
  told: readonly string[]
}

/** Acts between two moments at which everybody is waited for and compared. */
const stretch = 50

/**
 * A newsroom of programs that are killed at random while its articles, rules and partners change; partners follow by all ways there are, one of them
 * another Feedwire. At last each has what its view is.
 */
export async function runStorm({ acts, seed, partners: count, strikes: apart }: StormOptions): Promise<Weathered> {
  const dice = diceOf(seed)
  await using programs = await Programs.start({ feeds }, edges)
  await using app = await App.open(programs.home.config(programs.redis), { process: 'operator' })
  await app.declare()
  await using storm = new Storm(programs, app, { dice, apart })
  await storm.enlist(count)
  const restored = Math.floor(acts * 0.6)
  for (let act = 1; act <= acts; act++) {
    const done = await storm.step(act === restored)
    if (act === Math.floor(acts * 0.4)) await storm.backUp()
    if (act % stretch === 0 || act === acts) {
      const { wrong, kills } = storm.weathered
      const before = wrong.length
      await storm.compare(`after ${act} acts, the last: ${done}`)
      process.stderr.write(
        [`${act} acts, ${kills} kills, ${wrong.length} wrong`, ...wrong.slice(before), ''].join('\n'),
      )
    }
  }
  return storm.weathered
}

class Storm implements AsyncDisposable {
  readonly weathered: Weathered = { wrong: [], compared: 0, kills: 0 }
  readonly #programs: Programs
  readonly #app: App
  readonly #dice: Dice
  readonly #apart: number
  readonly #partners: Partner[] = []
  readonly #tokens = new Map<string, string>()
  #operator!: Operator
  #child: Child | undefined
  #backup = ''
  readonly #diary: string[] = []

  constructor(programs: Programs, app: App, { dice, apart }: { dice: Dice; apart: number }) {
    this.#programs = programs
    this.#app = app
    this.#dice = dice
    this.#apart = apart
  }

  /** Partners with random sets of feeds, and the Feedwire that follows as one of them. */
  async enlist(count: number): Promise<void> {
    const { store, clock } = this.#app
    const names = Array.from({ length: count }, (_, at) => `partner-${at}`)
    for (const [at, name] of names.entries()) {
      const chosen = feedNames.filter(() => this.#dice(2) === 0)
      const { token } = await addPartner(name, { feeds: chosen, rate: 1_000_000 }, { store, now: clock() })
      this.#tokens.set(name, token)
      const address = this.#programs.addresses[at % edges]!
      if (at === 0) this.#child = await Child.start(`${address}/wire`, token)
      else {
        const limit = [1, 3, 100][this.#dice(3)]!
        const witness = (change: WireChange, asked: number) => this.#look(change, asked)
        this.#partners.push(startPartner(ways[at % ways.length]!, { name, address, token, limit, witness }))
      }
    }
    this.#operator = new Operator(this.#app, this.#programs.home, { dice: this.#dice, partners: names })
  }

  /** One act, and now and then a SIGKILL while it is done. `putBack`: Redis, to its older copy. */
  async step(putBack: boolean): Promise<string> {
    // Before the act draws its own: the plan is the same, whoever is quicker.
    const strike = this.#dice(this.#apart) === 0 ? this.#dice(strikes.length) : undefined
    const edge = this.#dice(edges)
    const acting = this.#operator.act()
    if (putBack) {
      const done = await acting
      await this.#putBack()
      this.#log('put back')
      return `${done}, restored`
    }
    if (strike === undefined) {
      const done = await acting
      this.#log(done)
      return done
    }
    this.weathered.kills++
    await strikes[strike]!(this.#programs, this.#child, edge)
    this.#log(`strike ${strike} ${edge}`)
    return await acting
  }

  /** Into what each was told: what was done meanwhile. */
  #log(what: string): void {
    const line = `done: ${what.replaceAll(' ', '-')}`
    this.#diary.push(`${line} ${new Date().toISOString().slice(11, 19)}`)
    for (const { told } of this.#partners) told.push(line)
  }

  async backUp(): Promise<void> {
    this.#backup = await mkdtemp(join(tmpdir(), 'feedwire-backup-'))
    await this.#programs.killRedis(() => backUp(this.#programs.redis, this.#backup))
  }

  async #putBack(): Promise<void> {
    this.weathered.kills++
    await this.#programs.killRedis(() => restore(this.#programs.redis, this.#backup))
    await this.#operator.collect()
  }

  /** Waits until everybody has what it should have; who has not after minutes is wrong. */
  async compare(when: string): Promise<void> {
    const { wrong } = this.weathered
    await this.#operator.collect()
    for (const { name, way, held, told } of this.#partners) {
      const should = () => this.#viewOf(name)
      await this.#expect(`${when}: ${name} by ${way}`, { has: () => held, should, told })
      const digest = await this.#digestOf(name)
      const expected = digestOf(await should())
      if (digest !== expected) wrong.push(`${when}: the digest of ${name}`)
    }
    const child = {
      has: () => this.#child!.held(),
      should: () => this.#viewOf('partner-0'),
      told: this.#diary.slice(-60),
    }
    const before = wrong.length
    await this.#expect(`${when}: the other Feedwire`, child)
    if (wrong.length > before) wrong.push(...(await this.#child!.state()))
  }

  async #expect(what: string, { has, should, told }: Expected): Promise<void> {
    this.weathered.compared++
    for (let left = looks; left > 0; left--) {
      if (describe(await has()) === describe(await should())) {
        if (left < looks - late) process.stderr.write(`${what}: ${looks - left} tenths of a second late\n`)
        return
      }
      await pause(100)
    }
    const [is, ought] = [await has(), await should()]
    const differing = [...new Set([...is.keys(), ...ought.keys()])].filter(uri => is.get(uri) !== ought.get(uri))
    const lines = differing.map(uri => `  ${uri.slice(-16)}: has ${is.get(uri)}, should have ${ought.get(uri)}`)
    const of = differing.map(uri => uri.slice(-16))
    const tale = told.filter(line => line.split(' ').length < 4 || of.some(key => line.includes(key)))
    this.weathered.wrong.push(
      [what, ...lines, ...tale.slice(-30).map(line => `    ${line}`), `    last: ${told.at(-1)}`].join('\n'),
    )
  }

  /** Never text of what was gone when it was asked for. */
  #look({ article }: WireChange, asked: number): void {
    const gone = this.#operator.gone.get(article.uri)
    if (gone !== undefined && gone < asked)
      this.weathered.wrong.push(`${article.uri} was shown after it was taken away`)
  }

  async #viewOf(name: string): Promise<Map<string, string>> {
    const { store, clock } = this.#app
    const given = await showPartner(name, { store, now: clock() })
    const shown = await this.#operator.shown()
    return new Map(
      [...shown].flatMap(([uri, article]) =>
        article.feeds.some(feed => given.feeds.includes(feed)) ? [[uri, article.version]] : [],
      ),
    )
  }

  /** As an edge tells it; it may have to be asked again while feeds are being filled. */
  async #digestOf(name: string): Promise<string> {
    let digest = ''
    await until(async () => {
      const headers = { Authorization: `Bearer ${this.#tokens.get(name)}` }
      const response = await fetch(`${this.#programs.addresses[0]}/wire/digest`, { headers })
      if (response.status !== 200) return false
      ;({ digest } = (await response.json()) as { digest: string })
      return true
    })
    return digest
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#partners.map(partner => partner.stop()))
    await this.#child?.[Symbol.asyncDispose]()
    if (this.#backup !== '') await rm(this.#backup, { recursive: true, force: true })
  }
}

const strikes: readonly ((programs: Programs, child: Child | undefined, edge: number) => Promise<void>)[] = [
  async programs => {
    await programs.killWorker()
    programs.startWorker()
  },
  async (programs, _, edge) => {
    await programs.killEdge(edge)
    await programs.startEdge(edge)
  },
  programs => programs.killRedis(),
  async (_, child) => {
    await child?.killWorker()
  },
  async (_, child) => {
    await child?.killRedis()
  },
]

function describe(held: ReadonlyMap<string, string>): string {
  return [...held]
    .map(([uri, version]) => `${uri.slice(-16)}:${version}`)
    .toSorted()
    .join(' ')
}

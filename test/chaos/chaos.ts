import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeProgramHome } from '../processes.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'
import { diceOf, type Dice } from './dice.ts'
import { Operator } from './operator.ts'
import { backUp, empty, Programs, restore } from './programs.ts'
import { Prober, type Seen } from './prober.ts'
import { common, feeds, story, wrongFeeds } from './stories.ts'

const count = 60

export interface ChaosOptions {
  /** SIGKILLs. */
  kills: number
  /** Of the plan: what is taken away, and what is killed when. */
  seed: number
}

export interface ChaosOutcome {
  seen: Seen[]
  /** Answers that were looked through. */
  asked: number
  /** Feeds whose archive has not each live article exactly once, on any edge. */
  wrong: string[]
}

interface Scene {
  redis: TestRedis
  /** Folder with the data of Redis as they were at some moment before. */
  backup: string
  programs: Programs
  operator: Operator
  prober: Prober
  roll: Dice
}

/** Kills worker, edges and Redis at random, and empties and restores Redis, while articles are taken away, released and asked for. */
export async function runChaos({ kills, seed }: ChaosOptions): Promise<ChaosOutcome> {
  const stories = Array.from({ length: count }, (_, number) => story(number))
  const files = Object.fromEntries(stories.map(({ file, content }) => [file, content]))
  await using redis = await startRedis({ tcp: true })
  await using home = await makeProgramHome({ redis, feeds, files })
  const backup = await mkdtemp(join(tmpdir(), 'feedwire-backup-'))
  const programs = new Programs(home)
  await Promise.all([programs.startEdge(0), programs.startEdge(1)])
  await until(async () => (await wrongFeeds(programs.addresses(), stories)).length === 0)
  await redis.stop()
  await backUp(redis, backup)
  await redis.restart()
  await using prober = new Prober(programs.addresses, common)
  const roll = diceOf(seed)
  const operator = new Operator(stories, { home, prober, roll })
  const scene = { redis, backup, programs, operator, prober, roll }
  for (let done = 0; done < kills;) {
    const kind = kinds[roll(kinds.length)]!
    await strikes[kind](scene)
    done += kind === 'edge and redis restored' ? 2 : 1
    await rounds(prober, 5 + roll(20))
    process.stderr.write(`${done} of ${kills} kills, ${kind}: ${prober.asked} answers, ${prober.seen.length} wrong\n`)
  }
  await home.command('collect')
  const wrong = () => wrongFeeds(programs.addresses(), operator.live)
  await until(async () => (await wrong()).length === 0).catch(() => undefined)
  await rm(backup, { recursive: true })
  return { seen: prober.seen, asked: prober.asked, wrong: await wrong() }
}

const strikes = {
  async worker({ programs, operator }: Scene) {
    await programs.killWorker()
    await operator.act()
    programs.startWorker()
  },

  async edge({ programs, operator, roll }: Scene) {
    const number = roll(2)
    await programs.killEdge(number)
    await operator.act()
    await programs.startEdge(number)
  },

  /** What it had said is there again. Now and then it is what is restored later. */
  async redis(scene: Scene) {
    await scene.operator.act()
    await outage(scene, async () => {
      if (scene.roll(2) === 0) await backUp(scene.redis, scene.backup)
    })
  },

  async 'redis emptied'(scene: Scene) {
    await scene.operator.act()
    await outage(scene, () => empty(scene.redis))
  },

  async 'redis restored'(scene: Scene) {
    await scene.operator.act()
    await outage(scene, () => restore(scene.redis, scene.backup))
  },

  /** The edge has not heard of what was taken away meanwhile, and the store that it finds knows nothing of it. */
  async 'edge and redis restored'(scene: Scene) {
    const { programs, operator, roll } = scene
    const number = roll(2)
    await programs.killEdge(number)
    await operator.act()
    await outage(scene, () => restore(scene.redis, scene.backup))
    await programs.startEdge(number)
  },
}

const kinds = Object.keys(strikes) as (keyof typeof strikes)[]

/** Redis is killed, and comes back a while later; the operator, who sees nothing of it, may begin a command meanwhile. */
async function outage({ redis, operator, prober, roll }: Scene, meanwhile: () => Promise<void>): Promise<void> {
  await redis.kill()
  const acting = roll(2) === 0 ? operator.act() : undefined
  await rounds(prober, 1 + roll(10))
  await meanwhile()
  await redis.restart()
  await acting
}

/** Resolves when so many more rounds of questions were answered. */
async function rounds(prober: Prober, more: number): Promise<void> {
  const from = prober.rounds
  await until(() => prober.rounds >= from + more)
}

import type { ProgramHome } from '../processes.ts'
import { until } from '../redis.ts'
import type { Dice } from './dice.ts'
import type { Prober } from './prober.ts'
import type { Story } from './stories.ts'

interface Desk {
  home: ProgramHome
  prober: Prober
  roll: Dice
}

/** Takes articles away and releases some of them, by commands, whatever runs at that time. */
export class Operator {
  readonly live: Story[]
  readonly #gone: Story[] = []
  readonly #least: number
  readonly #desk: Desk

  /** Of `stories` half stay, however long it lasts. */
  constructor(stories: readonly Story[], desk: Desk) {
    this.live = [...stories]
    this.#least = stories.length / 2
    this.#desk = desk
  }

  /** Kills, withholds or releases one; resolves when that is in force at every edge that answers. */
  async act(): Promise<void> {
    const { roll } = this.#desk
    const releases = this.#gone.length > 0 && (this.live.length <= this.#least || roll(4) === 0)
    if (releases) await this.#release(pick(this.#gone, roll))
    else await this.#takeAway(pick(this.live, roll), roll(2) === 0)
  }

  async #takeAway(story: Story, kills: boolean): Promise<void> {
    const { prober } = this.#desk
    await this.#command(...(kills ? ['kill', story.uri, '--reason', 'untrue'] : ['withhold', story.uri]))
    await until(() => prober.isGone(story))
    prober.add(story)
    this.#gone.push(story)
  }

  async #release(story: Story): Promise<void> {
    this.#desk.prober.forget(story)
    await this.#command('release', story.uri)
    this.live.push(story)
  }

  /** Redis may be away, or on its way back and its articles too, so it is said until it is done. */
  async #command(...args: string[]): Promise<void> {
    const { home } = this.#desk
    await until(async () => {
      const { code } = await home.command(...args)
      if (code !== 0) await home.command('collect')
      return code === 0
    })
  }
}

function pick(stories: Story[], roll: Dice): Story {
  const [picked] = stories.splice(roll(stories.length), 1)
  if (picked === undefined) throw new Error('There is no story left')
  return picked
}

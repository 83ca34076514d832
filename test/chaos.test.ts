import { expect, inject, it } from 'vitest'
import { runChaos } from './chaos/chaos.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How `npm run chaos` says how much of it, and which. */
    chaos?: { kills: number; seed: number }
  }
}

const { kills, seed } = inject('chaos') ?? { kills: 6, seed: 8 }

it(`shows nothing that was taken away, and everything else once, through ${kills} kills (seed ${seed})`, async () => {
  const { seen, asked, wrong } = await runChaos({ kills, seed })
  expect(seen, 'taken away, and shown').toEqual([])
  expect(asked).toBeGreaterThan(0)
  expect(wrong, 'feeds that do not hold each article once').toEqual([])
}, 3_600_000)

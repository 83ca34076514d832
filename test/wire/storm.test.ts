import { expect, inject, it } from 'vitest'
import { runStorm } from './storm/storm.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How `npm run test:wire` says how many acts, and which. */
    wireStorm?: { acts: number; seed: number }
  }
}

const whole = inject('wireStorm')
const { acts, seed } = whole ?? { acts: 0, seed: 0 }
const partners = 20

/** Only by `npm run test:wire`, until it has gone through once. */
it.skipIf(whole === undefined)(
  `leaves each of ${partners} partners with its view, through ${acts} acts and SIGKILLs (seed ${seed})`,
  async () => {
    const { wrong, compared, kills } = await runStorm({ acts, seed, partners, strikes: 40 })
    process.stderr.write(`seed ${seed}: ${acts} acts, ${kills} kills, ${compared} comparisons, ${wrong.length} wrong\n`)
    expect(wrong).toEqual([])
    expect(compared).toBeGreaterThan(0)
  },
  7_200_000,
)

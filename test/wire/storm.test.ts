import { expect, inject, it } from 'vitest'
import { runStorm } from './storm/storm.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How `npm run test:wire` says how many acts, and which. */
    wireStorm?: { acts: number; seed: number }
  }
}

const whole = inject('wireStorm')
/** A small one is in the suite; `npm run test:wire` raises large ones. */
const { acts, seed } = whole ?? { acts: 40, seed: 8 }
const [partners, strikes] = whole === undefined ? [6, 4] : [20, 40]

it(`leaves each of ${partners} partners with its view, through ${acts} acts and SIGKILLs (seed ${seed})`, async () => {
  const { wrong, compared, kills } = await runStorm({ acts, seed, partners, strikes })
  if (whole !== undefined)
    process.stderr.write(`seed ${seed}: ${acts} acts, ${kills} kills, ${compared} comparisons, ${wrong.length} wrong\n`)
  expect(wrong).toEqual([])
  expect(compared).toBeGreaterThan(0)
  expect(kills).toBeGreaterThan(0)
}, 7_200_000)

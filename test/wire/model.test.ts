import { expect, inject, it } from 'vitest'
import { runModel } from './model.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** How `npm run test:wire` says how many steps, and which. */
    wireModel?: { steps: number; seed: number }
  }
}

const { steps, seed } = inject('wireModel') ?? { steps: 200, seed: 8 }

it(`leaves everybody with what the wire's view is, through ${steps} steps (seed ${seed})`, async () => {
  const { wrong, compared } = await runModel({ steps, seed })
  expect(wrong).toEqual([])
  expect(compared).toBeGreaterThan(0)
}, 3_600_000)

import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

/** `npm run test:wire -- --steps 5000 --seed 8`: test/wire/model.test.ts at any length; the same seed makes the same steps. */
const { values } = parseArgs({
  options: { steps: { type: 'string', default: '5000' }, seed: { type: 'string', default: '8' } },
})
const wireModel = { steps: Number(values.steps), seed: Number(values.seed) }
if (!Object.values(wireModel).every(number => Number.isSafeInteger(number) && number > 0)) {
  process.stderr.write('--steps and --seed are whole numbers from 1\n')
  process.exitCode = 2
} else {
  const vitest = await startVitest('test', ['test/wire/model.test.ts'], { watch: false, provide: { wireModel } })
  await vitest.close()
}

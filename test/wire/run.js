import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

/**
 * `npm run test:wire -- --acts 5000 --seed 8`: test/wire/storm.test.ts at any length, the same seed makes the same plan. With `--steps 500`
 * test/wire/model.test.ts instead, which kills nobody.
 */
const { values } = parseArgs({
  options: {
    acts: { type: 'string', default: '5000' },
    steps: { type: 'string' },
    seed: { type: 'string', default: '8' },
  },
})
const [count, seed] = [Number(values.steps ?? values.acts), Number(values.seed)]
if (![count, seed].every(number => Number.isSafeInteger(number) && number > 0)) {
  process.stderr.write('--acts, --steps and --seed are whole numbers from 1\n')
  process.exitCode = 2
} else {
  const isModel = values.steps !== undefined
  process.stderr.write(`seed ${seed}\n`)
  const vitest = await startVitest('test', [`test/wire/${isModel ? 'model' : 'storm'}.test.ts`], {
    watch: false,
    provide: isModel ? { wireModel: { steps: count, seed } } : { wireStorm: { acts: count, seed } },
  })
  await vitest.close()
}

import { parseArgs } from 'node:util'
import { startVitest } from 'vitest/node'

/** `npm run chaos -- --kills 40 --seed 8`: test/chaos.test.ts at any length; the same seed makes the same plan. */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '40' }, seed: { type: 'string', default: '8' } },
})
const chaos = { kills: Number(values.kills), seed: Number(values.seed) }
if (!Object.values(chaos).every(number => Number.isSafeInteger(number) && number > 0)) {
  process.stderr.write('--kills and --seed are whole numbers from 1\n')
  process.exitCode = 2
} else {
  const vitest = await startVitest('test', ['test/chaos.test.ts'], { watch: false, provide: { chaos } })
  await vitest.close()
}

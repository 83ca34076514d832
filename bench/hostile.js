import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Whether input that is made to exhaust a reader costs no more of the processor than its share: the tests that make such
 * input, with their bounds in force. Fails where one is passed.
 */
export function benchHostile() {
  const files = readdirSync(`${root}test`, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.test.ts'))
    .map(path => `test/${path}`)
    .filter(path => /\bexpectBounded\(/.test(readFileSync(root + path, 'utf8')))
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--maxWorkers=1', ...files]
  const env = { ...process.env, FEEDWIRE_TEST_MEASURED: 'yes' }
  const { status } = spawnSync(process.execPath, vitest, { cwd: root, env, stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}

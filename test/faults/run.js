/*
 * `npm run mutants [-- NAME...]`: does the suite notice? Each patch in `mutants/` is one realistic fault, and names in its
 * first line the test file that must catch it. In a copy of the checkout, one after the other: the fault is put in, that
 * file alone is run, and the fault is taken out. Fails unless every one was caught.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const mutants = join(root, 'test/faults/mutants')
const notCopied = new Set(['node_modules', 'dist', '.git', '.feedwire', 'coverage'])

/** Milliseconds for one test file. */
const longest = 180_000

/** A copy without history, which shares the packages. */
function copyCheckout() {
  const copy = mkdtempSync(join(tmpdir(), 'feedwire-mutants-'))
  cpSync(root, copy, { recursive: true, filter: path => !notCopied.has(relative(root, path)) })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  return copy
}

/** `how`: further arguments, as `--reverse`. */
function apply(copy, name, ...how) {
  // Were the folder for temporary files in a repository, `git apply` would take paths for that one's.
  const env = { ...process.env, GIT_CEILING_DIRECTORIES: dirname(copy) }
  return spawnSync('git', ['apply', ...how, join(mutants, `${name}.patch`)], { cwd: copy, env }).status === 0
}

/**
 * How many tests of the file passed and failed; undefined where the run came to no end. A fault that keeps the file from
 * being loaded fails none: a compiler would have caught it, not a test.
 */
function runTests(copy, file) {
  const report = join(copy, 'report.json')
  rmSync(report, { force: true })
  const vitest = [
    'node_modules/vitest/vitest.mjs',
    'run',
    file,
    '--bail=1',
    '--reporter=json',
    `--outputFile=${report}`,
  ]
  // Some faults are of speed alone.
  const env = { ...process.env, FEEDWIRE_TEST_MEASURED: 'yes' }
  spawnSync(process.execPath, vitest, { cwd: copy, env, timeout: longest })
  try {
    const { numPassedTests: passed, numFailedTests: failed } = JSON.parse(readFileSync(report, 'utf8'))
    return { passed, failed }
  } catch {
    return undefined
  }
}

const sound = new Map()

/** Do the tests of the file pass while there is no fault? Else they catch nothing. */
function isSound(copy, file) {
  if (!sound.has(file)) {
    const run = runTests(copy, file)
    sound.set(file, run !== undefined && run.passed > 0 && run.failed === 0)
  }
  return sound.get(file)
}

/** What became of the fault. */
function verdictOn(copy, name) {
  const [, file] =
    /^# caught by: (test\/\S+\.test\.tsx?)\n/.exec(readFileSync(join(mutants, `${name}.patch`), 'utf8')) ?? []
  if (file === undefined || !existsSync(join(copy, file))) return 'names no test that there is'
  if (!isSound(copy, file)) return `is not to be judged by ${file}, which fails without it:`
  if (!apply(copy, name)) return 'does not apply'
  try {
    return (runTests(copy, file)?.failed ?? 0) > 0 ? 'caught' : 'survived'
  } finally {
    apply(copy, name, '--reverse')
  }
}

/** Those that were asked for, in the order of their test files' names, since one file's first run says whether it is sound. */
function chosen(names) {
  const all = readdirSync(mutants).filter(file => file.endsWith('.patch'))
  const known = all.map(file => basename(file, '.patch')).toSorted()
  const unknown = names.filter(name => !known.includes(name))
  if (unknown.length > 0) throw new Error(`There is no mutant ${unknown.join(', ')} in test/faults/mutants/.`)
  return names.length > 0 ? names : known
}

const copy = copyCheckout()
try {
  const verdicts = chosen(process.argv.slice(2)).map(name => {
    const verdict = verdictOn(copy, name)
    process.stdout.write(`${verdict} ${name}\n`)
    return verdict
  })
  const caught = verdicts.filter(verdict => verdict === 'caught').length
  process.stdout.write(`${caught} of ${verdicts.length} caught\n`)
  process.exitCode = caught === verdicts.length ? 0 : 1
} finally {
  rmSync(copy, { recursive: true, force: true })
}

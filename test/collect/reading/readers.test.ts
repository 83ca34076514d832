import { afterEach, describe, expect, it } from 'vitest'
import type { Input } from '../../../src/collect/reading/inputs.ts'
import { Readers } from '../../../src/collect/reading/readers.ts'
import { createLog } from '../../../src/log.ts'
import { source } from '../parsers/pairs.ts'

const log = createLog('silent', 'test')
const program = new URL('threads/greedy-thread.js', import.meta.url)
const opened: Readers[] = []
afterEach(async () => {
  for (const readers of opened.splice(0)) await readers[Symbol.asyncDispose]()
})

function open(patience = 5_000): Readers {
  const readers = new Readers({ threads: 2, log, patience, program })
  opened.push(readers)
  return readers
}

async function read(readers: Readers, ...paths: string[]): Promise<Input[]> {
  return (await readers.read({ source, stored: paths.map(path => ({ path })) })).inputs
}

function reasonsOf(inputs: readonly Input[]): (string | undefined)[] {
  return inputs.map(({ outcome }) => (Array.isArray(outcome) ? undefined : outcome.reason))
}

describe('an input that takes its thread down', () => {
  it.each([
    ['endless', 'It takes more than 1 seconds to read.'],
    ['hungry', 'It takes more than 512 MB of memory to read.'],
    ['crash', expect.stringContaining('It cannot be read: ')],
    ['throws', 'It cannot be read: TypeError: a fault of ours'],
  ])('that is %s costs itself alone', async (path, reason) => {
    const inputs = await read(open(path === 'endless' ? 1_000 : 60_000), 'a', path, 'b')
    expect(inputs.map(input => input.path)).toEqual(['a', path, 'b'])
    expect(reasonsOf(inputs)).toEqual([undefined, reason, undefined])
  })

  it('does not take the time of those that wait', async () => {
    const readers = open(1_000)
    const portions = await Promise.all(['endless', 'endless', 'a', 'b'].map(path => read(readers, path)))
    expect(portions.flatMap(reasonsOf).map(reason => reason !== undefined)).toEqual([true, true, false, false])
  })
})

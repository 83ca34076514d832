import { expect } from 'vitest'
import { readArticles, type Outcome } from '../../../src/collect/reading/read.ts'
import { Unusable } from '../../../src/errors.ts'
import { source } from './pairs.ts'

/** What a text comes to in a format, where the reason against all of it is one outcome; any other error is a fault of ours. */
export function outcomesOf(format: string, text: string): Outcome[] {
  try {
    return readArticles(Buffer.from(text), { ...source, format })
  } catch (error) {
    if (error instanceof Unusable) return [error]
    throw error
  }
}

/**
 * Does what hostile input must not make expensive. How long it may take, in milliseconds of the processor, is asked by
 * `npm run bench -- hostile` alone: a busy machine turns no test red. Of several tries the fastest counts: what is slow is
 * slow each time, and the first may have compiled half the program.
 */
export function expectBounded(most: number, work: () => unknown, tries = 1): void {
  let least = millisecondsOf(work)
  if (!isMeasured()) return
  for (let tried = 1; tried < tries && least >= most; tried++) least = Math.min(least, millisecondsOf(work))
  expect(least, 'milliseconds of the processor').toBeLessThan(most)
}

/** Are bounds of time in force? `npm run bench -- hostile` and `npm run mutants` say so. */
export function isMeasured(): boolean {
  return process.env['FEEDWIRE_TEST_MEASURED'] === 'yes'
}

function millisecondsOf(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

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

/** Of the processor: other tests and programs run on it too. */
export function millisecondsOf(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

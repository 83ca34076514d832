import { describe, expect, it } from 'vitest'
import { restartPause } from '../../src/commands/children.ts'

describe('a process that dies again and again', () => {
  it('is started again with growing pauses, of half a minute at the most', () => {
    const seconds = Array.from({ length: 9 }, (_, deaths) => restartPause(deaths) / 1000)
    expect(seconds).toEqual([0.5, 1, 2, 4, 8, 16, 30, 30, 30])
  })
})

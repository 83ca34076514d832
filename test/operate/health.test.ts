import { describe, expect, it } from 'vitest'
import { assess, describeProblem, type Facts } from '../../src/operate/health.ts'
import type { Beat } from '../../src/store/pulse.ts'

const started = '2024-06-01T12:00:00Z'
const at = Date.parse('2024-06-01T13:00:00Z')
const worker = (late = 0): Beat => ({ role: 'worker', host: 'one', pid: 1, started, at, late })
const edge: Beat = { role: 'edge', host: 'one', pid: 2, started, at }
const well: Facts = { living: [worker(), edge], sources: [{ name: 'desk', succeeded: started }] }

const kindsOf = (facts: Facts) => assess(facts).map(({ kind }) => kind)

describe('health', () => {
  it('is without problems where a worker is there, its clock ticks and every source succeeds', () => {
    expect(assess(well)).toEqual([])
  })

  it('names the worst first', () => {
    const sources = [{ name: 'desk', error: 'no such folder', succeeded: started }]
    expect(kindsOf({ living: [edge], sources })).toEqual(['worker', 'source'])
    expect(kindsOf({ living: [worker(60_000)], sources })).toEqual(['clock', 'source'])
    expect(kindsOf({ living: [worker()], refused: 'Redis takes no writes', sources })).toEqual(['redis', 'source'])
  })

  it('misses no worker while Redis takes no writes: none can say that it is there', () => {
    expect(kindsOf({ living: [], refused: 'Redis takes no writes', sources: [] })).toEqual(['redis'])
  })

  it('takes the clock for well while that of one worker ticks, and says since when it does not', () => {
    expect(kindsOf({ ...well, living: [worker(60_000), worker(20)] })).toEqual([])
    expect(assess({ ...well, living: [worker(60_000), worker(90_000)] })).toMatchObject([
      { kind: 'clock', since: '2024-06-01T12:59:00Z' },
    ])
  })

  it('keeps what may name folders and addresses apart from what anyone may read', () => {
    const [problem] = assess({ ...well, sources: [{ name: 'desk', error: 'no /srv/desk', succeeded: started }] })
    expect(problem?.reason).toBe('the source desk fails')
    expect(problem && describeProblem(problem)).toBe(`the source desk fails (well until ${started}): no /srv/desk`)
  })
})

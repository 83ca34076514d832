import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds of processor time that a process has had, all its threads together. */
export function processorTime(pid) {
  const threads = readdirSync(`/proc/${pid}/task`)
  try {
    // Nanoseconds; `stat` counts in hundredths of a second.
    const spent = threads.map(thread =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    )
    return spent.reduce((sum, each) => sum + each, 0) / 1e6
  } catch {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  }
}

/** Bytes of a process that are in memory. */
export function residentBytes(pid) {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024
}

/** The first process that this one starts. */
export async function childOf(pid) {
  for (;;) {
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
    if (child !== '') return Number(child)
    await pause(10)
  }
}

/** Resolves when a process has done next to nothing for a moment. */
export async function atRest(pid) {
  for (let calm = 0, before = processorTime(pid); calm < 3;) {
    await pause(100)
    const now = processorTime(pid)
    calm = now - before < 10 ? calm + 1 : 0
    before = now
  }
}

/** Milliseconds, by a clock that all processes of this machine have in common. */
export function commonNow() {
  return Number(process.hrtime.bigint()) / 1e6
}

/**
 * Keeps who tells on one core and who listens on another, where there is `taskset`: which of several pairs the system puts on one and the same
 * would else decide who is quicker, by half.
 */
export function keepApart(teller, listener) {
  if (availableParallelism() < 2) return
  for (const [core, pid] of [teller, listener].entries())
    spawnSync('taskset', ['-a', '-c', '-p', String(core), String(pid)])
}

import { readFileSync, readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'
import { LeftOut } from './test/left-out.ts'

const all = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter(path => /\.test\.tsx?$/.test(path))
  .map(path => `test/${path}`)

/** Those that start programs, or stand on the state of their own process. */
const alone = all.filter(path =>
  /from '[^']*\/(?:processes|chaos|browser|programs|subscription|storm)\.ts'|child_process|stubEnv|cpuUsage|memoryUsage|process\.once?\(/.test(
    readFileSync(path, 'utf8'),
  ),
)

export default defineConfig({
  test: {
    reporters: [new LeftOut(), 'default'],
    globalSetup: 'test/worker-redis.ts',
    // One more than there are processors: many a test waits.
    maxWorkers: availableParallelism() + 1,
    // Never a measure of speed: the machine may be busy.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 180_000 } },
    projects: [
      { extends: true, test: { name: 'units', include: all.filter(path => !alone.includes(path)) } },
      { extends: true, test: { name: 'processes', include: alone } },
    ],
  },
})

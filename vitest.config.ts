import { defineConfig } from 'vitest/config'
import { LeftOut } from './test/left-out.ts'

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    reporters: [new LeftOut(), 'default'],
    // Never a measure of speed: the machine may be busy.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})

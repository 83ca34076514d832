import { expect, it } from 'vitest'
import { contentUsage } from '../../../src/serve/http/content-usage.ts'

it.each([
  [{ permits: ['search'], prohibits: ['ai-train'] }, 'train-ai=n, search=y'],
  [{ prohibits: ['all'], permits: ['search'] }, 'train-ai=n, search=y'],
  [{ prohibits: ['ai-all'] }, 'train-ai=n'],
  [{ permits: ['all'], prohibits: ['ai-train'] }, 'train-ai=n, search=y'],
  [{ permits: ['ai-train'], prohibits: ['ai-train'] }, 'train-ai=n'],
  [{ permits: ['ai-input'] }, undefined],
  [{ payment: 'free' }, undefined],
])('%j is told to machines as %s', (licence, told) => {
  expect(contentUsage(licence)).toBe(told)
})

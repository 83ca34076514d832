import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../src/collect/reading/read.ts'
import { parsers } from '../../../src/collect/parsers/index.ts'
import { pairsOf, source } from './pairs.ts'

describe.each(Object.keys(parsers))('%s', format => {
  it.each(pairsOf(format))('reads $name as its pair says', ({ input, expected }) => {
    expect(readArticles(input, { ...source, format })).toEqual([expected])
  })

  it.each(pairsOf(format))('is told from $name by content', ({ input, expected }) => {
    expect(readArticles(input, { ...source, format: 'auto' })).toEqual([expected])
  })
})

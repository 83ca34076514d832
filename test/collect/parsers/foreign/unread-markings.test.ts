import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { source } from '../pairs.ts'

const read = (text: string) => readArticles(Buffer.from(text), { ...source, format: 'auto' })

describe('a text in marks that nobody here reads', () => {
  it.each([
    ['Org mode', '#+TITLE: Old tower\n#+DATE: 2024-03-09\n\nIt shines.'],
    ['reStructuredText', 'Old tower\n#########\n\n:date: 2024-03-09\n:status: draft\n\nIt shines.'],
    ['reStructuredText', '=========\nOld tower\n=========\n\n:date: 2024-03-09\n\nIt shines.'],
    ['reStructuredText', '.. title:: Old tower\n\nIt shines.'],
    ['AsciiDoc', '= Old tower\nOla Brekke <ola@vik.example>\nv1, 2024-03-09\n:toc:\n\nIt shines.'],
  ])('is no page dump with those marks in it: %s', (marking, text) => {
    expect(() => read(text)).toThrow(`in ${marking}`)
  })

  it.each([
    'Old tower\n=========\n\nLocal\n05/02/2024 10h00\n\nIt shines.',
    '= 3 ships\n05/02/2024 10h00\n\nThey sail.',
  ])('is none that only looks a little like one: %s', text => {
    expect(read(text)).toMatchObject([{ content: { published: '2024-02-05T10:00:00Z' } }])
  })
})

import { expect, it } from 'vitest'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { source } from '../pairs.ts'

const rss = (creator: string) =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>X</title><item><title>T</title><guid>1</guid><pubDate>Fri, 17 May 2024 10:30:00 GMT</pubDate><dc:creator>${creator}</dc:creator><description>It shines.</description></item></channel></rss>`

it.each([
  ['By Ida Holm and Bo Lund', [{ name: 'Ida Holm' }, { name: 'Bo Lund' }]],
  ['admin', [{ name: 'Example Herald' }]],
  ['kveldsfluga', [{ name: 'kveldsfluga' }]],
])('names the creators of an RSS item as people are called: %s', (creator, authors) => {
  expect(readArticles(Buffer.from(rss(creator)), source)).toMatchObject([{ content: { authors } }])
})

it('resolves the link of an Atom entry by each xml:base once', () => {
  const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.example/blog/"><title>X</title><id>x</id><updated>2024-05-17T10:30:00Z</updated><entry xml:base="2024/"><title>T</title><id>1</id><link href="one.html"/><updated>2024-05-17T10:30:00Z</updated><content>It shines.</content></entry></feed>`
  expect(readArticles(Buffer.from(atom), source)).toMatchObject([
    { content: { link: 'https://e.example/blog/2024/one.html' } },
  ])
})

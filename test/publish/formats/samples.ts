import { readdirSync, readFileSync } from 'node:fs'
import type { Article } from '../../../src/article.ts'
import type { Frame } from '../../../src/publish/formats/format.ts'

const pairs = new URL('pairs/', import.meta.url)
const read = (file: string): string => readFileSync(new URL(file, pairs), 'utf8')

/** The articles of the reference pairs, `pairs/NAME.article.json`. */
export const articles = new Map<string, Article>(
  readdirSync(pairs)
    .filter(file => file.endsWith('.article.json'))
    .map(file => [file.slice(0, -'.article.json'.length), JSON.parse(read(file))]),
)

/** The site and feed in which the references show them. */
export const frame: Frame = JSON.parse(read('site.json'))

export function articleNamed(name: string): Article {
  const article = articles.get(name)
  if (article === undefined) throw new Error(`no reference named ${name}`)
  return article
}

/** The file with what is expected of a sample, for `toMatchFileSnapshot`. */
export function reference(name: string, format: string): string {
  return new URL(`${name}.${format}.txt`, pairs).pathname
}

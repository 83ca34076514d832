import { mintKey } from '../../src/article.ts'
import { dump } from '../newsroom.ts'

const sections = ['Politics', 'Sport', 'Science']

export const feeds = {
  all: { title: 'All' },
  brief: { title: 'In brief', content: 'summary', limit: 10 },
  politics: { title: 'Politics', select: { sections: ['Politics'] } },
  sport: { title: 'Sport', limit: 5, select: { sections: ['Sport'] } },
}

const names = Object.keys(feeds)
const formats = ['rss', 'atom', 'json']

/** What knows more than one article. */
export const common = [
  '/',
  '/sitemap-news.xml',
  ...names.flatMap(name => [
    `/feeds/${name}`,
    ...formats.flatMap(format => [`/feeds/${name}.${format}`, `/feeds/${name}/archive/1.${format}`]),
  ]),
]

export interface Story {
  /** A word that it alone has. */
  mark: string
  section: string
  file: string
  uri: string
  /** What knows it alone. */
  paths: string[]
  content: string
}

/** Published within the last day, so that the news sitemap has it too. */
export function story(number: number): Story {
  const at = new Date(Date.now() - number * 600_000).toISOString()
  const date = `${at.slice(8, 10)}/${at.slice(5, 7)}/${at.slice(0, 4)} ${at.slice(11, 13)}h${at.slice(14, 16)}`
  const file = `${number}.txt`
  const mark = `Quoll${number}x`
  const section = sections[number % sections.length] ?? 'News'
  const slug = `desk-${mintKey(file)}`
  return {
    mark,
    section,
    file,
    uri: `tag:news.example,2024:desk/${mintKey(file)}`,
    paths: [`/articles/${slug}`, `/articles/${slug}.json`],
    content: dump(`${mark} by the river`, { section, date, text: `The ${mark} was seen again. It was not hurried.` }),
  }
}

/** The feeds of each edge whose archive has not each of these exactly once, and what is wrong with it. */
export async function wrongFeeds(edges: readonly string[], live: readonly Story[]): Promise<string[]> {
  const asked = edges.flatMap(edge => names.map(name => ({ edge, name })))
  const found = await Promise.all(
    asked.map(async ({ edge, name }) => {
      const expected = live.filter(({ section }) => selects(name, section)).map(({ mark }) => mark)
      const archived = await marksIn(`${edge}/feeds/${name}/archive/1.json`)
      const missing = expected.filter(mark => !archived.includes(mark))
      const more = archived.filter((mark, index) => !expected.includes(mark) || archived.indexOf(mark) !== index)
      const isRight = missing.length === 0 && more.length === 0
      return isRight ? [] : [`${edge} ${name} misses ${missing.join(' ')}; has besides ${more.join(' ')}`]
    }),
  )
  return found.flat()
}

function selects(name: string, section: string): boolean {
  return name === 'all' || name === 'brief' || name === section.toLowerCase()
}

async function marksIn(url: string): Promise<string[]> {
  const response = await fetch(url, { signal: AbortSignal.timeout(10_000) })
  if (!response.ok) return [`${response.status}`]
  const { items } = (await response.json()) as { items: { title: string }[] }
  return items.map(({ title }) => title.split(' ')[0] ?? '')
}

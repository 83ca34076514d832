import Table from 'cli-table3'
import { Feed } from 'feed'
import { mintKey, pagePath } from '../dist/article.js'
import { excerptOf } from '../dist/excerpt.js'
import { formats } from '../dist/publish/formats/index.js'
import { articleOf } from './archive.js'
import { sideBySide } from './side-by-side.js'

const count = 50
const rounds = { idle: 60, measured: 201 }
/** How often the time of the package alone a feed may take. */
const allowed = 2

const site = {
  title: 'The Bench',
  url: 'https://bench.example',
  publisher: { name: 'Bench Media', url: 'https://bench.example/about' },
  authority: 'bench.example,2024',
  language: 'en',
}
const feed = {
  name: 'bench',
  title: 'Bench',
  description: 'Fifty articles',
  select: { sections: [], languages: [], sources: [], keywords: [] },
  limit: count,
  content: 'full',
  access: 'public',
  language: 'en',
  formerly: [],
  gone: false,
}
const alone = { rss: of => of.rss2(), atom: of => of.atom1(), json: of => of.json1() }

/**
 * A feed of 50 articles of about 4 kB beside the package `feed` alone, which is given finished items: each format with
 * the excerpts made before, and all three together with the excerpts, which they share. Fails above twice the time.
 */
export async function benchRender() {
  const articles = Array.from({ length: count }, (_, i) => makeArticle(i))
  const items = articles.map(itemOf)
  const excerpts = articles.map(excerptOf)
  const table = new Table({
    head: ['50 articles, milliseconds', 'Feedwire', 'feed alone', 'ratio *'],
    style: { head: [], border: [] },
  })
  const row = (name, { ours, theirs, ratio }) => {
    table.push([name, ours.toFixed(2), theirs.toFixed(2), ratio.toFixed(2)])
    if (ratio > allowed) process.exitCode = 1
  }
  for (const [name, write] of Object.entries(alone)) {
    const ours = () => editionOf(formats[name], articles, excerpts)
    row(name, await compare(ours, () => write(feedOf(items))))
  }
  const all = () => {
    const made = articles.map(excerptOf)
    return Object.values(formats).map(format => editionOf(format, articles, made))
  }
  row('all three, excerpts included', await compare(all, () => Object.values(alone).map(write => write(feedOf(items)))))
  process.stdout.write(`${table.toString()}\n`)
  process.stdout.write(`* median of ${rounds.measured} rounds; at most ${allowed}\n`)
}

function editionOf({ head, entry, separator, tail }, articles, excerpts) {
  const entries = articles.map((article, i) => entry(article, { site, content: 'full' }, excerpts[i]))
  return head({ site, feed, changed: articles[0].changed }) + entries.join(separator) + tail
}

/** Made anew for each round: `rss2()` changes what it is given. */
function feedOf(items) {
  const made = new Feed({
    title: feed.title,
    description: feed.description,
    link: `${site.url}/`,
    updated: new Date(0),
  })
  for (const item of items) made.addItem({ ...item })
  return made
}

function makeArticle(i) {
  const { title, section, date, paragraphs } = articleOf(i)
  const moment = `${date.toISOString().slice(0, 19)}Z`
  const key = mintKey(String(i))
  return {
    uri: `tag:${site.authority}:desk/${key}`,
    source: 'desk',
    key,
    version: 1,
    pubStatus: 'usable',
    title,
    html: paragraphs.map(text => `<p>${text}</p>`).join(''),
    language: 'en',
    published: moment,
    changed: moment,
    section: `Section ${section}`,
    keywords: ['harbour', 'council'],
    authors: [{ name: 'Ida Holm' }],
    media: [{ kind: 'image', url: `https://bench.example/${i}.jpg`, type: 'image/jpeg', length: 40_000, width: 1200 }],
    rights: '© Bench Media',
  }
}

/** The same in the shape of the package. */
function itemOf(article) {
  const [{ url, type, length }] = article.media
  return {
    title: article.title,
    id: article.uri,
    link: site.url + pagePath(article),
    date: new Date(article.changed),
    published: new Date(article.published),
    description: excerptOf(article),
    content: article.html,
    author: article.authors,
    category: [article.section, ...article.keywords].map(name => ({ name, term: name })),
    copyright: article.rights,
    enclosure: { url, type, length },
  }
}

function compare(ours, theirs) {
  return sideBySide(
    () => timeOf(ours),
    () => timeOf(theirs),
    rounds,
  )
}

/** Milliseconds. */
function timeOf(run) {
  const start = performance.now()
  run()
  return performance.now() - start
}

import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { collections } from './pages/collections.js'
import { judges } from './pages/judge.js'
import { sideBySide } from './side-by-side.js'

/**
 * Stored pages of real newsrooms beside what people say of them: `htmldate=DIR trafilatura=DIR readability=DIR` are checkouts of
 * public repositories. `show=date,title,...` lists what differs, `half=1` or `half=2` takes every other page: one half to look for
 * faults in, the other to see whether what mends them holds. `before=DIST` measures another build beside this one.
 */
export async function benchPages({ show = '', half, before, ...folders }) {
  const given = Object.entries(collections).filter(([name]) => folders[name] !== undefined)
  process.stdout.write('\npages: what is read of stored web pages, beside what people say of them\n\n')
  if (given.length === 0) process.stdout.write(`nothing to read: say ${Object.keys(collections).join('=DIR ')}=DIR\n`)
  const { readPages } = await readerOf(resolve(import.meta.dirname, '../dist'))
  for (const [name, read] of given) {
    const pages = read(folders[name]).filter((_, at) => half === undefined || at % 2 === Number(half) - 1)
    const begun = process.cpuUsage()
    const found = readPages(pages)
    const seconds = secondsSince(begun)
    process.stdout.write(
      `${name}: ${pages.length} pages, ${(pages.length / seconds).toFixed(1)} a second of processor time\n`,
    )
    for (const [what, judge] of Object.entries(judges)) print(what, pages, found, judge, show.split(',').includes(what))
    if (before !== undefined) await measure(pages, readPages, await readerOf(resolve(before)))
  }
}

/** The reader of a build: `readPages(pages)` gives of each what it says, or why it says nothing. */
async function readerOf(dist) {
  const load = path => import(pathToFileURL(`${dist}/${path}`).href)
  const { readArticles } = await load('collect/reading/read.js')
  const { plainText } = await load('excerpt.js')
  const readOne = ({ bytes }) => {
    const outcome = firstIn(() => readArticles(bytes, source))
    return outcome?.content
      ? { ...outcome.content, text: plainText(outcome.content.html.replace(/<rt>.*?<\/rt>/gs, '')) }
      : { reason: outcome?.message }
  }
  return { readPages: pages => pages.map(readOne) }
}

/** What cannot be used as a whole says why, as an outcome would. */
function firstIn(read) {
  try {
    return read()[0]
  } catch (error) {
    return error
  }
}

const source = {
  name: 'pages',
  folder: '/',
  include: [],
  watch: false,
  missing: 'keep',
  format: 'html',
  timezone: 'UTC',
  dates: [],
  undated: 'first-seen',
  language: 'en',
  boilerplate: [],
  tail: [],
  maxBytes: 20_000_000,
}

function print(what, pages, found, judge, isShown) {
  const judged = pages.flatMap((page, at) => {
    const said = judge(page, found[at].reason === undefined ? found[at] : undefined, textOf)
    return said === undefined ? [] : [{ ...said, name: page.name, reason: found[at].reason }]
  })
  if (judged.length === 0) return
  const count = verdict => judged.filter(each => each.verdict === verdict).length
  process.stdout.write(
    `  ${what.padEnd(8)} ${count('right')} of ${judged.length} right, ${count('wrong')} wrong, ${count('none')} none\n`,
  )
  if (!isShown) return
  for (const { verdict, name, wanted, found: given, reason } of judged.filter(each => each.verdict !== 'right'))
    process.stdout.write(`    ${verdict} ${name}: ${[wanted, given, reason].filter(Boolean).join(' <> ')}\n`)
}

function textOf(html) {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&nbsp;', ' ')
    .replace(/&(amp|lt|gt|quot|apos);/g, ' ')
}

const rounds = { idle: 1, measured: 5 }

async function measure(pages, readPages, other) {
  const sample = pages.filter((_, at) => at % 10 === 0)
  const timed = read => () => {
    const begun = process.cpuUsage()
    read(sample)
    return secondsSince(begun)
  }
  const { ours, theirs, ratio } = await sideBySide(timed(readPages), timed(other.readPages), rounds)
  const rate = seconds => `${(sample.length / seconds).toFixed(1)} pages a second`
  process.stdout.write(`  now ${rate(ours)}, before ${rate(theirs)}: ${(1 / ratio).toFixed(2)} of before\n`)
}

/** Of the processor. */
function secondsSince(begun) {
  const { user, system } = process.cpuUsage(begun)
  return (user + system) / 1_000_000
}

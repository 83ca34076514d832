import { median } from '../side-by-side.js'
import { Crowd, get } from './crowd.js'
import { atRest, keepApart, processorTime } from './processes.js'
import { printTable, promise } from './promises.js'
import { turned } from './streams.js'
import { openFeedwire, openNchan } from './tellers.js'

/** Rounds for the compiler: as many changes as in `streams.js`. */
const idle = 10

/** Many long polls that one change wakes, beside nchan's, in turns. `polls=2000`, `rounds=11`. */
export async function benchPolls({ polls = '2000', rounds = '11', profile }) {
  const many = Number(polls)
  const tellers = []
  try {
    for (const open of [openFeedwire, openNchan]) {
      const teller = await open({ profile })
      if (teller) tellers.push({ ...teller, crowd: await gather(teller, many) })
    }
    const measured = []
    for (let round = 0; round < idle + Number(rounds); round++) {
      const figures = {}
      for (const teller of turned(tellers, round)) figures[teller.name] = await measure(teller, { round, many })
      if (round >= idle) measured.push(figures)
    }
    report(tellers, measured, many)
  } finally {
    for (const { crowd, stop } of tellers) {
      crowd.disperse()
      await stop()
    }
  }
}

async function gather(teller, count) {
  const crowd = await Crowd.gather({ port: teller.port, count, request: await requestFor(teller) })
  keepApart(teller.pid, crowd.pid)
  return crowd
}

async function requestFor({ cursor }) {
  return get(cursor ? `/wire?wait=30&after=${await cursor()}` : '/poll')
}

async function measure(teller, { round, many }) {
  const { name, pid, crowd, publish } = teller
  await atRest(pid)
  const mark = `mark-${round}-${name}-end`
  const before = processorTime(pid)
  const { begun, first, last } = await crowd.hear({ mark, kind: 'poll', publish: () => publish(mark, 1_500) })
  await atRest(pid)
  const processor = ((processorTime(pid) - before) * 1000) / many
  await crowd.ask(await requestFor(teller))
  return { last: last - begun, spread: last - first, processor }
}

function report(tellers, measured, many) {
  const of = (name, key) => median(measured.map(figures => figures[name][key]))
  const rows = tellers.map(({ name }) => [
    name,
    ...['last', 'spread', 'processor'].map(key => of(name, key).toFixed(1)),
  ])
  printTable([`${many} long polls`, 'last answer, ms *', 'first to last, ms', 'processor, µs each'], rows)
  process.stdout.write('* from the commit as Redis tells it; nchan from the moment at which it is posted to it\n')
  if (tellers.length < 2) return
  const ratio = median(measured.map(figures => figures.Feedwire.last / figures.nchan.last))
  promise("last answer, of nchan's", ratio, { most: 1.5 })
}

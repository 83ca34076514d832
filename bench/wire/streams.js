import { median } from '../side-by-side.js'
import { Crowd, get } from './crowd.js'
import { atRest, keepApart, processorTime, residentBytes } from './processes.js'
import { printTable, promise } from './promises.js'
import { openFeedwire, openNchan, openPlain } from './tellers.js'

/** Bytes of a frame, until Feedwire's own is known. */
const usualBytes = 1_500

/**
 * One change of about 1.5 kB to many streams, beside nchan and beside `res.write` in a server of node:http, in turns. `streams=2000`,
 * `rounds=5` of `changes=10`, one after the other, each when all have had the one before.
 */
export async function benchStreams({ streams = '2000', rounds = '5', changes = '10', profile }) {
  const many = Number(streams)
  const tellers = []
  try {
    for (const open of [openPlain, openNchan, openFeedwire]) {
      const teller = await open({ profile })
      if (teller) tellers.push(await withStreams(teller, many))
    }
    const measured = []
    let bytes = usualBytes
    for (let round = -1; round < Number(rounds); round++) {
      const figures = {}
      for (const teller of turned(tellers, round + 1)) {
        const figure = await measure(teller, { round, changes: Number(changes), bytes, many })
        if (teller.name === 'Feedwire') bytes = figure.bytes
        figures[teller.name] = figure
      }
      // The first is for the compiler.
      if (round >= 0) measured.push(figures)
    }
    report(tellers, measured, { many, bytes })
  } finally {
    for (const { crowd, stop } of tellers) {
      crowd.disperse()
      await stop()
    }
  }
}

async function withStreams(teller, count) {
  const { name, port, pid, cursor } = teller
  const path = { Feedwire: '/wire/stream', nchan: '/stream', 'res.write': '/' }[name]
  const request = get(cursor ? `${path}?after=${await cursor()}` : path, 'Accept: text/event-stream')
  // Whatever the first one makes it load.
  const first = await Crowd.gather({ port, count: 20, request })
  await atRest(pid)
  first.disperse()
  await atRest(pid)
  const before = residentBytes(pid)
  const crowd = await Crowd.gather({ port, count, request })
  keepApart(pid, crowd.pid)
  await atRest(pid)
  return { ...teller, crowd, memory: (residentBytes(pid) - before) / count }
}

async function measure({ name, pid, crowd, publish }, { round, changes, bytes, many }) {
  const spent = []
  const spread = []
  let found = 0
  const before = processorTime(pid)
  for (let change = 0; change < changes; change++) {
    const mark = `mark-${round + 1}-${change}-${name}-end`
    const heard = await crowd.hear({ mark, kind: 'stream', publish: () => publish(mark, bytes) })
    spent.push(heard.last - heard.begun)
    spread.push(heard.last - heard.first)
    found = heard.bytes
  }
  await atRest(pid)
  const deliveries = many * changes
  const rate = times => deliveries / (times.reduce((sum, each) => sum + each, 0) / 1000)
  return {
    rate: rate(spent),
    spread: rate(spread),
    processor: ((processorTime(pid) - before) * 1000) / deliveries,
    bytes: found,
  }
}

function report(tellers, measured, { many, bytes }) {
  const of = (name, key) => median(measured.map(figures => figures[name][key]))
  const beside = (name, key) => median(measured.map(figures => figures.Feedwire[key] / figures[name][key]))
  const rows = tellers.map(({ name, memory }) => [
    name,
    Math.round(of(name, 'rate')).toLocaleString('en'),
    Math.round(of(name, 'spread')).toLocaleString('en'),
    of(name, 'processor').toFixed(1),
    (memory / 1024).toFixed(1),
  ])
  const head = [
    `${many} streams, ${bytes} bytes`,
    'deliveries/s *',
    'first to last',
    'processor, µs each',
    'kB a stream',
  ]
  printTable(head, rows)
  process.stdout.write(
    '* from the commit as Redis tells it; nchan and res.write from the moment at which it is posted to them\n',
  )
  const names = tellers.map(({ name }) => name)
  if (names.includes('nchan')) {
    promise('deliveries a second, of nchan', beside('nchan', 'rate'), { least: 0.6 })
    promise('first to last, deliveries a second, of nchan', beside('nchan', 'spread'), { least: 0.6 })
    promise('processor time a delivery, of nchan', beside('nchan', 'processor'), { most: 1.6 })
  }
  promise('deliveries a second, of res.write', beside('res.write', 'rate'), { least: 1.2 })
  promise('first to last, deliveries a second, of res.write', beside('res.write', 'spread'), { least: 1.2 })
  promise('kB a stream', tellers.find(({ name }) => name === 'Feedwire').memory / 1024, { most: 20, digits: 1 })
}

/** Whoever comes first in a round has the same share of luck. */
export function turned(list, by) {
  const first = by % list.length
  return [...list.slice(first), ...list.slice(0, first)]
}

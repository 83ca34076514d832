import { Connection } from '../serve/connection.js'

// One who asks, in a process of its own: node asker.js. Each message { port, requests, seconds, connections, every } is answered by
// { rate, p50, p99, statuses }: answers a second, milliseconds, how often which status. Requests are sent in turn: as fast as answers come, or
// one every so many milliseconds, whether the one before was answered or not.
const open = new Map()

function connectionsTo(port, count) {
  const there = open.get(port) ?? []
  open.set(port, there)
  while (there.length < count) there.push(new Connection(port))
  return there.slice(0, count)
}

async function run({ port, requests, seconds, connections = 16, every }) {
  const free = connectionsTo(port, connections)
  const begun = performance.now()
  const until = begun + seconds * 1000
  const times = []
  const statuses = {}
  let sent = 0
  const askOne = async (connection, due = performance.now()) => {
    const { head } = await connection.ask(requests[sent++ % requests.length])
    // From when it was due: what waits for a connection waits for an answer.
    times.push(performance.now() - due)
    const status = head.slice(9, 12)
    statuses[status] = (statuses[status] ?? 0) + 1
  }
  await Promise.all(
    free.map(async (connection, at) => {
      if (every === undefined) while (performance.now() < until) await askOne(connection)
      else
        for (let due = begun + at * every; due < until; due += connections * every) {
          const left = due - performance.now()
          if (left > 0) await new Promise(resolve => setTimeout(resolve, left))
          await askOne(connection, Math.max(due, begun))
        }
    }),
  )
  const rate = times.length / ((performance.now() - begun) / 1000)
  times.sort((a, b) => a - b)
  return { rate, p50: times[Math.floor(times.length / 2)], p99: times[Math.floor(times.length * 0.99)], statuses }
}

process.on('disconnect', () => process.exit())
process.on('message', task => void run(task).then(result => process.send(result)))
process.send('ready')

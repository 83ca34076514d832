import { Connection } from './connection.js'
import { pathOf } from './edition.js'

// One client in a process of its own: node client.js PORT EDITIONS CONNECTIONS. It opens its connections, learns every
// edition's tag, and then sends, for each { status, seconds } that it gets, { rate, p99 }: answers a second, milliseconds.
// An HTTP library as client would cost more than the server that it measures.
const [, , port, editions, connections] = process.argv

/** Requests under way at a time: each takes the connection that has waited longest. */
const atOnce = 32

function requestFor(number, etag) {
  const lines = [`GET ${pathOf(number)} HTTP/1.1`, 'Host: 127.0.0.1', 'User-Agent: bench', 'Accept-Encoding: gzip']
  if (etag !== undefined) lines.push(`If-None-Match: ${etag}`)
  return Buffer.from([...lines, '', ''].join('\r\n'))
}

/** In turns of hundreds, so that no server's queue of connections runs over; each asks at once, or it would be taken for a silent one. */
async function openAll() {
  const open = Array.from({ length: Number(connections) }, () => new Connection(Number(port)))
  for (let at = 0; at < open.length; at += 200)
    await Promise.all(open.slice(at, at + 200).map(each => each.ask(requestFor(0))))
  return open
}

async function run({ status, seconds }) {
  const begun = performance.now()
  const until = begun + seconds * 1000
  const times = []
  const work = async () => {
    while (performance.now() < until) {
      const connection = waiting[taken++ % waiting.length]
      const sent = performance.now()
      const { head } = await connection.ask(requests[status][taken % requests[status].length])
      waiting[returned++ % waiting.length] = connection
      if (!head.startsWith(`HTTP/1.1 ${status} `)) throw new Error(`Expected ${status}, got: ${head.slice(0, 80)}`)
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  const rate = times.length / ((performance.now() - begun) / 1000)
  times.sort((a, b) => a - b)
  return { rate, p99: times[Math.floor(times.length * 0.99)] }
}

/** A ring: connections are taken from its beginning, and come back at its end. */
const waiting = await openAll()
let taken = 0
let returned = 0
const requests = { 200: Array.from({ length: Number(editions) }, (_, number) => requestFor(number)), 304: [] }
for (const request of requests[200]) {
  const { head } = await waiting[0].ask(request)
  const [, etag] = /\r\netag: ("[^"]+")/i.exec(head)
  requests[304].push(requestFor(requests[304].length, etag))
}
process.on('disconnect', () => process.exit())
process.on('message', task => void run(task).then(result => process.send(result)))
process.send('ready')

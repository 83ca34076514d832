import { connect } from 'node:net'
import { commonNow } from './processes.js'

// Many who wait for news, in a process of their own: node listeners.js. Each message is answered by one:
// { open: { port, count, request } } connects so many and sends them; `request` may be one for each, as a list; -> { open }
// { ask: request } sends it on all once more, or each its own; -> { asked }
// { mark, end } -> { armed }, and when all have got what holds the mark, up to what ends so: { first, last, times, bytes }
// Times are milliseconds of `commonNow`, bytes those of the first that came.

/** Addresses from which they come: each has ports of its own. */
const addresses = 8
/** Connections that are opened at a time: no server's queue of them runs over. */
const atOnce = 100

const sockets = []
let mark
let ends = []
let waiting = 0
let times = []
let bytes = 0

class Listener {
  /** Bytes of what has the mark, so far; and the end of what came before. */
  #bytes = 0
  #rest = ''
  #isDone = true

  arm() {
    this.#bytes = 0
    this.#rest = ''
    this.#isDone = false
  }

  take(chunk) {
    if (this.#isDone) return
    if (this.#bytes === 0) {
      // A mark may lie across two pieces.
      const at = this.#rest === '' ? chunk.indexOf(mark) : (this.#rest + chunk.latin1Slice()).indexOf(mark)
      if (at < 0) {
        this.#rest = chunk.latin1Slice(Math.max(0, chunk.length - mark.length))
        return
      }
    }
    this.#bytes += chunk.length
    if (!endsAsWanted(chunk)) return
    this.#isDone = true
    times.push(commonNow())
    bytes ||= this.#bytes
    if (--waiting === 0) report()
  }
}

function endsAsWanted(chunk) {
  const tail = chunk.latin1Slice(Math.max(0, chunk.length - 8))
  return ends.some(end => tail.endsWith(end))
}

function report() {
  process.send({ first: times[0], last: times.at(-1), times, bytes })
}

async function open({ port, count, request }) {
  for (let at = 0; at < count; at += atOnce) {
    const batch = Array.from({ length: Math.min(atOnce, count - at) }, (_, i) =>
      openOne(port, Array.isArray(request) ? request[at + i] : request),
    )
    await Promise.all(batch)
  }
  process.send({ open: sockets.length })
}

function openOne(port, request) {
  const listener = new Listener()
  const localAddress = `127.0.0.${1 + (sockets.length % addresses)}`
  const socket = connect({ port, host: '127.0.0.1', localAddress, noDelay: true })
  sockets.push({ socket, listener })
  socket.on('data', chunk => listener.take(chunk))
  return new Promise((resolve, reject) => {
    socket.on('error', reject)
    socket.on('connect', () => socket.write(request, resolve))
  })
}

process.on('disconnect', () => process.exit())
process.on('message', message => {
  if (message.open) void open(message.open)
  else if (message.ask) ask(message.ask)
  else arm(message)
})

function ask(request) {
  for (const [at, { socket }] of sockets.entries()) socket.write(Array.isArray(request) ? request[at] : request)
  process.send({ asked: sockets.length })
}

function arm(message) {
  mark = message.mark
  ends = message.ends
  waiting = sockets.length
  times = []
  bytes = 0
  for (const { listener } of sockets) listener.arm()
  process.send({ armed: waiting })
}

process.send('ready')

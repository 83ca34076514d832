import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { UsageError } from '../../errors.ts'
import type { Logger } from '../../log.ts'
import { hasLongBody, refusalOf } from './acceptable.ts'
import { allow, preflight, send } from './answers.ts'
import { TurnedAway } from './turned-away.ts'

/** What a connection may cost. Times are milliseconds. */
const limits = {
  /** Open at once in one process; one more is closed unheard. It takes an open file each, of which the system must allow as many (`ulimit -n`). */
  connections: 20_000,
  /** Bytes of a request's head, its fields, bytes of its target. */
  head: 16 * 1024,
  fields: 100,
  target: 4096,
  /** Bytes of a body that nobody wants and that is read all the same, so that the connection can go on. */
  body: 64 * 1024,
  /** To send the head, and to send all of a request. */
  headTime: 10_000,
  requestTime: 30_000,
  /** For an answer to begin, or to go on: above the 30 s of a long poll. */
  idle: 90_000,
  /** Between two requests. Ours outlive the usual 60 s of the proxies in front. */
  keepAlive: 65_000,
  /** For what waits to be read: so long, and a second more for every so many bytes of it. */
  readTime: 60_000,
  readRate: 4_000,
  /** Between two looks at who is late. */
  look: 2000,
}

export type Limits = typeof limits

/** Milliseconds: how long a stop waits for the next request of open connections, and for running ones. */
const stopping = { linger: 250, grace: 10_000, step: 20 }

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** The port in use, also where 0 was asked for. */
  port: number
  /** Connections that were closed unheard, as far as they can be counted. */
  turnedAway(): number
  /** Stops listening, ends every running request, closes the connections. Takes ten seconds at the most. */
  stop(): Promise<void>
}

export interface ServerOptions {
  handler: RequestListener
  host: string
  /** 0: any that is free. */
  port: number
  /** Is told of connections that are closed unheard. */
  log?: Logger
  /** Others than the usual ones. */
  limits?: Partial<Limits>
}

/** Listens, and gives every acceptable request to `handler`. Throws `UsageError` when the address cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { handler, host, port, log } = options
  const bounds = { ...limits, ...options.limits }
  const turnedAway = new TurnedAway(log)
  const connections = new Connections(handler, bounds, turnedAway)
  const server = createServer(
    {
      maxHeaderSize: bounds.head,
      headersTimeout: bounds.headTime,
      requestTimeout: bounds.requestTime,
      connectionsCheckingInterval: bounds.look,
      keepAliveTimeout: bounds.keepAlive,
      // What is said by `refusalOf`.
      requireHostHeader: false,
    },
    (request, response) => {
      const refusal = refusalOf(request, bounds)
      if (refusal !== undefined) return refuse(response, refusal)
      if (hasLongBody(request, bounds.body)) response.shouldKeepAlive = false
      // Of the server as a whole (RFC 9110, 9.3.7).
      if (request.url === '*') send(response, preflight)
      else connections.answer(request, response)
    },
  )
  server.maxConnections = bounds.connections
  // Above its limit Node drops fields in silence, an If-None-Match perhaps; refusalOf counts instead.
  server.maxHeadersCount = 0
  server.on('connection', socket => connections.follow(socket))
  server.on('connect', (_request, socket) => refuseTunnel(socket))
  server.on('drop', () => turnedAway.add('room'))
  await listen(server, host, port)
  // Of a connection that could not be accepted.
  server.on('error', () => turnedAway.add('files'))
  const stop = () => connections.stop(server)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    turnedAway: () => turnedAway.count,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0, Connection: 'close' }).end()
}

/** Node would close it without a word. */
function refuseTunnel(socket: Duplex): void {
  socket.on('error', () => undefined)
  const fields = ['HTTP/1.1 405 Method Not Allowed', `Allow: ${allow.Allow}`, 'Content-Length: 0', 'Connection: close']
  socket.end(`${fields.join('\r\n')}\r\n\r\n`, () => socket.destroy())
}

/** Throws `UsageError` when the address cannot be had. */
export async function listen(server: NetServer, host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const refused = (cause: NodeJS.ErrnoException) => {
      const why = cause.code === 'EADDRINUSE' ? 'another program listens there' : cause.message
      reject(new UsageError(`Cannot listen on ${host} port ${port}: ${why}. Set HOST or PORT.`, { cause }))
    }
    server.once('error', refused)
    server.listen({ host, port }, () => {
      server.off('error', refused)
      resolve()
    })
  })
}

/** How far a response under way is, and from when on that is too late: milliseconds of `performance.now()`. */
interface Progress {
  /** Does something wait for the reader? Else everything waits for us. */
  isRead: boolean
  written: number
  late: number
}

/** The connections of a server: cuts off who does not read what he asked for, and ends a server without cutting a request off. */
class Connections {
  readonly #handler: RequestListener
  readonly #limits: Limits
  readonly #running = new Map<ServerResponse, Progress | undefined>()
  readonly #sockets = new Set<Socket>()
  readonly #look: NodeJS.Timeout
  #stopped: Promise<void> | undefined

  constructor(handler: RequestListener, bounds: Limits, turnedAway: TurnedAway) {
    this.#handler = handler
    this.#limits = bounds
    this.#look = setInterval(() => {
      this.#cutOff()
      turnedAway.look()
    }, bounds.look).unref()
  }

  follow(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  answer(request: IncomingMessage, response: ServerResponse & { req: IncomingMessage }): void {
    if (this.#stopped !== undefined) response.shouldKeepAlive = false
    this.#handler(request, response)
    // What was written at once, as nearly all is, needs no watching.
    if (response.writableFinished) return
    this.#running.set(response, undefined)
    response.once('close', () => this.#running.delete(response))
  }

  stop(server: Server): Promise<void> {
    this.#stopped ??= this.#stop(server).finally(() => clearInterval(this.#look))
    return this.#stopped
  }

  /** Node's own timeouts begin anew with every byte that is taken, however few they are, and each request would pay for them. */
  #cutOff(): void {
    const { idle, readTime, readRate } = this.#limits
    const now = performance.now()
    for (const [response, before] of this.#running) {
      const { writableLength: waiting = 0, bytesWritten: written = 0 } = response.socket ?? {}
      const isRead = waiting > 0
      if (before === undefined || isRead !== before.isRead || (!isRead && written !== before.written)) {
        const late = now + (isRead ? readTime + (waiting / readRate) * 1000 : idle)
        this.#running.set(response, { isRead, written, late })
      } else if (now > before.late) response.destroy()
    }
  }

  async #stop(server: Server): Promise<void> {
    // http.Server's own close also closes connections on which the next request is already under way.
    NetServer.prototype.close.call(server)
    for (const response of this.#running.keys()) if (!response.headersSent) response.shouldKeepAlive = false
    const begun = performance.now()
    while (this.#sockets.size > 0 && performance.now() - begun < stopping.grace) {
      await delay(stopping.step)
      if (performance.now() - begun > stopping.linger) this.#closeIdle()
    }
    server.closeAllConnections()
  }

  /** http.Server's own closeIdleConnections cuts off what is written but not yet sent, and spares a browser's unused connections. */
  #closeIdle(): void {
    const busy = new Set([...this.#running.keys()].map(response => response.req.socket))
    for (const socket of this.#sockets) if (!busy.has(socket)) socket.destroy()
  }
}

import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { Server as NetServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { UsageError } from '../errors.ts'

/** What one request may cost before it is answered: bytes of its head, fields, bytes of its target; milliseconds to send it. */
const limits = { head: 16 * 1024, fields: 100, target: 4096, headTime: 10_000, requestTime: 30_000 }
/** Milliseconds without a byte in either direction: above the 30 s of a long poll. Ours outlive the usual 60 s of the proxies in front. */
const idle = { socket: 90_000, keepAlive: 65_000 }
/** Milliseconds: how long a stop waits for the next request of open connections, and for running ones. */
const stopping = { linger: 250, grace: 10_000, step: 20 }

/** A server that listens. */
export interface RunningServer extends AsyncDisposable {
  /** The port in use, also where 0 was asked for. */
  port: number
  /** Stops listening, ends every running request, closes the connections. Takes ten seconds at the most. */
  stop(): Promise<void>
}

/**
 * Listens on `host` and `port` (0: any that is free) and gives every acceptable request to `handler`.
 * Throws `UsageError` when the address cannot be had.
 */
export async function startServer(options: {
  handler: RequestListener
  host: string
  port: number
}): Promise<RunningServer> {
  const { handler, host, port } = options
  const drain = new Drain()
  const server = createServer(
    {
      maxHeaderSize: limits.head,
      headersTimeout: limits.headTime,
      requestTimeout: limits.requestTime,
      connectionsCheckingInterval: 2000,
    },
    (request, response) => {
      const refusal = refusalOf(request)
      if (refusal !== undefined) return refuse(response, refusal)
      drain.run(response, () => handler(request, response))
    },
  )
  server.keepAliveTimeout = idle.keepAlive
  server.timeout = idle.socket
  // Above its limit Node drops fields in silence, an If-None-Match perhaps; refusalOf counts instead.
  server.maxHeadersCount = 0
  server.on('connection', socket => drain.follow(socket))
  await listen(server, host, port)
  const stop = () => drain.stop(server)
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function refusalOf({ rawHeaders, url = '' }: IncomingMessage): number | undefined {
  if (rawHeaders.length > limits.fields * 2) return 431
  return url.length > limits.target ? 414 : undefined
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Length': 0, Connection: 'close' }).end()
}

async function listen(server: Server, host: string, port: number): Promise<void> {
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

/** Ends a server without cutting a request off. */
class Drain {
  readonly #running = new Set<ServerResponse>()
  readonly #sockets = new Set<Socket>()
  #stopped: Promise<void> | undefined

  follow(socket: Socket): void {
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
  }

  run(response: ServerResponse, answer: () => void): void {
    if (this.#stopped !== undefined) response.shouldKeepAlive = false
    answer()
    // What was written at once, as nearly all is, needs no watching.
    if (response.writableFinished) return
    this.#running.add(response)
    response.once('close', () => this.#running.delete(response))
  }

  stop(server: Server): Promise<void> {
    this.#stopped ??= this.#stop(server)
    return this.#stopped
  }

  async #stop(server: Server): Promise<void> {
    // http.Server's own close also closes connections on which the next request is already under way.
    NetServer.prototype.close.call(server)
    for (const response of this.#running) if (!response.headersSent) response.shouldKeepAlive = false
    const begun = performance.now()
    while (this.#sockets.size > 0 && performance.now() - begun < stopping.grace) {
      await delay(stopping.step)
      if (performance.now() - begun > stopping.linger) this.#closeIdle()
    }
    server.closeAllConnections()
  }

  /** http.Server's own closeIdleConnections cuts off what is written but not yet sent, and spares a browser's unused connections. */
  #closeIdle(): void {
    const busy = new Set([...this.#running].map(response => response.req.socket))
    for (const socket of this.#sockets) if (!busy.has(socket)) socket.destroy()
  }
}

import { connect } from 'node:net'

const headEnd = Buffer.from('\r\n\r\n')

/** A connection to a server on this machine, for one request at a time. */
export class Connection {
  #port
  #socket
  /** What waits for the running answer. */
  #waiting
  /** Bytes of the running answer that are still to come; 0: the next bytes begin an answer. */
  #missing = 0
  #head = ''
  #bytes = 0
  /** Of the running answer, where it is wanted. */
  #pieces

  constructor(port) {
    this.#port = port
  }

  async open() {
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true })
    await new Promise((resolve, reject) => socket.on('connect', resolve).on('error', reject))
    socket.on('data', chunk => this.#take(chunk))
    socket.on('close', () => {
      this.#socket = undefined
      this.#waiting?.reject(new Error('the server has closed a connection that waited for an answer'))
    })
    this.#socket = socket
  }

  /** -> head of the answer, and its bytes in all, once the last of them is there. One that was closed for being idle is opened again. */
  async ask(request) {
    if (this.#socket === undefined) await this.open()
    return await new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
      this.#socket.write(request)
    })
  }

  /** -> head and body of the answer, as text. */
  async read(request) {
    this.#pieces = []
    const { head } = await this.ask(request)
    const whole = Buffer.concat(this.#pieces)
    this.#pieces = undefined
    return { head, body: whole.utf8Slice(whole.indexOf(headEnd) + headEnd.length) }
  }

  #take(chunk) {
    if (this.#waiting === undefined) return
    this.#pieces?.push(chunk)
    // A head comes in one piece: it is written at once and smaller than a segment.
    if (this.#missing === 0) {
      const end = chunk.indexOf(headEnd)
      this.#head = chunk.latin1Slice(0, end)
      this.#bytes = 0
      this.#missing = end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(this.#head)?.[1] ?? 0)
    }
    this.#bytes += chunk.length
    this.#missing -= chunk.length
    if (this.#missing > 0) return
    const { resolve } = this.#waiting
    this.#waiting = undefined
    resolve({ head: this.#head, bytes: this.#bytes })
  }

  close() {
    this.#socket?.destroy()
  }
}

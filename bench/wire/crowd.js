import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'

/** Milliseconds that a change may take to reach all. */
const patience = 60_000

/** What ends what they wait for: an event, also within a chunk, and a document. */
export const ends = { stream: ['\n\n', '\n\n\r\n'], poll: ['}'] }

/** Many who wait for news from one server, in a process of their own. */
export class Crowd {
  #child

  static async gather({ port, count, request }) {
    const crowd = new Crowd()
    crowd.#child = fork(new URL('./listeners.js', import.meta.url))
    await once(crowd.#child, 'message')
    await crowd.#ask({ open: { port, count, request } })
    return crowd
  }

  get pid() {
    return this.#child.pid
  }

  /** All ask once more. */
  async ask(request) {
    await this.#ask({ ask: request })
  }

  /**
   * Makes all wait for a mark, has it published (`publish` -> milliseconds of `commonNow` from which is counted), and tells when the first
   * and the last had it, each one's time, and bytes.
   */
  async hear({ mark, kind, publish }) {
    const heard = await this.#listen(mark, ends[kind])
    const begun = await publish()
    return { begun, ...(await heard()) }
  }

  /** The same of several at once, of whatever kind: of each. */
  static async hearTogether(crowds, { mark, publish }) {
    const all = await Promise.all(crowds.map(crowd => crowd.#listen(mark, Object.values(ends).flat())))
    const begun = await publish()
    return await Promise.all(all.map(async heard => ({ begun, ...(await heard()) })))
  }

  async #listen(mark, wanted) {
    await this.#ask({ mark, ends: wanted })
    const heard = message(this.#child)
    heard.catch(() => undefined)
    return () => heard
  }

  disperse() {
    this.#child.kill()
  }

  async #ask(question) {
    const answer = message(this.#child)
    this.#child.send(question)
    await answer
  }
}

export async function message(child) {
  const over = new AbortController()
  const { signal } = over
  try {
    const ended = once(child, 'exit', { signal }).then(() =>
      Promise.reject(new Error('a process of the benchmark ended')),
    )
    const late = pause(patience, undefined, { signal }).then(() => Promise.reject(new Error('not all have got it')))
    const [value] = await Promise.race([once(child, 'message', { signal }), ended, late])
    return value
  } finally {
    over.abort()
  }
}

/** A request as text. `fields`: lines. */
export function get(path, ...fields) {
  return [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'User-Agent: bench', ...fields, '', ''].join('\r\n')
}

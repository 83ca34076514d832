import { fork } from 'node:child_process'
import { once } from 'node:events'
import { message } from './crowd.js'
import { startNchan } from './nchan.js'
import { WireNewsroom } from './newsroom.js'
import { commonNow } from './processes.js'

/*
 * Servers that tell many who wait. `publish(mark, bytes)` -> milliseconds of `commonNow` from which is counted: of Feedwire the commit, as Redis
 * tells it, of the others the moment at which it is posted to them, of about so many bytes.
 */

/** Feedwire. Who asks begins at `cursor`, the end of its wire. */
export async function openFeedwire(options) {
  const newsroom = await WireNewsroom.open(options)
  const { port, pid } = newsroom
  return {
    name: 'Feedwire',
    port,
    pid,
    newsroom,
    cursor: () => newsroom.cursor(),
    publish: mark => newsroom.change(mark),
    stop: () => newsroom.close(),
  }
}

/** nginx with nchan; undefined where it is not installed. */
export async function openNchan() {
  const nchan = await startNchan()
  return nchan && { name: 'nchan', ...nchan, publish: posted(`http://127.0.0.1:${nchan.port}/publish`) }
}

/** A server of node:http that writes the same to all responses that it has open. */
export async function openPlain() {
  const child = fork(new URL('./plain-server.js', import.meta.url))
  const { port } = await message(child)
  const stop = async () => {
    const ended = once(child, 'exit')
    child.disconnect()
    await ended
  }
  return { name: 'res.write', port, pid: child.pid, publish: posted(`http://127.0.0.1:${port}/`), stop }
}

function posted(url) {
  return async (mark, bytes) => {
    const begun = `{"headline":"Harbour ${mark}","text":"`
    const body = `${begun}${'x'.repeat(Math.max(0, bytes - begun.length - 2))}"}`
    const at = commonNow()
    const response = await fetch(url, { method: 'POST', body, headers: { 'Content-Type': 'application/json' } })
    await response.text()
    if (!response.ok) throw new Error(`${url}: ${response.status}`)
    return at
  }
}

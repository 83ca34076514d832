import { connect } from 'node:net'

const connections = 32
const headEnd = Buffer.from('\r\n\r\n')

/**
 * Asks for the same thing over 32 connections that stay open, one request at a time on each, and checks each answer's
 * status and length. -> answers a second. An HTTP library as client would cost more than the server it measures.
 */
export async function load({ port, path, lines, status, seconds }) {
  const request = Buffer.from(
    [`GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'User-Agent: bench', ...lines, '', ''].join('\r\n'),
  )
  const begun = performance.now()
  const until = begun + seconds * 1000
  const counts = await Promise.all(
    Array.from({ length: connections }, () => runConnection({ port, request, status, until })),
  )
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - begun) / 1000)
}

function runConnection({ port, request, status, until }) {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let answered = 0
    // Bytes of the running answer that are still to come; 0: the next bytes begin an answer.
    let missing = 0
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
    socket.on('data', chunk => {
      try {
        missing = missing === 0 ? lengthOf(chunk, status) - chunk.length : missing - chunk.length
      } catch (error) {
        socket.destroy(error)
        return
      }
      if (missing > 0) return
      answered += 1
      if (performance.now() < until) socket.write(request)
      else socket.end(() => resolve(answered))
    })
  })
}

/** Bytes of the answer that begins here. A head comes in one piece: it is written at once and smaller than a segment. */
function lengthOf(chunk, status) {
  const end = chunk.indexOf(headEnd)
  const head = chunk.latin1Slice(0, end)
  if (end === -1 || !head.startsWith(`HTTP/1.1 ${status} `))
    throw new Error(`Expected ${status}, got: ${head.slice(0, 80)}`)
  return end + 4 + Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0)
}

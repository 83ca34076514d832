import { connect, type Socket } from 'node:net'

export interface RawResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: Buffer
}

/** One request over a socket of its own, exactly these bytes and then its end, until the server closes. */
export function exchange(port: number, bytes: string): Promise<RawResponse> {
  const socket = connect(port, '127.0.0.1')
  socket.end(bytes, 'latin1')
  return responseOn(socket)
}

async function responseOn(socket: Socket): Promise<RawResponse> {
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(Buffer.from(chunk))
  const all = Buffer.concat(chunks)
  const end = all.indexOf('\r\n\r\n')
  const [statusLine = '', ...fields] = all.subarray(0, end).toString('latin1').split('\r\n')
  return {
    status: Number(statusLine.split(' ')[1]),
    headers: Object.fromEntries(
      fields.map(field => [field.split(':', 1)[0]?.toLowerCase(), field.slice(field.indexOf(':') + 1).trim()]),
    ),
    body: all.subarray(end + 4),
  }
}

/** A request with these header lines. The socket stays open: what takes a moment is not answered on one that has ended. */
export function ask(port: number, target: string, lines: readonly string[] = [], method = 'GET'): Promise<RawResponse> {
  const socket = connect(port, '127.0.0.1')
  const head = [`${method} ${target} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...lines, '', '']
  socket.write(head.join('\r\n'), 'latin1')
  return responseOn(socket)
}

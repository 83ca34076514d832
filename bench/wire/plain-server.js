import { createServer } from 'node:http'

// The least that a program in Node does that tells many: node plain-server.js. GET opens a stream; POST is written to all that are open.
const open = new Set()

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    response.flushHeaders()
    open.add(response)
    response.once('close', () => open.delete(response))
    return
  }
  const pieces = []
  request.on('data', piece => pieces.push(piece))
  request.on('end', () => {
    const frame = Buffer.concat([Buffer.from('id: 1\nevent: publish\ndata: '), ...pieces, Buffer.from('\n\n')])
    for (const each of open) each.write(frame)
    response.writeHead(204).end()
  })
})
process.on('disconnect', () => process.exit())
server.listen({ host: '127.0.0.1', port: 0, backlog: 10_000 }, () => process.send({ port: server.address().port }))

import { once } from 'node:events'
import { createServer } from 'node:net'
import { listen } from './server.ts'

/**
 * Listens where the server will, and leaves again: whoever cannot have the address learns it before anything is begun.
 * Throws `UsageError`, as `startServer` does.
 */
export async function probeAddress({ host, port }: { host: string; port: number }): Promise<void> {
  const server = createServer()
  await listen(server, host, port)
  server.close()
  await once(server, 'close')
}

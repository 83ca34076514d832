import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'
import { stories } from './stories.ts'

/** What a reader asked for, and what it got. */
export interface Exchange {
  path: string
  /** It told what it has. */
  conditional: boolean
  status: number
}

/** The program as it runs in service, with the stories, and somebody in between who notes what readers ask and get. */
export interface Subscription extends AsyncDisposable {
  /** The address of an edition, for a reader. */
  urlOf: (format: string) => string
  /** The exchanges since the last call. */
  exchanges: () => Exchange[]
  /** Writes a file of the archive, and waits until it is served. */
  write: (file: string, content: string, shown: string) => Promise<void>
  /** Kills an article by its title, and waits until it is gone. */
  kill: (title: string) => Promise<void>
}

interface Listed {
  uri: string
  title: string
}

export async function openSubscription(): Promise<Subscription> {
  const redis = await startRedis({ tcp: true })
  const files = Object.fromEntries(stories.map(({ file, content }) => [file, content]))
  const home = await makeProgramHome({ redis, files })
  await succeed(home, 'collect')
  await succeed(home, 'republish')
  const [, port = ''] = await home.run(['serve']).said(/"port":(\d+)/)
  const edition = async () => (await fetch(`http://127.0.0.1:${port}/feeds/all.json`)).text()
  await until(async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).status === 200)
  let exchanges: Exchange[] = []
  const recorder = await startRecorder(Number(port), exchange => exchanges.push(exchange))
  const address = recorder.address()
  const recorded = typeof address === 'object' ? address?.port : undefined
  return {
    urlOf: format => `http://127.0.0.1:${recorded}/feeds/all.${format}`,
    exchanges() {
      const since = exchanges
      exchanges = []
      return since
    },
    async write(file, content, shown) {
      await home.write(file, content)
      await succeed(home, 'collect')
      await succeed(home, 'republish')
      await until(async () => (await edition()).includes(JSON.stringify(shown)))
    },
    async kill(title) {
      const { articles } = JSON.parse(await succeed(home, 'articles', '--json')) as { articles: Listed[] }
      const { uri } = articles.find(article => article.title === title)!
      await succeed(home, 'kill', uri, '--reason', 'wrong')
      await until(async () => !(await edition()).includes(uri))
    },
    [Symbol.asyncDispose]: () => close(recorder, home, redis),
  }
}

async function succeed(home: ProgramHome, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await home.command(...args)
  if (code !== 0) throw new Error(`${args.join(' ')}: ${stderr}`)
  return stdout
}

/** Hands every request on as it is, and the answer back. */
async function startRecorder(port: number, record: (exchange: Exchange) => void): Promise<Server> {
  const server = createServer((asked, answer) => {
    const { url: path = '', method, headers } = asked
    const handed = request({ host: '127.0.0.1', port, path, method, headers }, given => {
      const status = given.statusCode ?? 0
      record({ path, conditional: 'if-none-match' in headers || 'if-modified-since' in headers, status })
      answer.writeHead(status, given.rawHeaders)
      given.pipe(answer)
    })
    handed.on('error', () => answer.destroy())
    asked.pipe(handed)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server
}

async function close(recorder: Server, home: ProgramHome, redis: TestRedis): Promise<void> {
  recorder.closeAllConnections()
  recorder.close()
  await home[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
}

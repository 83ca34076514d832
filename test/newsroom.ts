import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stringify } from 'yaml'
import { App } from '../src/app.ts'
import { readConfig, type Config } from '../src/config.ts'
import { borrowRedis } from './borrowed-redis.ts'
import { startRedis, type TestRedis } from './redis.ts'

/** A home of a test's own, as it would be written in YAML. */
export interface HomeOptions {
  site?: Record<string, unknown>
  /** Settings of the source `desk`, besides its folder `archive`. */
  source?: Record<string, unknown>
  /** More sources. */
  sources?: Record<string, unknown>[]
  schedule?: Record<string, unknown>
  /** By name. */
  feeds?: Record<string, Record<string, unknown>>
  /** Bytes of the archive's files, by path. */
  files?: Record<string, string | Buffer>
}

export interface Home extends AsyncDisposable {
  folder: string
  /** Writes a file of the archive. */
  write: (path: string, content: string | Buffer) => Promise<void>
  /** Absolute path of a file of the archive. */
  path: (path: string) => string
  writeFeed: (name: string, feed: Record<string, unknown>) => Promise<void>
  /** What a process with this home would be told. */
  environment: (redis: TestRedis) => Record<string, string>
  config: (redis: TestRedis) => Config
}

export const publicUrl = 'https://news.example'

export async function makeHome({
  site,
  source,
  sources = [],
  schedule,
  feeds,
  files,
}: HomeOptions = {}): Promise<Home> {
  const folder = await mkdtemp(join(tmpdir(), 'feedwire-home-'))
  const put = async (path: string, content: string | Buffer) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const settings = {
    site: { title: 'Test Times', authority: 'news.example,2024', ...site },
    sources: [{ name: 'desk', folder: '../archive', ...source }, ...sources],
    ...(schedule && { schedule }),
  }
  await put('config/feedwire.yaml', stringify(settings))
  await mkdir(join(folder, 'archive'))
  await mkdir(join(folder, 'feeds'))
  for (const [name, feed] of Object.entries(feeds ?? { all: { title: 'All' } })) {
    await put(`feeds/${name}.yaml`, stringify(feed))
  }
  for (const [path, content] of Object.entries(files ?? {})) await put(`archive/${path}`, content)
  const environment = (redis: TestRedis) => ({
    FEEDWIRE_HOME: folder,
    PUBLIC_URL: publicUrl,
    PORT: '0',
    LOG_LEVEL: 'silent',
    ...(redis.address.startsWith('redis://') && { REDIS_URL: redis.address }),
  })
  return {
    folder,
    write: (path, content) => put(`archive/${path}`, content),
    path: path => join(folder, 'archive', path),
    writeFeed: (name, feed) => put(`feeds/${name}.yaml`, stringify(feed)),
    environment,
    config: redis => ({ ...readConfig(environment(redis)), redis: redis.address }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A Redis, a home and an app on them, with the home's feeds in force. The clock stands until it is moved. */
export interface Newsroom extends AsyncDisposable {
  redis: TestRedis
  home: Home
  app: App
  /** Milliseconds since 1970: assign to move the clock. */
  now: number
  /** Another process with the same home, as its files are now. */
  openApp: () => Promise<App>
}

/** `ownRedis`: for a test that stops or sets up its Redis. */
export async function openNewsroom({
  ownRedis = false,
  ...options
}: HomeOptions & { ownRedis?: boolean } = {}): Promise<Newsroom> {
  const redis = await (ownRedis ? startRedis() : borrowRedis())
  const home = await makeHome(options)
  const opened: App[] = []
  const room = {
    redis,
    home,
    now: Date.parse('2024-06-01T12:00:00Z'),
    async openApp() {
      const app = await App.open(home.config(redis), { process: 'test', clock: () => room.now })
      opened.push(app)
      await app.declare()
      return app
    },
    async [Symbol.asyncDispose]() {
      for (const app of opened) await app[Symbol.asyncDispose]()
      await home[Symbol.asyncDispose]()
      await redis[Symbol.asyncDispose]()
    },
  }
  return Object.assign(room, { app: await room.openApp() })
}

/** A page dump with everything that it needs. */
export function dump(
  title: string,
  { section = 'News', date = '01/05/2024 10h00', text = 'One sentence. Another one.' } = {},
) {
  return `${title}\n\nTest Agency\n${section}\n${date}\n\n${text}\n`
}

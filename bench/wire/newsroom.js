import { fork } from 'node:child_process'
import { once } from 'node:events'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App } from '../../dist/app.js'
import { refOf } from '../../dist/article.js'
import { servingFlags } from '../../dist/commands/processes.js'
import { readConfig } from '../../dist/config.js'
import { correct, kill } from '../../dist/operate/life.js'
import { addPartner } from '../../dist/operate/partners.js'
import { keys } from '../../dist/store/keys.js'
import { makeHome, waitFor } from '../program.js'
import { Connection } from '../serve/connection.js'
import { get } from './crowd.js'
import { commonNow } from './processes.js'

const ours = fileURLToPath(new URL('../../dist/main.js', import.meta.url))

/** Paragraphs of an article that is a change of about 1.5 kB. */
const paragraphs = 2

/**
 * A newsroom that collects in this process, and one process of `feedwire serve` beside it, which shares its Redis. Nothing is published
 * unless it is asked for, so that the wire is measured and nothing else. `profile`: a folder for a processor profile of what serves.
 */
export class WireNewsroom {
  app
  port
  /** Of the process that serves. */
  pid
  #home
  #server
  #listener
  #written = 0
  /** The article that is corrected. */
  #ref

  /** `prepare(newsroom)`: what has to stand before it is served. `program`: another build of `dist/main.js` that serves. */
  static async open({ feeds = { all: 'title: All\n' }, articles = 1, profile, prepare, program = ours } = {}) {
    const newsroom = new WireNewsroom()
    newsroom.#home = await makeHome({
      settings: 'sources: [{ name: desk, folder: ../archive, format: page-dump }]\n',
      feeds,
    })
    const env = { ...process.env, FEEDWIRE_HOME: newsroom.#home, LOG_LEVEL: 'warn' }
    delete env.REDIS_URL
    const app = await App.open(readConfig(env), { process: 'bench', threads: 2 })
    newsroom.app = app
    newsroom.#listener = app.listen()
    await newsroom.#listener.subscribe(keys.stirred)
    await app.declare()
    for (let i = 0; i < articles; i++) await newsroom.#write(`start ${i}`)
    await app.collect('desk')
    const [head] = await app.store.articles.list({ limit: 1 })
    newsroom.#ref = refOf(head)
    await prepare?.(newsroom)
    const flags = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]
    // As `start` starts it.
    const execArgv = [...servingFlags, ...flags]
    newsroom.#server = fork(program, ['serve'], { env: { ...env, PORT: '0' }, execArgv })
    const [{ port }] = await once(newsroom.#server, 'message')
    newsroom.port = port
    newsroom.pid = newsroom.#server.pid
    return newsroom
  }

  /** A correction that says this: one commit, and nothing besides -> milliseconds of `commonNow` at which it was told. */
  async change(mark) {
    const { store } = this.app
    const told = once(this.#listener, 'message').then(commonNow)
    await correct(this.#ref, mark, { store, now: Date.now() })
    return await told
  }

  /** Takes an article away, by what `feedwire kill` calls, with this as its reason -> the same. */
  async kill(ref, mark) {
    const { store } = this.app
    const told = once(this.#listener, 'message').then(commonNow)
    await kill(ref, mark, { store, now: Date.now() })
    return await told
  }

  /** Resolves when the process that serves has an edition. */
  async shows(path, ...fields) {
    const connection = new Connection(this.port)
    await waitFor(async () => (await connection.ask(get(path, ...fields))).head.startsWith('HTTP/1.1 200 '))
    connection.close()
  }

  /** Of a partner with these feeds. */
  tokenOf = async (name, { feeds, rate }) => {
    return (await addPartner(name, { feeds, rate }, { store: this.app.store, now: Date.now() })).token
  }

  /** Where the view of who asks so ends. */
  async cursor(...fields) {
    const connection = new Connection(this.port)
    try {
      for (let after = ''; ;) {
        const { head, body } = await connection.read(get(`/wire?limit=500${after}`, ...fields))
        if (!head.startsWith('HTTP/1.1 200 ')) throw new Error(`the wire was not told: ${head.slice(0, 80)}`)
        const [, cursor] = /^\{"cursor":"([^"]+)"/.exec(body)
        if (body.endsWith('"more":false}')) return cursor
        after = `&after=${cursor}`
      }
    } finally {
      connection.close()
    }
  }

  async close() {
    if (this.#server.exitCode === null) {
      this.#server.kill('SIGTERM')
      await once(this.#server, 'exit')
    }
    await this.app[Symbol.asyncDispose]()
    await rm(this.#home, { recursive: true, force: true })
  }

  async #write(title) {
    const number = ++this.#written
    const date = `01/05/2024 ${two(Math.floor(number / 60) % 24)}h${two(number % 60)}`
    const text = `The ${title} was seen near the harbour in the evening, and the council has said nothing of it so far, nor the police.`
    const content = `Harbour ${title}\n\nBench Agency\nNews\n${date}\n${`\n${text}\n`.repeat(paragraphs)}`
    await writeFile(join(this.#home, `archive/${number}.txt`), content)
  }
}

function two(number) {
  return String(number).padStart(2, '0')
}

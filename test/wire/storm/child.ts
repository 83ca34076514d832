import { App } from '../../../src/app.ts'
import { Programs } from './programs.ts'

/** Another Feedwire that follows: its Redis and its worker are programs of their own. */
export class Child implements AsyncDisposable {
  readonly #programs: Programs
  readonly #app: App

  private constructor(programs: Programs, app: App) {
    this.#programs = programs
    this.#app = app
  }

  static async start(wire: string, token: string): Promise<Child> {
    const source = { name: 'parent', wire, private: true, headers: { Authorization: `Bearer ${token}` } }
    const site = { authority: 'child.example,2024' }
    const programs = await Programs.start({ site, sources: [source], feeds: { all: { title: 'All' } } }, 0)
    return new Child(programs, await App.open(programs.home.config(programs.redis), { process: 'child' }))
  }

  /** Versions by the uris of those that it follows. */
  async held(): Promise<Map<string, string>> {
    const heads = await this.#app.store.articles.list({ limit: 1000 })
    return new Map(
      heads.flatMap(({ ownId = '', version, pubStatus }) => (pubStatus === 'usable' ? [[ownId, String(version)]] : [])),
    )
  }

  /** How it stands, for whoever asks why it is behind: its last round, how far it has followed, and what its worker said last. */
  async state(): Promise<string[]> {
    const { store } = this.#app
    const [rounds, { state }] = await Promise.all([store.files.rounds(), store.followed.get('parent')])
    return [JSON.stringify({ rounds, state }), ...this.#programs.logged().split('\n').slice(-25)]
  }

  async killWorker(): Promise<void> {
    await this.#programs.killWorker()
    this.#programs.startWorker()
  }

  killRedis(): Promise<void> {
    return this.#programs.killRedis()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#app[Symbol.asyncDispose]()
    await this.#programs[Symbol.asyncDispose]()
  }
}

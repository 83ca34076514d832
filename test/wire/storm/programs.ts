import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { makeProgramHome, type ProgramHome, type Running } from '../../processes.ts'
import { startRedis, until, type TestRedis } from '../../redis.ts'
import type { HomeOptions } from '../../newsroom.ts'

/** A newsroom of programs of their own, each of which may be killed at any moment: a Redis, a worker, edges whose addresses stay. */
export class Programs implements AsyncDisposable {
  readonly redis: TestRedis
  readonly home: ProgramHome
  readonly addresses: readonly string[]
  #worker: Running | undefined
  readonly #edges: Running[] = []

  private constructor(redis: TestRedis, home: ProgramHome, edges: number) {
    this.redis = redis
    this.home = home
    this.addresses = Array.from({ length: edges }, () => `http://127.0.0.1:${randomInt(30_000, 60_000)}`)
  }

  static async start(options: HomeOptions, edges: number): Promise<Programs> {
    const redis = await startRedis({ tcp: true })
    const programs = new Programs(redis, await makeProgramHome({ ...options, redis }), edges)
    programs.startWorker()
    for (let at = 0; at < edges; at++) await programs.startEdge(at)
    return programs
  }

  /** One that ends by itself, since Redis was away while it started, is started again: as `start` does, or systemd. */
  startWorker(): void {
    const worker = this.home.run(['work'])
    this.#worker = worker
    const again = () => {
      if (this.#worker === worker) this.startWorker()
    }
    worker.exit.then(again, again)
  }

  /** What the worker that runs has logged. */
  logged(): string {
    const { stdout, stderr } = this.#worker ?? {}
    return `${stdout?.() ?? ''}${stderr?.() ?? ''}`
  }

  async killWorker(): Promise<void> {
    const worker = this.#worker
    this.#worker = undefined
    await worker?.kill('SIGKILL')
  }

  /** Edges have data folders of their own, as on other machines. */
  async startEdge(at: number): Promise<void> {
    const environment = {
      FEEDWIRE_DATA: join(this.home.folder, `edge-${at}`),
      PORT: new URL(this.addresses[at] ?? '').port,
    }
    const running = this.home.run(['serve'], { environment })
    await running.said(/"msg":"serving"/)
    this.#edges[at] = running
  }

  async killEdge(at: number): Promise<void> {
    await this.#edges[at]?.kill('SIGKILL')
  }

  /** Resolves when Redis answers again. */
  async killRedis(meanwhile: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.redis.kill()
    await meanwhile()
    await this.redis.restart()
    await until(async () => (await this.redis.client().ping()) === 'PONG')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#worker = undefined
    await this.home[Symbol.asyncDispose]()
    await this.redis[Symbol.asyncDispose]()
  }
}

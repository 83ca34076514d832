import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProgramHome, Running } from '../processes.ts'
import type { TestRedis } from '../redis.ts'

/** The newsroom's programs, each of which may be killed and started again. Edges have data folders of their own, as on other machines. */
export class Programs {
  #worker: Running
  readonly #home: ProgramHome
  readonly #edges: { running: Running; address: string }[] = []

  constructor(home: ProgramHome) {
    this.#home = home
    this.#worker = home.run(['work'])
  }

  /** Of the edges as they were started last: one that is away answers nothing there. */
  readonly addresses = (): string[] => this.#edges.map(({ address }) => address)

  async startEdge(number: number): Promise<void> {
    const environment = { FEEDWIRE_DATA: join(this.#home.folder, `edge-${number}`) }
    const running = this.#home.run(['serve'], { environment })
    const [, port = ''] = await running.said(/"port":(\d+),"msg":"serving"/)
    this.#edges[number] = { running, address: `http://127.0.0.1:${port}` }
  }

  async killEdge(number: number): Promise<void> {
    await this.#edges[number]?.running.kill('SIGKILL')
  }

  async killWorker(): Promise<void> {
    await this.#worker.kill('SIGKILL')
  }

  startWorker(): void {
    this.#worker = this.#home.run(['work'])
  }
}

/** The data of a Redis, while it does not run. */
export async function empty({ folder }: TestRedis): Promise<void> {
  for (const name of ['appendonlydir', 'dump.rdb']) await rm(join(folder, name), { recursive: true, force: true })
}

export async function backUp({ folder }: TestRedis, backup: string): Promise<void> {
  await rm(join(backup, 'appendonlydir'), { recursive: true, force: true })
  await cp(join(folder, 'appendonlydir'), join(backup, 'appendonlydir'), { recursive: true })
}

export async function restore(redis: TestRedis, backup: string): Promise<void> {
  await empty(redis)
  await cp(join(backup, 'appendonlydir'), join(redis.folder, 'appendonlydir'), { recursive: true })
}

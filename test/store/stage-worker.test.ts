import { EventEmitter, once } from 'node:events'
import { connect as connectSocket, createServer, type Socket } from 'node:net'
import { Queue } from 'bullmq'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { connect, disconnect } from '../../src/store/redis/connect.ts'
import { StageWorker } from '../../src/store/stage-worker.ts'
import { startRedis, until, type TestRedis } from '../redis.ts'

const prefix = '{feedwire}'
const complain = () => undefined
const nudge = { removeOnComplete: true, removeOnFail: true }

/** A way to a Redis whose blocking connections can be lost, with no new ones for as long as said. */
async function openWay(redis: TestRedis) {
  const blocking = new Set<Socket>()
  const sockets = new Set<Socket>()
  let isShut = false
  const server = createServer(near => {
    sockets.add(near)
    near.on('error', () => undefined)
    // Whoever comes now is neither refused nor answered.
    if (isShut) return
    const far = connectSocket(Number(new URL(redis.address).port), '127.0.0.1')
    far.on('error', () => near.destroy())
    near.on('data', bytes => {
      if (bytes.toString('latin1').toLowerCase().includes('bzpopmin')) blocking.add(near)
    })
    near.on('close', () => far.destroy())
    near.pipe(far).pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    address: `redis://127.0.0.1:${address.port}`,
    blocking,
    shut() {
      isShut = true
      for (const socket of blocking) socket.destroy()
    },
    open: () => (isShut = false),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** One worker behind that way. Whoever says that nudges were not heard opens it again. */
async function openStage(redis: TestRedis, round: (name: string) => Promise<void>) {
  const way = await openWay(redis)
  const lines: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) })
  const connection = connect(way.address, log, 'wait')
  const queue = new Queue('publish', { connection, prefix })
  queue.on('error', complain)
  const options = { connection, prefix, concurrency: 1, round, log, complain, patience: { look: 100, looks: 5 } }
  const worker = new StageWorker(queue, options)
  return {
    way,
    queue,
    unheard: () => lines.filter(line => line.includes('nudges were not heard')),
    async [Symbol.asyncDispose]() {
      way.open()
      await worker[Symbol.asyncDispose]()
      await queue.close()
      disconnect(connection)
      await way[Symbol.asyncDispose]()
    },
  }
}

describe('the worker of a stage', () => {
  it('that hears no nudge any more is followed by another, which says so in one line', async () => {
    const rounds: string[] = []
    await using redis = await startRedis({ tcp: true })
    await using stage = await openStage(redis, name => Promise.resolve(void rounds.push(name)))
    await stage.queue.add('first', {}, nudge)
    // Whoever ends a round asks for the next one too: it is over when it is told.
    await until(async () => rounds.length === 1 && (await stage.queue.getActiveCount()) === 0)
    await until(() => stage.way.blocking.size > 0)
    stage.way.shut()
    await stage.queue.add('second', {}, nudge)
    await until(() => stage.unheard().length > 0)
    stage.way.open()
    await until(() => rounds.length === 2)
    expect(rounds).toEqual(['first', 'second'])
    expect(stage.unheard()).toHaveLength(1)
    expect(stage.unheard()[0]).toContain('"stage":"publish","waiting":1')
    await stage.queue.add('third', {}, nudge)
    await until(() => rounds.length === 3)
  })

  it('that has no room for another round is left alone, however long nudges wait', async () => {
    const begun: string[] = []
    const ending = new EventEmitter()
    const ended = once(ending, 'end')
    await using redis = await startRedis({ tcp: true })
    await using stage = await openStage(redis, async name => {
      begun.push(name)
      await ended
    })
    await stage.queue.add('first', {}, nudge)
    await stage.queue.add('second', {}, nudge)
    await until(() => begun.length === 1)
    const monitor = await redis.client().monitor()
    let looks = 0
    monitor.on('monitor', (_time: string, [command, key]: string[]) => {
      if (command?.toLowerCase() === 'llen' && key === `${prefix}:publish:wait`) looks++
    })
    await until(() => looks >= 12)
    monitor.disconnect()
    ending.emit('end')
    await until(() => begun.length === 2)
    expect(stage.unheard()).toEqual([])
  })
})

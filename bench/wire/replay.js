import { Connection } from '../serve/connection.js'
import { median, sideBySide } from '../side-by-side.js'
import { get } from './crowd.js'
import { WireNewsroom } from './newsroom.js'
import { printTable, promise } from './promises.js'

/** What is asked for at a time. */
const together = 500

/**
 * The whole of a wire from nothing, by pages of 500, beside reading the same from Redis by ioredis in pipelines of 500: the same text as it is
 * told, each change a string of its own; and, to compare, the articles as they lie in the store, which nobody could read. `articles=20000`,
 * `rounds=5`.
 */
export async function benchReplay({ articles = '20000', rounds = '5', profile }) {
  const count = Number(articles)
  process.stdout.write(`collecting ${count} articles ...\n`)
  const newsroom = await WireNewsroom.open({ articles: count, profile })
  const connection = new Connection(newsroom.port)
  const redis = newsroom.app.listen()
  try {
    let told
    const first = await timed(async () => {
      told = await replay(connection)
    })
    await keep(redis, told)
    const stored = await keysOfStore(newsroom.app, count)
    const lying = []
    const { ours, theirs, ratio } = await sideBySide(
      () => timed(() => replay(connection)),
      async () => {
        lying.push(await timed(() => readStore(redis, stored)))
        return await timed(() => readKept(redis, told.length))
      },
      { idle: 1, measured: Number(rounds) },
    )
    const rate = milliseconds => Math.round(told.length / (milliseconds / 1000)).toLocaleString('en')
    const bytes = told.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    printTable(
      [`${told.length} articles, ${(bytes / told.length / 1000).toFixed(1)} kB each`, 'seconds', 'articles/s'],
      [
        ['/wire, limit=500, for the first time', (first / 1000).toFixed(2), rate(first)],
        ['/wire, limit=500', (ours / 1000).toFixed(2), rate(ours)],
        ['ioredis, the same text', (theirs / 1000).toFixed(2), rate(theirs)],
        ['ioredis, as they lie in the store', (median(lying) / 1000).toFixed(2), rate(median(lying))],
      ],
    )
    promise('replay, of ioredis reading the same text', 1 / ratio, { least: 0.5 })
  } finally {
    connection.close()
    await newsroom.close()
  }
}

async function timed(run) {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}

/** Every change as text. */
async function replay(connection) {
  const changes = []
  for (let after = ''; ;) {
    const { body } = await connection.read(get(`/wire?limit=${together}${after}`))
    const begun = body.indexOf('"changes":[') + 11
    changes.push(...body.slice(begun, body.lastIndexOf(']')).split(/,(?=\{"cursor":")/))
    if (body.endsWith('"more":false}')) return changes
    after = `&after=${/^\{"cursor":"([^"]+)"/.exec(body)[1]}`
  }
}

async function keep(redis, texts) {
  for (let at = 0; at < texts.length; at += together)
    await redis.mset(...texts.slice(at, at + together).flatMap((text, i) => [`bench:${at + i}`, text]))
}

async function readKept(redis, count) {
  for (let at = 0; at < count; at += together) {
    const pipeline = redis.pipeline()
    for (let i = at; i < Math.min(count, at + together); i++) pipeline.get(`bench:${i}`)
    await pipeline.exec()
  }
}

/** Refs, and keys of their bodies. */
async function keysOfStore({ store }, count) {
  const heads = []
  for await (const piece of store.articles.all()) heads.push(...piece)
  return heads.slice(0, count).map(({ source, key, body }) => {
    const ref = `${source}/${key}`
    return { ref, body: `body:${ref}:${body}` }
  })
}

async function readStore(redis, stored) {
  for (let at = 0; at < stored.length; at += together) {
    const pipeline = redis.pipeline()
    const piece = stored.slice(at, at + together)
    pipeline.hmget('{wire}:heads', ...piece.map(({ ref }) => ref))
    for (const { body } of piece) pipeline.getBuffer(body)
    await pipeline.exec()
  }
}

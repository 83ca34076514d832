import { hash } from 'node:crypto'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { isSmall, packBody, packSmall, unpackBody } from '../../src/store/body.ts'
import { keys } from '../../src/store/keys.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

const content = { title: 'Märkte', html: '<p>Ruhig.</p>', keywords: ['a', 'b'] }

describe('a packed text', () => {
  it('is what was packed, under the same name for the same words alone', () => {
    const body = packBody(content)
    expect(unpackBody(body.packed)).toEqual(content)
    expect(packBody({ ...content }).digest).toBe(body.digest)
    expect(packBody({ ...content, title: 'Markets' }).digest).not.toBe(body.digest)
  })

  it('says the same when it is packed small, and that it was', async () => {
    const { packed } = packBody(content)
    const small = await packSmall(packed)
    expect(unpackBody(small)).toEqual(content)
    expect([isSmall(packed), isSmall(small), isSmall(Buffer.alloc(0))]).toEqual([false, true, false])
    await expect(packSmall(Buffer.from('no brotli'))).rejects.toThrow(/./)
  })

  it('is read also as earlier versions packed it', () => {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 0 }
    expect(unpackBody(brotliCompressSync(JSON.stringify(content), { params }))).toEqual(content)
  })

  it('is refused where it is damaged, cut off, or would grow without bound', () => {
    const { packed } = packBody(content)
    const bomb = brotliCompressSync(Buffer.alloc(65 << 20, ' '), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })
    for (const bytes of [Buffer.from('no brotli'), packed.subarray(0, 9), Buffer.alloc(0), bomb])
      expect(() => unpackBody(bytes)).toThrow(/./)
  })
})

/** The head and the text of `a.txt`, as an earlier version of this program named the text: by all of the SHA-256. */
async function renameAsBefore(room: Newsroom): Promise<string> {
  const ref = `desk/${mintKey('a.txt')}`
  const redis = room.redis.client()
  const head = await room.app.store.articles.head(ref)
  const name = keys.body(ref, head!.body)
  const before = hash('sha256', brotliDecompressSync((await redis.getBuffer(name))!), 'base64url')
  await redis.rename(name, keys.body(ref, before))
  await redis.hset(keys.heads, ref, JSON.stringify({ ...head, body: before }))
  return keys.body(ref, before)
}

describe('a text that an earlier version of this program named', () => {
  it('is no news when its file is read again, and comes back where it was lost', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    const name = await renameAsBefore(room)
    const redis = room.redis.client()
    await redis.del(name)
    const files = keys.files('desk')
    const record = JSON.parse((await redis.hget(files, 'a.txt'))!) as unknown[]
    await redis.hset(files, 'a.txt', JSON.stringify(['', ...record.slice(1)]))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, unchanged: 1 })
    const head = await room.app.store.articles.head(`desk/${mintKey('a.txt')}`)
    expect(await room.app.store.articles.article(head!, 'news.example,2024')).toMatchObject({
      title: 'Alpha',
      version: 1,
    })
  })
})

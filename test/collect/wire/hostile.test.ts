import { describe, expect, it } from 'vitest'
import { openNewsroom, type Newsroom } from '../../newsroom.ts'
import { page, redirect, startSite, status, type Respond, type Site } from '../sources/site.ts'
import { standing } from './chain.ts'
import { first, json, publish, told } from './far-wire.ts'

const feeds = { all: { title: 'All' } }
const secret = 'fw_verysecret'

async function openAt(site: Site, source: Record<string, unknown> = {}): Promise<Newsroom> {
  const follows = {
    name: 'parent',
    wire: `${site.origin}/wire`,
    private: true,
    headers: { 'X-Key': secret },
    ...source,
  }
  return await openNewsroom({ feeds, sources: [follows] })
}

describe('a wire that is none', () => {
  const answers: [string, Respond, RegExp][] = [
    ['401', status(401), /^127\.0\.0\.1:\d+ answered 401 Unauthorized$/],
    ['404', status(404), /answered 404 Not Found$/],
    ['410 at the beginning', status(410), /answered 410/],
    [
      '410 that says where to begin, at the beginning',
      response => response.writeHead(410).end('{"restart":"/wire"}'),
      /410 Gone$/,
    ],
    ['500', status(500), /answered 500 Internal Server Error$/],
    ['a redirect', redirect(301, 'https://elsewhere.example/wire'), /answered 301 Moved Permanently$/],
    ['no JSON', page('<html>'), /answered 200, and no page of a wire$/],
    ['a list', json([]), /no page of a wire$/],
    ['no cursor', json({ changes: [] }), /no page of a wire$/],
    ['a cursor without an end', told([], { cursor: 'c'.repeat(2_000) }), /no page of a wire$/],
    ['too many changes', told(Array(501).fill(publish('x'))), /no page of a wire$/],
    ['an endless body', page(Buffer.alloc(17_000_000, 32)), /larger than 16000000 bytes$/],
    ['nothing', response => response.destroy(), /cannot be read/],
  ]
  it.each(answers)('fails the round with %s, and repeats nothing secret', async (_, respond, expected) => {
    await using site = await startSite({ [first]: respond })
    await using room = await openAt(site)
    const failure = await room.app.collect('parent').catch((error: unknown) => error)
    expect((failure as Error).message).toMatch(expected)
    expect(JSON.stringify([(failure as Error).stack, await room.app.store.files.rounds()])).not.toContain(secret)
    expect(site.asked[0]?.headers).toMatchObject({ 'x-key': secret, accept: 'application/json' })
    expect(await room.app.store.articles.count()).toBe(0)
  })

  it.each([
    [429, 600],
    [503, 5],
  ])('is not asked before it said, and no later (%i, %i seconds)', async (code, seconds) => {
    await using site = await startSite({ [first]: status(code, { 'retry-after': String(seconds) }) })
    await using room = await openAt(site)
    await expect(room.app.collect('parent')).rejects.toThrow(String(code))
    await room.app.collect('parent')
    room.now += seconds * 1000 + 1000
    site.answers[first] = told([publish('x')])
    expect(await room.app.collect('parent')).toMatchObject({ new: 1 })
    expect(site.asked).toHaveLength(2)
  })

  it('is not asked at a private address, unless that is allowed', async () => {
    await using site = await startSite({ [first]: told([]) })
    await using room = await openAt(site, { private: false })
    await expect(room.app.collect('parent')).rejects.toThrow('cannot be read')
    expect(site.asked).toHaveLength(0)
  })

  it('ends where it tells the same again and again', async () => {
    await using site = await startSite({
      [first]: told([publish('x')], { more: true }),
      '/wire?after=c1&limit=500': told([publish('y')], { more: true }),
    })
    await using room = await openAt(site)
    await expect(room.app.collect('parent')).rejects.toThrow('tells the same again and again')
  })

  it('ends where it loses each cursor that it gives', async () => {
    await using site = await startSite({
      [first]: told([publish('x')], { more: true }),
      '/wire?after=c1&limit=500': response => response.writeHead(410).end('{"restart":"/wire"}'),
    })
    await using room = await openAt(site)
    await expect(room.app.collect('parent')).rejects.toThrow('lost the cursor')
    expect(site.asked).toHaveLength(2)
  })

  it('has as many pages in one round as others can wait for, and the rest in the next', async () => {
    await using site = await startSite()
    const pages = 205
    for (let i = 0; i < pages; i++) {
      const path = i === 0 ? first : `/wire?after=${i}&limit=500`
      site.answers[path] = told([], { cursor: String(i + 1), more: i < pages - 1 })
    }
    await using room = await openAt(site)
    await room.app.collect('parent')
    expect(site.asked).toHaveLength(200)
    await room.app.collect('parent')
    expect(site.asked).toHaveLength(pages)
    expect(await room.app.store.followed.get('parent')).toMatchObject({ state: { after: String(pages) } })
  })
})

describe('an article of a wire that cannot be used', () => {
  it('is a reject with its reason, and the rest goes on', async () => {
    const changes = [
      { action: 'publish', article: { uri: 7 } },
      null,
      'text',
      { action: 'publish' },
      publish('no version', { version: '0' }),
      publish('no status', { pubStatus: 'great' }),
      publish('no title', { headlines: [] }),
      publish('no text', { bodies: undefined }),
      publish('no language', { language: 'klingonisch' }),
      publish('no date', { firstCreated: 'yesterday' }),
      publish('far', { altIds: Array.from({ length: 21 }, () => ({ value: 'x' })) }),
      { action: 'withhold', article: { uri: 'tag:far.example,2020:desk/never', version: '3', pubStatus: 'withheld' } },
      { action: 'kill', article: { uri: 'tag:far.example,2020:desk/never2', version: '3', pubStatus: 'canceled' } },
      publish('good'),
    ]
    await using site = await startSite({ [first]: told(changes) })
    await using room = await openAt(site)
    await room.app.collect('parent')
    const rejects = await room.app.store.files.rejects('parent')
    expect(rejects.map(({ file, reason }) => `${file.replace(/^.*\//, '')}: ${reason}`)).toEqual([
      'a change without a uri: The change names no article.',
      'far: It has come through more than 20 others.',
      'no date: The article has no readable date.',
      'no language: "klingonisch" is not a language (BCP 47, such as "en" or "pt-BR").',
      'no status: The "pubStatus" is none of usable, withheld and canceled.',
      'no text: The feed gives the headline alone: there is no text.',
      'no title: The article has no title.',
      'no version: The article has no version that counts.',
    ])
    expect(Object.keys(await standing(room, 'parent'))).toEqual(['tag:far.example,2020:desk/good'])
    // What is right the next time is a reject no longer.
    site.answers['/wire?after=c1&limit=500'] = told([publish('no title')], { cursor: 'c2' })
    await room.app.collect('parent')
    expect(await room.app.store.files.rejects('parent')).toHaveLength(7)
  })

  it('is sanitised as any other', async () => {
    const html = '<p onclick="x()">Hi<script>alert(1)</script> <a href="javascript:x()">you</a></p>'
    await using site = await startSite({
      [first]: told([publish('bad', { bodies: [{ role: 'main', value: html }] })]),
    })
    await using room = await openAt(site)
    await room.app.collect('parent')
    const [head] = await room.app.store.articles.list({ limit: 1 })
    expect((await room.app.store.articles.content(head!)).html).toBe('<p>Hi <a>you</a></p>')
  })
})

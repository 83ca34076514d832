import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { mintKey, refOf } from '../../src/article.ts'
import type { App } from '../../src/app.ts'
import { sourceNamed } from '../../src/source.ts'
import { dump, openNewsroom } from '../newsroom.ts'

const nothing = { read: 0, new: 0, updated: 0, unchanged: 0, rejected: 0, killed: 0 }

function markdown(title: string, line: string): string {
  return `---\ntitle: ${title}\ndate: 2024-05-01T10:00:00Z\n${line}\n---\n\nText.\n`
}

/** All articles by title, as `listed` shows them. */
async function heads(app: App) {
  const all = await app.store.articles.list({ limit: 1000 })
  return Object.fromEntries(all.map(head => [head.title, head]))
}

async function rejects(app: App) {
  return Object.fromEntries((await app.store.files.rejects('desk')).map(({ file, reason }) => [file, reason]))
}

async function wire(app: App) {
  return (await app.store.wire.after(0, 1000)).map(({ action, ref, version }) => `${action} ${ref} ${version}`)
}

describe('collecting a folder', () => {
  it('puts every article on the wire once', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'deep/b.txt': dump('Beta') } })
    expect(await room.app.collect('desk')).toEqual({ ...nothing, read: 2, new: 2 })
    expect(await wire(room.app)).toEqual([
      `publish desk/${mintKey('a.txt')} 1`,
      `publish desk/${mintKey('deep/b.txt')} 1`,
    ])
  })

  it('finds nothing new the second time, and reads nothing once time stamps prove it', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'bad.txt': '' } })
    await room.app.collect('desk')
    const second = await room.app.collect('desk')
    expect(second).toMatchObject({ new: 0, updated: 0, unchanged: 1, rejected: 1 })
    expect(await wire(room.app)).toHaveLength(1)
  })

  it('makes a changed headline version 2 of the same article, published when it was', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Before') } })
    await room.app.collect('desk')
    const before = (await heads(room.app))['Before']
    await room.home.write('a.txt', dump('After', { date: '02/05/2024 10h00' }))
    expect(await room.app.collect('desk')).toMatchObject({ updated: 1, new: 0 })
    const after = (await heads(room.app))['After']
    expect(after).toMatchObject({ key: before!.key, version: 2, published: '2024-05-01T10:00:00Z' })
    expect(after?.changed).toBe('2024-06-01T12:00:00Z')
    expect(await wire(room.app)).toEqual([`update ${refOf(before!)} 2`])
  })

  it('does not call white space a new version', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await room.home.write('a.txt', `${dump('Alpha')}\n\n`)
    expect(await room.app.collect('desk')).toMatchObject({ updated: 0, unchanged: 1 })
    expect(await wire(room.app)).toHaveLength(1)
  })

  it('keeps the article of a renamed file, and tells nobody', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    const before = (await heads(room.app))['Alpha']
    await mkdir(room.home.path('moved'))
    await rename(room.home.path('a.txt'), room.home.path('moved/z.txt'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, unchanged: 1 })
    expect((await heads(room.app))['Alpha']).toEqual({ ...before, file: 'moved/z.txt' })
    expect(await wire(room.app)).toHaveLength(1)
  })

  it('knows a renamed file by its bytes when another story has taken its old path', async () => {
    await using room = await openNewsroom({ files: { 'latest.txt': dump('Monday') } })
    await room.app.collect('desk')
    const monday = (await heads(room.app))['Monday']
    await rename(room.home.path('latest.txt'), room.home.path('zz-monday.txt'))
    await room.home.write('latest.txt', dump('Tuesday'))
    await room.app.collect('desk')
    const now = await heads(room.app)
    expect(now['Monday']).toMatchObject({ key: monday?.key, version: 1, file: 'zz-monday.txt' })
    expect(now['Tuesday']).toMatchObject({ key: `${mintKey('latest.txt')}-2`, version: 1, file: 'latest.txt' })
  })

  it('follows two files that change places, and one that moves into the place of another', async () => {
    const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta'), 'c.txt': dump('Gamma') }
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    const before = await heads(room.app)
    await rename(room.home.path('a.txt'), room.home.path('x'))
    await rename(room.home.path('b.txt'), room.home.path('a.txt'))
    await rename(room.home.path('x'), room.home.path('b.txt'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, rejected: 0 })
    expect(await heads(room.app)).toEqual({
      ...before,
      Alpha: { ...before['Alpha'], file: 'b.txt' },
      Beta: { ...before['Beta'], file: 'a.txt' },
    })
    await rename(room.home.path('a.txt'), room.home.path('c.txt'))
    await room.home.write('a.txt', dump('Delta'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, updated: 0, rejected: 0 })
    const after = await heads(room.app)
    expect(after['Beta']).toMatchObject({ key: before['Beta']?.key, version: 1, file: 'c.txt' })
    await room.home.write('again.txt', dump('Gamma'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0 })
    expect((await heads(room.app))['Gamma']).toEqual({ ...before['Gamma'], file: 'again.txt' })
    expect(await wire(room.app)).toHaveLength(4)
  })

  it('follows a row of files that each move on by one place', async () => {
    await using room = await openNewsroom({ files: { 'p1.txt': dump('One'), 'p2.txt': dump('Two') } })
    await room.app.collect('desk')
    const before = await heads(room.app)
    await rename(room.home.path('p2.txt'), room.home.path('p3.txt'))
    await rename(room.home.path('p1.txt'), room.home.path('p2.txt'))
    await room.home.write('p1.txt', dump('Zero'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, updated: 0 })
    expect(await heads(room.app)).toMatchObject({
      One: { key: before['One']?.key, version: 1, file: 'p2.txt' },
      Two: { key: before['Two']?.key, version: 1, file: 'p3.txt' },
      Zero: { version: 1, file: 'p1.txt' },
    })
  })

  it('is the same article when its file comes back broken and is mended', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'z.txt': dump('Zeta') } })
    await room.app.collect('desk')
    await rename(room.home.path('a.txt'), room.home.path('b.txt'))
    await room.app.collect('desk')
    for (const content of [undefined, '', dump('Alpha')]) {
      if (content === undefined) await rm(room.home.path('b.txt'))
      else await room.home.write('b.txt', content)
      await room.app.collect('desk')
    }
    expect(Object.keys(await heads(room.app))).toEqual(expect.arrayContaining(['Alpha', 'Zeta']))
    expect(await room.app.store.articles.count()).toBe(2)
  })

  it('finds a file again that comes back rounds later under another name', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta') } })
    await room.app.collect('desk')
    const before = (await heads(room.app))['Alpha']
    await rm(room.home.path('a.txt'))
    await room.app.collect('desk')
    await room.app.collect('desk')
    expect((await heads(room.app))['Alpha']).toEqual(before)
    await room.home.write('again.txt', dump('Alpha'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0 })
    expect((await heads(room.app))['Alpha']).toEqual({ ...before, file: 'again.txt' })
  })

  it('rejects a copy, and lets it take over when the original goes', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Alpha') } })
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, rejected: 1 })
    expect(await rejects(room.app)).toEqual({ 'b.txt': expect.stringContaining('copy of a.txt') })
    const before = (await heads(room.app))['Alpha']
    await rm(room.home.path('a.txt'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, unchanged: 1, rejected: 0 })
    expect((await heads(room.app))['Alpha']).toEqual({ ...before, file: 'b.txt' })
    expect(await rejects(room.app)).toEqual({})
  })

  it('makes a copy an article of its own when the original says something else', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await room.home.write('a.txt', dump('Changed'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, updated: 1, rejected: 0 })
    expect(await heads(room.app)).toMatchObject({
      Changed: { key: mintKey('a.txt'), version: 2 },
      Alpha: { key: mintKey('b.txt'), version: 1 },
    })
  })

  it('lets a copy take over when the original breaks', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Alpha') } })
    await room.app.collect('desk')
    const before = (await heads(room.app))['Alpha']
    await room.home.write('a.txt', 'No date\n\nText.\n')
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, rejected: 1 })
    expect(await heads(room.app)).toEqual({ Alpha: { ...before, file: 'b.txt' } })
    expect(Object.keys(await rejects(room.app))).toEqual(['a.txt'])
  })

  it('lets a copy take over when another file is moved to the path of the original', async () => {
    const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Alpha'), 'c.txt': dump('Gamma') }
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    const before = await heads(room.app)
    await rename(room.home.path('c.txt'), room.home.path('a.txt'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, rejected: 0 })
    expect(await heads(room.app)).toEqual({
      Alpha: { ...before['Alpha'], file: 'b.txt' },
      Gamma: { ...before['Gamma'], file: 'a.txt' },
    })
  })

  it('forgets the reject of a broken file that is mended when its old bytes turn up elsewhere', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    const before = (await heads(room.app))['Alpha']
    await room.home.write('a.txt', 'No date\n\nText.\n')
    await room.app.collect('desk')
    await room.home.write('b.txt', dump('Alpha'))
    await room.home.write('a.txt', dump('Mended'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, updated: 0, rejected: 0 })
    expect((await heads(room.app))['Alpha']).toEqual({ ...before, file: 'b.txt' })
    expect(await rejects(room.app)).toEqual({})
  })

  it('finds every story again that lay at a path to which others were moved', async () => {
    const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta'), 'c.txt': dump('Gamma') }
    await using room = await openNewsroom({ files })
    await room.app.collect('desk')
    const before = await heads(room.app)
    await rm(room.home.path('a.txt'))
    for (const path of ['b.txt', 'c.txt']) {
      await room.app.collect('desk')
      await rename(room.home.path(path), room.home.path('a.txt'))
    }
    await room.app.collect('desk')
    await room.home.write('x.txt', dump('Alpha'))
    await room.home.write('y.txt', dump('Beta'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, updated: 0, rejected: 0 })
    expect(await heads(room.app)).toEqual({
      Alpha: { ...before['Alpha'], file: 'x.txt' },
      Beta: { ...before['Beta'], file: 'y.txt' },
      Gamma: { ...before['Gamma'], file: 'a.txt' },
    })
  })

  it('still knows the original when its copy turns into another story', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha'), 'b.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await room.home.write('b.txt', dump('Beta'))
    await room.app.collect('desk')
    await room.home.write('c.txt', dump('Alpha'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 0, rejected: 1 })
    expect(await rejects(room.app)).toEqual({ 'c.txt': expect.stringContaining('copy of a.txt') })
  })

  it('rejects the second file of one id, and names the first', async () => {
    await using room = await openNewsroom({
      files: { 'a.md': markdown('One', 'id: story-1'), 'b.md': markdown('Two', 'id: story-1') },
    })
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, rejected: 1 })
    expect(await rejects(room.app)).toEqual({ 'b.md': expect.stringContaining('a.md') })
    expect((await heads(room.app))['One']?.key).toBe(mintKey('story-1'))
    await rm(room.home.path('a.md'))
    expect(await room.app.collect('desk')).toMatchObject({ updated: 1, rejected: 0 })
    expect((await heads(room.app))['Two']).toMatchObject({ key: mintKey('story-1'), version: 2, file: 'b.md' })
  })

  it('rejects a file that comes back after another has taken its id', async () => {
    await using room = await openNewsroom({
      files: { 'a.md': markdown('One', 'id: story-1'), 'z.md': markdown('Z', '') },
    })
    await room.app.collect('desk')
    await rm(room.home.path('a.md'))
    await room.app.collect('desk')
    await room.home.write('b.md', markdown('Two', 'id: story-1'))
    await room.app.collect('desk')
    await room.home.write('a.md', markdown('One again', 'id: story-1'))
    expect(await room.app.collect('desk')).toMatchObject({ updated: 0, rejected: 1 })
    expect(await rejects(room.app)).toEqual({ 'a.md': expect.stringContaining('b.md') })
    expect((await heads(room.app))['Two']).toMatchObject({ key: mintKey('story-1'), file: 'b.md' })
  })

  it('keeps the last good version of a file that breaks, until it is mended', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Good') } })
    await room.app.collect('desk')
    await room.home.write('a.txt', 'No date\n\nText.\n')
    expect(await room.app.collect('desk')).toMatchObject({ rejected: 1, updated: 0 })
    expect(Object.keys(await heads(room.app))).toEqual(['Good'])
    await room.home.write('a.txt', dump('Mended'))
    expect(await room.app.collect('desk')).toMatchObject({ rejected: 0, updated: 1 })
    expect((await heads(room.app))['Mended']).toMatchObject({ key: mintKey('a.txt'), version: 2 })
    expect(await rejects(room.app)).toEqual({})
  })

  it('remembers since when a reject stands, and forgets it with its file', async () => {
    await using room = await openNewsroom({ files: { 'bad.txt': 'x', 'good.txt': dump('Good') } })
    await room.app.collect('desk')
    room.now += 3_600_000
    await room.home.write('bad.txt', 'still bad')
    await room.app.collect('desk')
    expect(await room.app.store.files.rejects('desk')).toMatchObject([
      { file: 'bad.txt', since: '2024-06-01T12:00:00Z' },
    ])
    await rm(room.home.path('bad.txt'))
    await room.app.collect('desk')
    expect(await rejects(room.app)).toEqual({})
  })

  it('reports links and pipes, and never opens them', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await writeFile(`${room.home.folder}/secret.txt`, dump('Secret'))
    await symlink('../secret.txt', room.home.path('link.txt'))
    await symlink('..', room.home.path('up'))
    expect(await room.app.collect('desk')).toMatchObject({ new: 1, rejected: 2 })
    expect(await room.app.collect('desk')).toMatchObject({ unchanged: 1, rejected: 2 })
    expect(await rejects(room.app)).toEqual({
      'link.txt': expect.stringContaining('symbolic link'),
      up: expect.stringContaining('symbolic link'),
    })
    expect(Object.keys(await heads(room.app))).toEqual(['Alpha'])
  })

  it('refuses a file over maxBytes without reading it', async () => {
    await using room = await openNewsroom({
      source: { maxBytes: 1000 },
      files: { 'big.txt': dump('Big', { text: 'x'.repeat(2000) }) },
    })
    expect(await room.app.collect('desk')).toMatchObject({ rejected: 1 })
    expect((await rejects(room.app))['big.txt']).toContain('1000')
  })

  it('reads everything again when the settings of the source change', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    const source = { ...sourceNamed('desk', room.app.config.sources), rights: '© Desk' }
    Object.assign(room.app, { config: { ...room.app.config, sources: [source] } })
    expect(await room.app.collect('desk')).toMatchObject({ read: 1, updated: 1 })
    expect(await room.app.collect('desk')).toMatchObject({ updated: 0, unchanged: 1 })
  })

  it('gives two empty stores the same uris', async () => {
    const files = { 'b.txt': dump('B'), 'a/c.txt': dump('C'), 'copy.txt': dump('B'), 'd.md': '# none' }
    await using one = await openNewsroom({ files })
    await using two = await openNewsroom({ files })
    two.now += 86_400_000
    await one.app.collect('desk')
    await two.app.collect('desk')
    expect(await heads(one.app)).toEqual(await heads(two.app))
    expect(await wire(one.app)).toEqual(await wire(two.app))
  })

  it('ends the same when two rounds run at once', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`${i % 7}/${i}.txt`, dump(`Story ${i % 250}`)]),
    )
    await using room = await openNewsroom({ files })
    const other = await room.openApp()
    const [one, two] = await Promise.all([room.app.collect('desk'), other.collect('desk')])
    expect(one.new + two.new).toBe((await wire(room.app)).length)
    const published = await wire(room.app)
    expect(new Set(published).size).toBe(published.length)
    const third = await room.app.collect('desk')
    expect(third).toMatchObject({ new: 0, updated: 0 })
    expect(third.unchanged + third.rejected).toBe(300)
    expect(third.unchanged).toBe(await room.app.store.articles.count())
  })

  it('fails loudly when the folder is not there', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Alpha') } })
    await room.app.collect('desk')
    await rename(room.home.path('.'), `${room.home.folder}/elsewhere`)
    await expect(room.app.collect('desk')).rejects.toThrow(/cannot be listed/)
    expect(await room.app.store.files.rounds()).toMatchObject({ desk: { error: expect.stringContaining('archive') } })
    expect(Object.keys(await heads(room.app))).toEqual(['Alpha'])
  })
})

describe('an article whose moment has not come', () => {
  it('is on no wire and in no feed until it is released, to the second', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('Future', { date: '01/06/2024 13h00' }) } })
    expect(await room.app.collect('desk')).toMatchObject({ new: 1 })
    expect(await wire(room.app)).toEqual([])
    expect((await room.app.store.members.select('all'))?.heads).toEqual([])
    room.now = Date.parse('2024-06-01T12:59:59.999Z')
    expect(await room.app.release()).toBe(0)
    room.now = Date.parse('2024-06-01T13:00:00Z')
    expect(await room.app.release()).toBe(1)
    expect(await room.app.release()).toBe(0)
    expect(await wire(room.app)).toEqual([`publish desk/${mintKey('a.txt')} 1`])
    expect((await room.app.store.members.select('all'))?.heads).toMatchObject([{ title: 'Future', version: 1 }])
  })

  it('holds back an update under embargo, and brings it when it is due', async () => {
    await using room = await openNewsroom({ files: { 'a.md': markdown('Now', '') } })
    await room.app.collect('desk')
    await room.home.write('a.md', markdown('Later', 'embargo: 2024-06-01T13:00:00Z'))
    await room.app.collect('desk')
    await room.app.collect('desk')
    expect(Object.keys(await heads(room.app))).toEqual(['Now'])
    room.now = Date.parse('2024-06-01T13:00:00Z')
    expect(await room.app.collect('desk')).toMatchObject({ updated: 1 })
    expect(Object.keys(await heads(room.app))).toEqual(['Later'])
  })

  it('has the same date of change whether it was collected before or after it was due', async () => {
    const files = { 'a.md': '---\ntitle: T\ndate: 2024-05-01T10:00:00Z\nembargo: 2024-06-01T13:00:00Z\n---\n\nText.\n' }
    await using early = await openNewsroom({ files })
    await using late = await openNewsroom({ files })
    late.now = Date.parse('2024-06-01T14:00:00Z')
    await early.app.collect('desk')
    early.now = late.now
    await early.app.release()
    await late.app.collect('desk')
    expect(await heads(early.app)).toEqual(await heads(late.app))
  })

  it('can be changed while it is held, and is published as it is then', async () => {
    await using room = await openNewsroom({ files: { 'a.md': markdown('Draft', 'embargo: 2024-07-01T10:00:00Z') } })
    await room.app.collect('desk')
    await room.home.write('a.md', markdown('Final', 'embargo: 2024-07-01T10:00:00Z'))
    await room.app.collect('desk')
    room.now = Date.parse('2024-07-01T10:00:00Z')
    expect(await room.app.release()).toBe(1)
    expect((await heads(room.app))['Final']).toMatchObject({ version: 1, changed: '2024-07-01T10:00:00Z' })
  })
})

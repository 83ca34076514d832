import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mintKey } from '../../src/article.ts'
import { kill } from '../../src/operate/life.ts'
import { killTwins } from '../../src/operate/twins.ts'
import { dump, openNewsroom, type Newsroom } from '../newsroom.ts'

const sources = ['other', 'third'].map(name => ({ name, folder: `../${name}` }))

function markdown(id: string, title: string): string {
  return `---\ntitle: ${title}\nid: ${id}\ndate: 2024-05-01T10:00:00Z\n---\n\nThe text of ${title}.\n`
}

/** Files by `SOURCE/PATH`, all of them collected. */
async function collectAll(room: Newsroom, files: Record<string, string>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const [source = '', name = ''] = path.split('/')
    await mkdir(join(room.home.folder, source), { recursive: true })
    await writeFile(join(room.home.folder, source, name), content)
    await room.app.collect(source)
  }
}

async function killWithTwins(room: Newsroom, ref: string): Promise<string[]> {
  const { config, store } = room.app
  await kill(ref, 'untrue', { store, now: room.now })
  const twins = await killTwins(ref, 'untrue', { config, store, now: room.now })
  return twins.map(({ source }) => source)
}

async function shown({ app }: Newsroom): Promise<string[]> {
  const heads = await app.store.articles.list({ limit: 100 })
  return heads.filter(({ pubStatus }) => pubStatus === 'usable').map(({ title }) => title)
}

it('kills with an article what is out under its own id in another source', async () => {
  await using room = await openNewsroom({ files: { 'a.md': markdown('quoll-1', 'Quoll') }, sources })
  await room.app.collect('desk')
  const more = { 'other/b.md': markdown('quoll-1', 'Quoll again'), 'other/c.md': markdown('quoll-2', 'Another') }
  await collectAll(room, more)
  expect(await killWithTwins(room, `desk/${mintKey('quoll-1')}`)).toEqual(['other'])
  expect(await shown(room)).toEqual(['Another'])
})

it('kills with an article what is out with its bytes in another source', async () => {
  await using room = await openNewsroom({ files: { 'a.txt': dump('Quoll') }, sources })
  await room.app.collect('desk')
  await collectAll(room, { 'other/b.txt': dump('Quoll'), 'third/c.txt': dump('Zebra') })
  expect(await killWithTwins(room, `desk/${mintKey('a.txt')}`)).toEqual(['other'])
  expect(await shown(room)).toEqual(['Zebra'])
  for (const source of ['desk', 'other', 'third']) await room.app.collect(source)
  expect(await shown(room)).toEqual(['Zebra'])
})

it('kills nothing twice: of twins each goes with the first', async () => {
  await using room = await openNewsroom({ files: { 'a.txt': dump('Quoll') }, sources })
  await room.app.collect('desk')
  await collectAll(room, { 'other/b.txt': dump('Quoll'), 'third/c.txt': dump('Quoll') })
  expect(await killWithTwins(room, `other/${mintKey('b.txt')}`)).toEqual(['desk', 'third'])
  expect(await killWithTwins(room, `desk/${mintKey('a.txt')}`)).toEqual([])
  expect(await shown(room)).toEqual([])
})

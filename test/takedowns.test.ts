import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mintKey } from '../src/article.ts'
import { kill, release, withhold } from '../src/operate/life.ts'
import { dump, openNewsroom, type Newsroom } from './newsroom.ts'

const ref = `desk/${mintKey('a.txt')}`
const quoll = dump('A quoll was seen')

const sources = [{ name: 'other', folder: '../other' }]

function markdown(id: string, title: string): string {
  return `---\ntitle: ${title}\nid: ${id}\ndate: 2024-05-01T10:00:00Z\n---\n\nThe text of ${title}.\n`
}

async function writeOther({ home }: Newsroom, path: string, content: string): Promise<void> {
  await mkdir(join(home.folder, 'other'), { recursive: true })
  await writeFile(join(home.folder, 'other', path), content)
}

/** Titles of all that anybody may see. */
async function shown({ app }: Newsroom): Promise<string[]> {
  const heads = await app.store.articles.list({ limit: 100 })
  return heads.filter(({ pubStatus }) => pubStatus === 'usable').map(({ title }) => title)
}

async function reasons({ app }: Newsroom, source = 'desk'): Promise<string[]> {
  return (await app.store.files.rejects(source)).map(({ file, reason }) => `${file}: ${reason}`)
}

function at({ app, now }: Newsroom) {
  return { store: app.store, now }
}

const killed = `killed on 2024-06-01T12:00:00Z as tag:news.example,2024:${ref}`

describe('what was killed', () => {
  it('does not come back as the copy that lay beside it, once the killed file is edited', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll, 'b.txt': quoll } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await room.home.write('a.txt', dump('Something else'))
    await room.app.collect('desk')
    expect(await shown(room)).toEqual([])
    expect(await reasons(room)).toEqual([`b.txt: these bytes were ${killed}; \`release\` would lift that`])
  })

  it('does not come back as a copy of what its file said since then', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll } })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await room.home.write('a.txt', dump('A second try'))
    await room.app.collect('desk')
    await room.home.write('b.txt', dump('A second try'))
    await room.app.collect('desk')
    await room.home.write('a.txt', dump('A third'))
    await room.app.collect('desk')
    expect(await shown(room)).toEqual([])
  })

  it.each([
    ['its own bytes', quoll],
    ['what it said before', dump('A quokka was seen')],
  ])('does not come from another source with %s', async (_, text) => {
    await using room = await openNewsroom({ files: { 'a.txt': dump('A quokka was seen') }, sources })
    await room.app.collect('desk')
    await room.home.write('a.txt', quoll)
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await writeOther(room, 'c.txt', text)
    expect(await room.app.collect('other')).toMatchObject({ new: 0, rejected: 1 })
    expect(await shown(room)).toEqual([])
    expect(await reasons(room, 'other')).toEqual([expect.stringContaining(killed)])
  })

  it('does not come from another source under its own id, in other words', async () => {
    await using room = await openNewsroom({ files: { 'a.md': markdown('quoll-1', 'Quoll') }, sources })
    await room.app.collect('desk')
    await kill(`desk/${mintKey('quoll-1')}`, 'untrue', at(room))
    await writeOther(room, 'c.md', markdown('quoll-1', 'Quoll again'))
    await writeOther(room, 'd.md', markdown('quoll-2', 'Another'))
    await room.app.collect('other')
    expect(await shown(room)).toEqual(['Another'])
    expect(await reasons(room, 'other')).toEqual([expect.stringContaining('what has its id was killed')])
  })

  it('comes back when it is released, and so does what was refused because of it', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll }, sources })
    await room.app.collect('desk')
    await kill(ref, 'untrue', at(room))
    await writeOther(room, 'c.txt', quoll)
    await room.app.collect('other')
    expect(await shown(room)).toEqual([])
    await release(ref, at(room))
    await room.app.collect('other')
    await room.app.collect('desk')
    expect(await shown(room)).toEqual(['A quoll was seen', 'A quoll was seen'])
    expect(await reasons(room, 'other')).toEqual([])
  })

  it('is refused also when it is read before the kill and committed after it', async () => {
    await using room = await openNewsroom({ files: { 'a.txt': quoll }, sources })
    await room.app.collect('desk')
    await writeOther(room, 'c.txt', quoll)
    const { commits } = room.app.store
    const commit = commits.commit.bind(commits)
    commits.commit = async (...args) => {
      commits.commit = commit
      await kill(ref, 'untrue', at(room))
      return commit(...args)
    }
    await room.app.collect('other')
    expect(await shown(room)).toEqual([])
  })
})

it('what is withheld does not come as a copy, until it is released', async () => {
  await using room = await openNewsroom({ files: { 'a.txt': quoll, 'b.txt': quoll } })
  await room.app.collect('desk')
  await withhold(ref, at(room))
  await room.home.write('a.txt', dump('Something else'))
  await room.app.collect('desk')
  expect(await shown(room)).toEqual([])
  await release(ref, at(room))
  await room.app.collect('desk')
  expect((await shown(room)).toSorted()).toEqual(['A quoll was seen', 'Something else'])
})

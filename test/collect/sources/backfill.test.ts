import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  ask,
  atomFeed,
  expectPoll,
  minute,
  page,
  redirect,
  sourceAt,
  start,
  startSite,
  status,
  type Site,
} from './site.ts'

let site: Site

beforeEach(async () => {
  site = await startSite()
})

afterEach(() => site[Symbol.asyncDispose]())

const archive = (title: string, older?: string) => page(atomFeed(title, older ? { 'prev-archive': older } : {}))

function jsonFeed(next?: string): string {
  return JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items: [], next_url: next })
}

function paths(): string[] {
  return site.asked.map(({ path }) => path)
}

async function pagesOf(more: Parameters<typeof sourceAt>[1] = {}): Promise<string[]> {
  const { pages } = await expectPoll('fresh', ask(sourceAt(`${site.origin}/feed`, more)))
  return pages.map(String)
}

describe('the backfill', () => {
  it('follows the archives once, from newer to older, and never again', async () => {
    site.answers = { '/feed': archive('3', 'archive/2'), '/archive/2': archive('2', '1'), '/archive/1': archive('1') }
    const source = sourceAt(`${site.origin}/feed`)
    const first = await expectPoll('fresh', ask(source))
    expect(first.pages.map(String)).toEqual([
      atomFeed('3', { 'prev-archive': 'archive/2' }),
      atomFeed('2', { 'prev-archive': '1' }),
      atomFeed('1'),
    ])
    site.answers['/feed'] = archive('4', 'archive/2')
    const second = await expectPoll('fresh', ask(source, first.state, { now: start + minute }))
    expect(second.pages).toHaveLength(1)
    expect(paths()).toEqual(['/feed', '/archive/2', '/archive/1', '/feed'])
  })

  it('follows the next_url of a JSON Feed, and the next pages of a paged one', async () => {
    site.answers = {
      '/feed': page(jsonFeed('/2')),
      '/2': page(jsonFeed('/3')),
      '/3': page(atomFeed('3', { next: '/4' })),
      '/4': page(jsonFeed()),
    }
    expect(await pagesOf()).toHaveLength(4)
  })

  it('sends the secret headers along, as its pages are of the same origin', async () => {
    site.answers = { '/feed': archive('2', '/1'), '/1': archive('1') }
    await pagesOf({ headers: { 'X-Key': 'hush' } })
    expect(site.asked.map(({ headers }) => headers['x-key'])).toEqual(['hush', 'hush'])
  })

  it('follows nothing to another origin, neither by a link nor by a redirect', async () => {
    await using other = await startSite({ '/1': archive('1') })
    site.answers = { '/feed': archive('2', `${other.origin}/1`) }
    expect(await pagesOf()).toHaveLength(1)
    site.answers = { '/feed': archive('3', '/2'), '/2': redirect(302, `${other.origin}/1`) }
    expect(await pagesOf()).toHaveLength(1)
    expect(other.asked).toEqual([])
  })

  it('never asks for the same address twice', async () => {
    site.answers = { '/feed': archive('3', '/2'), '/2': archive('2', '/1#a'), '/1': archive('1', '/2#b') }
    expect(await pagesOf()).toHaveLength(3)
    site.answers = { '/feed': archive('3', '/feed#x') }
    const { pages } = await expectPoll('fresh', ask(sourceAt(`${site.origin}/feed#y`)))
    expect(pages).toHaveLength(1)
  })

  it('ends after 200 pages', async () => {
    for (let i = 0; i < 210; i++) site.answers[`/${i}`] = archive(String(i), `/${i + 1}`)
    const { pages, state } = await expectPoll('fresh', ask(sourceAt(`${site.origin}/0`)))
    expect(pages).toHaveLength(201)
    expect(state.backfill).toBe('done')
  })

  it('ends before 50 MB in all', async () => {
    const padding = `<!--${' '.repeat(1_000_000)}-->`.repeat(20)
    for (let i = 0; i < 5; i++)
      site.answers[`/${i}`] = page(atomFeed(String(i), { 'prev-archive': `/${i + 1}` }) + (i > 0 ? padding : ''))
    const { pages, state } = await expectPoll('fresh', ask(sourceAt(`${site.origin}/0`, { maxBytes: 30_000_000 })))
    expect(pages).toHaveLength(3)
    expect(state.backfill).toBe('done')
  })

  it.each([
    ['a failure', status(500)],
    ['an unreadable page', page('<feed xmlns="http://www.w3.org/2005/Atom"><title>')],
  ])('gives what it has at %s, and goes on from there with the next fresh page', async (_, broken) => {
    site.answers = { '/feed': archive('4', '/3'), '/3': archive('3', '/2'), '/2': broken }
    const source = sourceAt(`${site.origin}/feed`)
    const first = await expectPoll('fresh', ask(source))
    expect(first.pages).toHaveLength(2)
    const idle = await expectPoll('unchanged', ask(source, first.state, { now: start + minute }))
    site.answers['/feed'] = archive('5', '/3')
    site.answers['/2'] = archive('2', '/1')
    site.answers['/1'] = archive('1')
    const second = await expectPoll('fresh', ask(source, idle.state, { now: start + 2 * minute }))
    expect(second.pages.map(String).slice(1)).toEqual([atomFeed('2', { 'prev-archive': '/1' }), atomFeed('1')])
    expect(second.state.backfill).toBe('done')
    expect(paths()).toEqual(['/feed', '/3', '/2', '/feed', '/feed', '/2', '/1'])
  })

  it('waits for a page that is a feed', async () => {
    site.answers = { '/feed': page('<!doctype html><title>We will be back</title>'), '/1': archive('1') }
    const source = sourceAt(`${site.origin}/feed`)
    const { state } = await expectPoll('fresh', ask(source))
    site.answers['/feed'] = archive('2', '/1')
    const { pages } = await expectPoll('fresh', ask(source, state, { now: start + minute }))
    expect(pages).toHaveLength(2)
  })

  it.each([
    '',
    '\0\0\0',
    '<feed xmlns="http://www.w3.org/2005/Atom"><link',
    '{"version": "https://jsonfeed.org/version/1", ',
  ])('leaves what cannot be read to whoever reads articles: %o', async body => {
    site.answers = { '/feed': page(body) }
    expect(await pagesOf()).toEqual([body])
  })
})

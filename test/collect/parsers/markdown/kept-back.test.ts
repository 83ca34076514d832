import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { source } from '../pairs.ts'

function outcome(matter: string, path = 'a.md', undated: 'reject' | 'first-seen' = 'first-seen') {
  const [first] = readArticles(Buffer.from(`---\ntitle: T\n${matter}\n---\nText.`), { ...source, undated }, path)
  return first instanceof Unusable ? first.message : first
}

describe('an article is kept from readers', () => {
  it.each([
    ['Hugo', 'draft: true'],
    ['Hugo, without a list', 'build:\n  list: never'],
    ['Hugo, as it was written once', '_build:\n  render: never'],
    ['Jekyll, Hexo', 'published: false'],
    ['Docusaurus', 'unlisted: true'],
    ['Eleventy', 'eleventyExcludeFromCollections: true'],
    ['Eleventy, without a page', 'permalink: false'],
    ['Zola', 'render: false'],
    ['Obsidian', 'publish: no'],
    ['Obsidian Digital Garden', 'dg-publish: false'],
    ['Astro', 'isDraft: true'],
    ['Ghost', 'status: draft'],
    ['Ghost, for members', 'visibility: paid'],
    ['Pelican', 'status: Hidden'],
    ['WordPress', 'post_status: private'],
    ['WordPress, its word for drafts', 'status: auto-draft'],
    ['Hexo with a password', 'password: geheim'],
    ['a person in German', 'status: Entwurf'],
    ['a person in Russian', 'status: черновик'],
    ['a person in Chinese', 'status: 草稿'],
    ['a draft that says more', 'draft: in progress'],
    ['Hexo, by its layout', 'layout: draft'],
    ['a key that says the contrary', 'unpublished: true'],
    ['a page that is not visible', 'visible: false'],
    ['a state of a desk', 'workflow_state: spiked'],
    ['a key in Italian', 'bozza: true'],
    ['a key in Japanese', '下書き: true'],
    ['a letter that is wrong', 'darft: true'],
    ['a letter that is missing', 'publshed: false'],
  ])('by %s', (_, matter) => {
    expect(outcome(matter)).toMatchObject({ pubStatus: 'withheld' })
  })

  it.each([
    '_drafts/a.md',
    'site/_drafts/x/a.markdown',
    'drafts/a.md',
    'posts/a.draft.md',
    'source/_discarded/a.md',
    'entwürfe/a.md',
    'черновики/a.md',
    'docs/_partial.mdx',
    'posts/_index.md',
    '_drafts/a.html',
  ])('by its path %s', path => {
    expect(outcome('date: 2024-03-09', path)).toMatchObject({ pubStatus: 'withheld' })
  })

  it('by the mark in its title', () => {
    const [first] = readArticles(
      Buffer.from('---\ntitle: "[Draft] Old tower"\ndate: 2024-03-09\n---\nText.'),
      source,
      'a.md',
    )
    expect(first).toMatchObject({ pubStatus: 'withheld' })
  })

  it('and a draft without a date says so', () => {
    expect(outcome('draft: true', 'a.md', 'reject')).toBe('It is kept from readers, and has no date yet.')
  })

  it.each([
    'draft: false',
    'layout: post',
    'state: live',
    'visible: true',
    'published: true',
    'status: published',
    'status: evergreen',
    'visibility: public',
    'unlisted: false',
    'permalink: /a/b/',
    'hidden: no',
    'draught: true',
  ])('not by %s', matter => {
    expect(outcome(matter)).not.toHaveProperty('pubStatus')
  })

  it.each(['_posts/2024-03-09-a.md', 'overdrafts/a.md', 'drafts-of-ships.md'])('not by the path %s', path => {
    expect(outcome('', path)).not.toHaveProperty('pubStatus')
  })

  it('before publishDate, and from expiryDate on', () => {
    expect(outcome('date: 2024-03-09\npublishDate: 2024-04-01\nexpiryDate: 2024-05-01')).toMatchObject({
      content: {
        published: '2024-03-09T00:00:00Z',
        embargoed: '2024-04-01T00:00:00Z',
        expires: '2024-05-01T00:00:00Z',
      },
    })
  })
})

describe('the day in a path', () => {
  it.each([
    '_posts/2024-03-09-pier.md',
    'blog/2024-03-09-pier/index.mdx',
    'blog/2024-03-09/index.md',
    '2024/03/09/pier.md',
    'blog/2024/3/9/pier.md',
    'x/2024/03-09-pier.md',
    '2024_03_09 Pier.md',
    '20240309-pier.md',
    'журнал/2024-03-09-пирс.md',
    '2024-03-09.md',
  ])('counts where none stands inside: %s', path => {
    expect(outcome('', path, 'reject')).toMatchObject({ content: { published: '2024-03-09T00:00:00Z' } })
  })

  it('counts in an address as well', () => {
    expect(outcome('path: 2024/03/09/pier', 'pier.md', 'reject')).toMatchObject({
      content: { published: '2024-03-09T00:00:00Z' },
    })
  })

  it('does not count beside one that stands inside', () => {
    expect(outcome('date: 2023-01-02', '2024-03-09-a.md')).toMatchObject({
      content: { published: '2023-01-02T00:00:00Z' },
    })
  })

  it.each([
    '2024-13-09-a.md',
    '2024-02-30-a.md',
    'a-2024-03-09b.md',
    '12024-03-09-a.md',
    '2024-03-a.md',
    'v2024.03.09.md',
  ])('is none in %s', path => {
    expect(outcome('', path, 'reject')).toBe('The article has no readable date.')
  })
})

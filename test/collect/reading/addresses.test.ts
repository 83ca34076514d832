import { describe, expect, it } from 'vitest'
import { Losses, withAddresses } from '../../../src/collect/reading/addresses.ts'
import { source } from '../parsers/pairs.ts'
import { readAll } from '../../../src/collect/reading/read.ts'
import { readings } from './readings.ts'

const text = `---
title: T
image: /img/lead.jpg
---
![A](b.png) [c](/d) [e](#f) [g](mailto:h@i.example) [j](https://k.example/)`

const contentOf = (settings: { site?: string }, input = text) =>
  readings(Buffer.from(input), { ...source, ...settings })[0]!.content

describe('relative addresses', () => {
  it.each([
    ['https://e.example', 'https://e.example/b.png', 'https://e.example/img/lead.jpg'],
    ['https://e.example/blog', 'https://e.example/blog/b.png', 'https://e.example/img/lead.jpg'],
    ['https://e.example/блог/', 'https://e.example/%D0%B1%D0%BB%D0%BE%D0%B3/b.png', 'https://e.example/img/lead.jpg'],
  ])('are of the site %s', (site, image, lead) => {
    const { html, media } = contentOf({ site })
    expect(html).toContain(`src="${image}"`)
    expect(html).toContain('href="https://e.example/d"')
    expect(media).toMatchObject([{ url: lead }])
  })

  it('are of the article where it says its own address', () => {
    const own = text.replace('title: T', 'title: T\ncanonicalURL: https://own.example/2024/a')
    const { html, media, link } = contentOf({ site: 'https://e.example' }, own)
    expect(html).toContain('src="https://own.example/2024/b.png"')
    expect(media).toMatchObject([{ url: 'https://own.example/img/lead.jpg' }])
    expect(link).toBe('https://own.example/2024/a')
  })

  it('are left out where nobody says to what they are relative', () => {
    const { html, media } = contentOf({})
    expect(html).not.toMatch(/b\.png|\/d/)
    expect(media).toEqual([])
  })

  it('that are left out are told of', () => {
    const media = [
      { kind: 'image' as const, url: '/a.jpg' },
      { kind: 'image' as const, url: 'https://e.example/b.jpg' },
    ]
    const losses = new Losses()
    const placed = withAddresses({ body: { html: '' }, media }, {}, losses.add)
    expect(placed.media).toMatchObject([{ url: 'https://e.example/b.jpg' }])
    expect(losses.warnings()).toEqual([expect.stringMatching(/"site".*: 1 picture\.$/)])
    const bytes = Buffer.from('---\ntitle: T\ndate: 2024-05-01\n---\nA [link](d) and ![a picture](b.png) in a text.\n')
    const { warnings } = readAll(bytes, { ...source, format: 'markdown' })
    expect(warnings).toEqual([{ warning: expect.stringMatching(/"site".*: 1 picture and 1 link\.$/) }])
  })
})

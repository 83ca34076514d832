import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readings } from '../../reading/readings.ts'
import { source } from '../pairs.ts'

const seed = '../shared/seed/icaro-2023-11-01.txt'

function read(text: string, settings: Partial<typeof source> = {}) {
  const [reading] = readings(Buffer.from(text), { ...source, ...settings })
  if (!reading) throw new Error('Nothing was read.')
  return reading.content
}

describe('page-dump', () => {
  it.skipIf(!existsSync(seed))('reads the seed (left out: ../shared/seed is not there)', () => {
    const content = read(readFileSync(seed, 'utf8'), {
      publisher: 'ICARO Media Group',
      boilerplate: ['The views expressed in this article'],
      section: 'News',
    })
    const paragraphs = content.html.split('\n')
    expect(content.title).toMatch(/^South Korea's .* to Russia$/)
    expect(content.published).toBe('2023-11-01T23:52:00Z')
    expect(content.section).toBe('Politics')
    expect(content.authors).toEqual([{ name: 'ICARO Media Group' }])
    expect(content.media).toEqual([{ kind: 'image', url: readFileSync(seed, 'utf8').split('\n')[2] }])
    expect(content.place).toBe('SEOUL, South Korea')
    expect(content.standfirst).toBeUndefined()
    expect(paragraphs).toHaveLength(12)
    expect(paragraphs[0]).toMatch(/^<p>SEOUL, South Korea - /)
    expect(content.html).not.toContain('views expressed')
    expect(content.html).not.toContain('Related')
    expect(content.usageTerms).toMatch(/^The views expressed in this article do not/)
  })

  it.each([
    ['no date', 'Title\n\nSome text that is a sentence.', /no readable date/],
    ['no body', 'Title\nCulture\n05/02/2024 10h00\n', /no text/],
    ['only a tail below the head', 'Title\nCulture\n05/02/2024 10h00\n\nRelated\n\nmore', /no text/],
    ['an endless title', `${'a'.repeat(2000)}\n05/02/2024 10h00\n\nText.`, /title is longer/],
    ['an endless line', `Title\n05/02/2024 10h00\n\n${'a '.repeat(600_000)}`, /line is longer/],
  ])('refuses a dump with %s', (_, text, reason) => {
    expect(() => read(text, { undated: 'reject', format: 'page-dump' })).toThrow(reason)
  })

  it('names the line of a date that could be two days, even where first sight would do', () => {
    expect(() => read('Title\n\nCulture\n03/04/2024\n\nText.', { dates: [] })).toThrow(
      expect.objectContaining({ name: 'Unusable', line: 4, message: expect.stringContaining('April 3 or March 4') }),
    )
  })

  it('loses no line of text, whatever the head looks like', () => {
    const lines = ['One line', 'Two lines.', 'Three', 'Four', '05/02/2024 10h00', 'Five.', 'Six']
    const content = read(['Title', ...lines].join('\n'))
    const all = JSON.stringify(content)
    for (const line of lines.filter(text => !/\d/.test(text))) expect(all).toContain(line)
  })

  it('takes the section of the source where the dump names none', () => {
    expect(read('Title\n05/02/2024 10h00\n\nText.', { section: 'News' }).section).toBe('News')
  })

  it.each([
    ['LISBON (Agency) — It rained.', 'LISBON'],
    ['NEW YORK, Nov 3 - It rained.', 'NEW YORK'],
    ['A well-known - and short - text.', undefined],
    ['The city - at last - sleeps.', undefined],
  ])('finds in "%s" the place %s', (text, place) => {
    expect(read(`Title\n05/02/2024 10h00\n\n${text}`).place).toBe(place)
  })
})

describe('page dumps of other newsrooms', () => {
  it.each([
    ['a way through the site', 'Home > News > Local\nLighthouse gets a new lamp', 'Local'],
    ['a rubric in capitals', 'CIUDAD\n\nLighthouse gets a new lamp', 'CIUDAD'],
    ['a section', 'Politik\n\nLighthouse gets a new lamp', 'Politik'],
  ])('have %s above the headline', (_, head, section) => {
    const content = read(`${head}\n\n05/02/2024 10h00\n\nIt shines again.`)
    expect(content).toMatchObject({ title: 'Lighthouse gets a new lamp', section })
  })

  it('have a headline on two lines', () => {
    const content = read('Lighthouse gets a new lamp after years\nof darkness\n\nLocal\n05/02/2024 10h00\n\nIt shines.')
    expect(content).toMatchObject({ title: 'Lighthouse gets a new lamp after years of darkness', section: 'Local' })
  })

  it('are refused where it is doubtful which line is the headline', () => {
    const text = 'VOTE OF CONFIDENCE\n\nMayor stays after the ballot\n\n05/02/2024 10h00\n\nText.'
    expect(() => read(text)).toThrow('doubtful')
  })

  it.each([
    ['Von Anna von der Heide und Jan Maier', ['Anna von der Heide', 'Jan Maier'], undefined],
    ['By Vera Lund, Reuters', ['Vera Lund'], 'By Vera Lund, Reuters'],
    ['Автор: Вера Лунд', ['Вера Лунд'], undefined],
    ['김하늘 기자', ['김하늘'], undefined],
    ['بقلم سلمى حداد', ['سلمى حداد'], undefined],
  ])('name their authors: %s', (line, names, byline) => {
    const content = read(`Title\n${line}\nLocal\n05/02/2024 10h00\n\nIt shines.`)
    expect(content.authors.map(({ name }) => name)).toEqual(names)
    expect(content.byline).toBe(byline)
    expect(content.section).toBe('Local')
  })

  it.each([
    'Updated 06/02/2024 9h05',
    'Aktualisiert: 06/02/2024 9h05',
    '更新：06/02/2024 9h05',
    'Обновлено 06/02/2024 9h05',
  ])('say when they were changed: %s', line => {
    const content = read(`Title\nLocal\n${line}\n05/02/2024 10h00\n\nIt shines.`)
    expect(content).toMatchObject({ modified: '2024-02-06T09:05:00Z', published: '2024-02-05T10:00:00Z' })
  })

  it('keep what a page puts around its text out of it, and no sentence', () => {
    const around = [
      'Share on Facebook',
      'Lesezeit: 3 Minuten',
      '12 comentarios',
      'Реклама',
      '광고',
      'Read more: Older lamps',
    ]
    const text = ['Readers share more than they did.', 'The 12 comments were read aloud.', 'Sign of the times.']
    const body = text.flatMap((line, index) => [line, around[index]!, around[index + 3]!]).join('\n\n')
    const content = read(`Title\n05/02/2024 10h00\n\n${body}\n\nComments\n\nBob: nice.`)
    expect(content.html).toBe(text.map(line => `<p>${line}</p>`).join('\n'))
  })
})

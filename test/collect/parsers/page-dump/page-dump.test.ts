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
    [
      'a rubric in capitals',
      'CIUDAD\n\nLighthouse gets a new lamp\n\nIt shone for the first time.\n\nExample Herald',
      'CIUDAD',
    ],
    ['a section', 'Politik\n\nLighthouse gets a new lamp', 'Politik'],
  ])('have %s above the headline', (_, head, section) => {
    const content = read(`${head}\n\n05/02/2024 10h00\n\nIt shines again.`)
    expect(content).toMatchObject({ title: 'Lighthouse gets a new lamp', section })
  })

  it('have a headline on two lines', () => {
    const content = read('Lighthouse gets a new lamp after years\nof darkness\n\nLocal\n05/02/2024 10h00\n\nIt shines.')
    expect(content).toMatchObject({ title: 'Lighthouse gets a new lamp after years of darkness', section: 'Local' })
  })

  it.each(['VOTE OF CONFIDENCE', 'FLOODS', 'УРАГАН', 'ΠΛΗΜΜΥΡΑ ΣΤΗ ΝΑΞΟ'])(
    'are refused where it is doubtful whether "%s" is the headline',
    line => {
      const text = `${line}\n\nMayor stays after the ballot\n\n05/02/2024 10h00\n\nText.`
      expect(() => read(text)).toThrow('doubtful')
    },
  )

  it.each([
    ['Von Anna von der Heide und Jan Maier', ['Anna von der Heide', 'Jan Maier'], undefined],
    ['By Vera Lund, Reuters', ['Vera Lund'], 'By Vera Lund, Reuters'],
    ['Автор: Вера Лунд', ['Вера Лунд'], undefined],
    ['김하늘 기자', ['김하늘'], undefined],
    ['بقلم سلمى حداد', ['سلمى حداد'], undefined],
    ['كتب - سلمى حداد', ['سلمى حداد'], undefined],
    ['כתבת – נועה לוי', ['נועה לוי'], undefined],
    ['نوشته مینا کریمی', ['مینا کریمی'], undefined],
    ['Reporter - Vera Lund', ['Vera Lund'], undefined],
  ])('name their authors: %s', (line, names, byline) => {
    const content = read(`Title\n${line}\nLocal\n05/02/2024 10h00\n\nIt shines.`)
    expect(content.authors.map(({ name }) => name)).toEqual(names)
    expect(content.byline).toBe(byline)
    expect(content.section).toBe('Local')
  })

  it.each(['نوشته روی دیوار', 'كتب قديمة نادرة', 'Report - Second Quarter', 'by the sea'])(
    'name no author in "%s"',
    line => {
      expect(read(`Title\n${line}\n05/02/2024 10h00\n\nIt shines.`).authors).toEqual([{ name: 'Example Herald' }])
    },
  )

  it('have a sentence under a picture that is text, where more of it follows or nothing', () => {
    const picture = 'https://e.example/a.jpg'
    const last = `${picture}2.jpg\nIt is the last of its kind.`
    const content = read(
      `Title\n\n${picture}\nThe lamp at night.\n\nLocal\n05/02/2024 10h00\n\n${picture}1.jpg\nIt shines.\n\nShips pass.\n\n${last}`,
    )
    expect(content.html).toBe('<p>It shines.</p>\n<p>Ships pass.</p>\n<p>It is the last of its kind.</p>')
    expect(content.media[0]).toMatchObject({ caption: 'The lamp at night.' })
  })

  it.each([
    ['Sign up for our newsletter.', false],
    ['Get our newsletter in your inbox', false],
    ['Jetzt unseren Newsletter abonnieren', false],
    ['Recevez notre newsletter quotidienne', false],
    ['Подпишитесь на нашу рассылку', false],
    ['हमारे न्यूज़लेटर को सब्सक्राइब करें', false],
    ['Join the newsletter team, says Vera', true],
    ['Join the newsletter team and learn', true],
    ['Recevez la newsletter, dit Vera', true],
    ['Suscríbete al boletín dijo Vera', true],
    ['Подпишитесь на рассылку, говорит Вера', true],
  ])('have an order to sign up that is no text, and sentences that are: %s', (line, isText) => {
    expect(read(`Title\n05/02/2024 10h00\n\nIt shines.\n\n${line}`).html.includes(line)).toBe(isText)
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

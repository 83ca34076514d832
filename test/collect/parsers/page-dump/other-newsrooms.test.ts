import { describe, expect, it } from 'vitest'
import { readings } from '../../reading/readings.ts'
import { source } from '../pairs.ts'

const text = 'The lamp of the old tower shines again.'

function read(dump: string, settings: Partial<typeof source> = {}) {
  const [reading] = readings(Buffer.from(dump), { ...source, format: 'page-dump', ...settings })
  if (!reading) throw new Error('Nothing was read.')
  return reading.content
}

describe('page dumps of other newsrooms', () => {
  it.each([
    ['en', 'BY VERA LIND AND OLE BRANDT', ['VERA LIND', 'OLE BRANDT']],
    ['en', 'By Vera Lind (vera@lamp.example)', ['Vera Lind']],
    ['en', 'Words: Vera Lind | Pictures: Ole Brandt', undefined],
    ['en', 'By Vera Lind, photos by Ole Brandt', ['Vera Lind']],
    ['pt', 'Texto: Vera Lind / Fotos: Ole Brandt', ['Vera Lind']],
    ['ro', 'De Vera Lind', ['Vera Lind']],
    ['ca', 'Per Vera Lind', ['Vera Lind']],
    ['sv', 'Per Lind', undefined],
    ['ro', 'De Paști la mare', undefined],
    ['th', 'โดย มานี รักดี', ['มานี รักดี']],
    ['bn', 'লেখক: করিম আলী', ['করিম আলী']],
    ['ta', 'எழுதியவர்: மீனா குமார்', ['மீனா குமார்']],
  ])('name their authors in a byline (%s): %s', (language, line, names) => {
    const { authors } = read(`Title of it\n${line}\n\nLocal\n05/02/2024 10h00\n\n${text}`, { language })
    expect(authors.map(({ name }) => name)).toEqual(names ?? ['Example Herald'])
  })

  it.each([
    'By Vera Lind, 25 February 2024, 10:00',
    'By Vera Lind | 25 February 2024 | 10:00',
    '25 February 2024, 10:00 by Vera Lind',
    'Von Vera Lind, 25.02.2024, 10:00 Uhr',
  ])('name author and date in one line: %s', line => {
    const content = read(`Title of it\n${line}\n\n${text}`)
    expect(content).toMatchObject({ authors: [{ name: 'Vera Lind' }], published: '2024-02-25T10:00:00Z' })
  })

  it.each([
    ['Home\nNews\nLocal', 'Local'],
    ['ホーム＞ニュース＞地域', '地域'],
    ['News | Local | Bridges', 'Bridges'],
    ['Skip to content\nWe use cookies to improve this site. Accept all', undefined],
    ['การเมือง', 'การเมือง'],
    ['ULKOMAAT', 'ULKOMAAT'],
    ['Startseite\nKultur', 'Kultur'],
  ])('have a headline below their menu: %s', (menu, section) => {
    const headlines: Record<string, string> = { การเมือง: 'ประภาคารเก่าส่องสว่างอีกครั้ง' }
    const title = headlines[menu] ?? 'Old tower shines again'
    const content = read(`${menu}\n\n${title}\n\n05/02/2024 10h00\n\n${text}`)
    expect([content.title, content.section]).toEqual([title, section])
  })

  it('leave it open which of a section and two words is the headline', () => {
    expect(() => read(`POLITICS\nTower shines\n\n05/02/2024 10h00\n\n${text}`)).toThrow(/doubtful/)
  })

  it.each([
    ['The tower of the old town and its\nLamp', 'The tower of the old town and its Lamp'],
    ['A tower that was dark\nfor years and\nnow shines', 'A tower that was dark for years and now shines'],
    ['THE LAMP SHINES AGAIN AFTER A YEAR OF\nTHE OLD DARK', 'THE LAMP SHINES AGAIN AFTER A YEAR OF THE OLD DARK'],
    ['المنارة القديمة تضيء بعد\nعام من الظلام', 'المنارة القديمة تضيء بعد عام من الظلام'],
    ['塔の灯、\n一年ぶりにともる', '塔の灯、一年ぶりにともる'],
    ['Башня светит после\nгода темноты', 'Башня светит после года темноты'],
    ['Tower shines\nThe keeper is glad', 'Tower shines'],
  ])('have a headline over several lines where it says so: %s', (written, title) => {
    expect(read(`${written}\n\nLocal\n05/02/2024 10h00\n\n${text}`).title).toBe(title)
  })

  it.each([
    'Last updated on 16/02/2024 at 9h05',
    'آخر تحديث: 16/02/2024 9h05',
    'Stand: 16/02/2024, 9h05',
    'อัปเดต 16/02/2024 9h05',
    'Actualitzat: 16/02/2024 9h05',
  ])('say when they were changed: %s', line => {
    const content = read(`Title of it\nLocal\n05/02/2024 10h00\n${line}\n\n${text}`)
    expect(content).toMatchObject({ modified: '2024-02-16T09:05:00Z', section: 'Local', html: `<p>${text}</p>` })
  })

  it.each([
    'Updated 2 hours ago',
    'vor 3 Stunden',
    'Обновлено 5 минут назад',
    '3시간 전',
    '1.2K views',
    '1 234 просмотра',
    '조회수 1,234',
    'Nessun commento',
    'Réagir à cet article',
    '카카오톡 공유',
    'Per E-Mail versenden',
  ])('keep what counts and shares out of their text: %s', line => {
    expect(read(`Title of it\nLocal\n05/02/2024 10h00\n${line}\n\n${text}`).html).toBe(`<p>${text}</p>`)
  })

  it.each(['2 Comments', 'Kommentare (2)', 'コメント（2）', '2 комментария', 'Comment (1)'])(
    'keep the comments below their number out: %s',
    heading => {
      const content = read(`Title of it\n05/02/2024 10h00\n12 comments\n\n${text}\n\n${heading}\n\nBob\n\nHow nice.`)
      expect(content.html).toBe(`<p>${text}</p>`)
    },
  )

  it.each([
    ['Image: https://e.example/a.jpg', ['https://e.example/a.jpg']],
    ['Foto 1: https://e.example/a.jpg', ['https://e.example/a.jpg']],
    ['![The lamp](https://e.example/a.jpg)', ['https://e.example/a.jpg']],
    ['https://e.example/a.jpg https://e.example/b.jpg', ['https://e.example/a.jpg', 'https://e.example/b.jpg']],
    ['https://e.example/old tower.jpg', ['https://e.example/old%20tower.jpg']],
    ['data:image/png;base64,iVBORw0KGgo=', []],
  ])('have pictures in a line of whatever form: %s', (line, urls) => {
    const content = read(`Title of it\n\n${line}\nLocal\n05/02/2024 10h00\n\n${text}`)
    expect(content.media.map(({ url }) => url)).toEqual(urls)
    expect(content).not.toHaveProperty('standfirst')
    expect([content.section, content.authors]).toEqual(['Local', [{ name: 'Example Herald' }]])
  })

  it('have a credit that stands alone as the caption of the picture below it', () => {
    const content = read(
      `Title of it\n\nPhoto: Ole Brandt\nhttps://e.example/a.jpg\nLocal\n05/02/2024 10h00\n\n${text}`,
    )
    expect(content.media[0]).toMatchObject({ caption: 'Photo: Ole Brandt' })
    expect(content).not.toHaveProperty('standfirst')
  })

  it.each([
    ['TURM, 5 мая - Агентство. ', 'TURM'],
    ['TORRE, Norlandia (AG).- ', 'TORRE, Norlandia'],
    ['ТУРМ, 5 мая (Агентство) - ', 'ТУРМ'],
  ])('name the place of a dateline without its day: %s', (dateline, place) => {
    expect(read(`Title of it\n05/02/2024 10h00\n\n${dateline}${text}`).place).toBe(place)
  })
})

describe('a line drawn under the head of a page dump', () => {
  it.each(['========', '* * *', '————'])('is neither section nor standfirst: %s', line => {
    const content = read(`Title of it\n${line}\n\nLocal\n05/02/2024 10h00\n\n${text}`)
    expect(content).toMatchObject({ section: 'Local', authors: [{ name: 'Example Herald' }] })
  })
})

import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { source } from '../pairs.ts'

const sentence = 'Die Fähre legt im Winter seltener ab, sagt der Betreiber, und im Sommer stündlich von beiden Ufern.'
const text = `<p>${sentence} ${sentence}</p>`.repeat(3)

function read(language: string, body: string, head = '') {
  const page = `<!doctype html><html lang="${language}"><head>${head}</head><body>${body}</body></html>`
  const [outcome] = readArticles(Buffer.from(page), {
    ...source,
    publisher: undefined,
    format: 'html',
    undated: 'first-seen',
  })
  if (outcome === undefined || outcome instanceof Unusable || outcome.pubStatus === 'canceled') throw outcome
  return outcome.content
}

const named = (language: string, body: string) => read(language, body).authors.map(({ name }) => name)

const headline = '<h1>Fähre fährt öfter</h1>'

describe('a date beside the headline', () => {
  const indentation = '\n'.padEnd(200)

  it.each([
    ['de', `<p>${indentation}3. März 2024${indentation}</p>`],
    ['fi', `<p>${indentation}3. maaliskuuta 2024${indentation}</p>`],
  ])('counts however far the source of the page indents it', (language, line) => {
    expect(read(language, headline + line + text).published?.slice(0, 10)).toBe('2024-03-03')
  })

  it.each([
    ['de', '<aside><ul><li>03.03.2024</li></ul></aside>'],
    ['pt', '<div class="sidebar"><p>3 de março de 2024</p></div>'],
    ['sv', '<div class="comment-header"><span>3 mars 2024</span></div>'],
  ])('counts in a small box that leads nowhere, whatever it is called', (language, box) => {
    expect(read(language, headline + box + text).published?.slice(0, 10)).toBe('2024-03-03')
  })

  it.each([
    ['de', '<aside><h3>Hafen wird teurer</h3><p>03.03.2024</p></aside>'],
    [
      'es',
      '<div class="related"><a href="/otra">El puerto viejo sube sus tarifas para todo el año</a> <p>3 de marzo de 2024</p></div>',
    ],
  ])('does not count in a box of another story', (language, box) => {
    expect(read(language, headline + box + text).published).toBeUndefined()
  })

  it.each([
    ['de', '3. März 2024'],
    ['da', '3. marts 2024'],
  ])('does not count behind the headline of the next story', (language, date) => {
    const next = `<h2><a href="/next">Hafen</a></h2><div id="comments-date"><span>${date}</span></div>`
    expect(read(language, headline + next + text).published).toBeUndefined()
  })

  it.each([
    ['de', 'Seit dem 3. März 2019 legt die Fähre seltener ab, und die Inseln klagen darüber.'],
    ['en', 'The ferry of 3 March 2019 was the last one that ran at night, say those who took it.'],
    ['ja', '市は2019年3月3日、渡し船の夜の運航を今年の冬も取りやめることを決め、島の住民に知らせました。'],
    ['zh', '2019年3月3日出生于港口城市的船长说，渡轮冬天开得更少，岛上的居民对此感到不满，希望市政府恢复夜航。'],
  ])('does not count within a sentence (%s)', (language, lead) => {
    expect(read(language, `${headline}<p>${lead}</p>${text}`).published).toBeUndefined()
  })

  it('counts in the head of an article that has its headline below', () => {
    const body = `<main><article><header><p>3 Mart 2024</p></header>${headline}${text}</article></main>`
    expect(read('tr', body).published?.slice(0, 10)).toBe('2024-03-03')
  })

  it.each([
    ['de', '<meta name="date" content="2024-02-11">'],
    ['fr', '<meta name="dcterms.date" content="2024-03-09T10:00:00Z">'],
  ])('counts more than a date of which the head does not say what it is of', (language, head) => {
    const time = '<p><time datetime="2024-03-03T08:00:00Z">3.3.2024</time></p>'
    expect(read(language, headline + time + text, head).published).toBe('2024-03-03T08:00:00Z')
  })

  it('takes the time from the head where that is of the same day', () => {
    const head = '<meta name="date" content="2024-03-03T08:15:00Z">'
    expect(read('it', `${headline}<p>3 marzo 2024</p>${text}`, head).published).toBe('2024-03-03T08:15:00Z')
  })
})

describe('the date of a post that an article quotes', () => {
  const post = '<blockquote><p>Ahoi!</p><time datetime="2023-12-24T20:00:00Z">24.12.2023</time></blockquote>'

  it('is not that of the article', () => {
    expect(read('de', headline + post + text).published).toBeUndefined()
  })

  it('is not its earlier date either', () => {
    const head = ['published', 'modified'].map(
      name => `<meta property="article:${name}_time" content="2024-03-03T08:00:00Z">`,
    )
    expect(read('nl', headline + post + text, head.join('')).published).toBe('2024-03-03T08:00:00Z')
  })
})

describe('an author beside the headline', () => {
  it.each([
    ['de', '<ul class="author"><li>Ilse Brandt</li></ul>', 'Ilse Brandt'],
    ['es', '<p class="autor">Lucía Prados</p>', 'Lucía Prados'],
  ])('counts where the box of the headline is called a caption', (language, byline, name) => {
    expect(named(language, `<div class="caption">${headline}${byline}</div>${text}`)).toEqual([name])
  })

  it('is nobody whom a caption names', () => {
    const caption = '<div class="caption"><p class="author">Ilse Brandt</p></div>'
    expect(named('de', headline + caption + text)).toEqual([])
  })

  it.each([
    ['de', 'faehrblatt.example Redaktion'],
    ['nl', 'veerpost.nl Redactie'],
  ])('may be a newsroom that is called by the address of its site', (language, name) => {
    expect(named(language, `${headline}<p><a rel="author" href="/impressum">${name}</a></p>${text}`)).toEqual([name])
  })
})

const script = (node: object) => `<script type="application/ld+json">${JSON.stringify(node)}</script>`

describe('an author told to machines', () => {
  it.each([
    ['de', 'Kurz gemeldet', 'Hafen wird teurer'],
    ['pl', 'W skrócie', 'Port będzie droższy'],
  ])('is not that of another story, whose teaser is marked with its text (%s)', (language, over, other) => {
    const teaser = `<h2>${over}</h2><div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">${other}</b>
      <span itemprop="author">Ilse Brandt</span><div itemprop="articleBody"><p>${sentence}</p></div></div>`
    const { authors, title } = read(language, headline + text + teaser)
    expect([authors, title]).toEqual([[], 'Fähre fährt öfter'])
  })

  it.each([
    ['de', '<h1>Fähre fährt öfter</h1>', 'Ilse Brandt'],
    ['ko', '<h2>나루터 배가 더 자주 다닌다</h2>', '홍길동'],
  ])('is that of the article which the page heads, whatever its window is called (%s)', (language, heading, name) => {
    const marked = heading.replace('>', ' itemprop="headline">')
    const body = `<div itemscope itemtype="https://schema.org/NewsArticle">${marked}<meta itemprop="author" content="${name}">
      <div itemprop="articleBody">${text}</div></div>`
    expect(read(language, body, '<title>Fährblatt</title>').authors).toMatchObject([{ name }])
  })

  it('is found by the name of a node, for a page that is told as no article', () => {
    const graph = [
      { '@type': 'WebPage', datePublished: '2024-03-03', author: { '@id': '#ilse' } },
      { '@type': ['Person'], '@id': '#ilse', name: 'Ilse Brandt' },
    ]
    expect(read('de', headline + text, script({ '@graph': graph })).authors).toMatchObject([{ name: 'Ilse Brandt' }])
  })

  it.each([
    ['de', 'Ilse Brandt', 'Jo Hallberg'],
    ['es', 'Lucía Prados', 'Ana Reis'],
  ])('is not alone where another list has more, all printed beside the headline (%s)', (language, first, second) => {
    const told = `${script({ '@type': 'NewsArticle', headline: 'Fähre fährt öfter', author: { name: first } })}
      <meta name="author" content="${first}, ${second}">`
    const names = [first, second].map(name => `<div class="author"><a href="/x">${name}</a></div>`).join('')
    expect(read(language, headline + names + text, told).authors.map(({ name }) => name)).toEqual([first, second])
    expect(read(language, `${headline}<div class="author">${first}</div>${text}`, told).authors).toHaveLength(1)
  })

  it.each([
    ['en', 'By Ida Holm And Jo Berg For The Harbour Post'],
    ['de', 'Von Ida Holm und Jo Berg für die Hafenpost'],
    ['fr', 'Par Ida Holm et Jo Berg pour le Courrier du Port'],
  ])('has no paper behind the name (%s)', (language, author) => {
    const told = script({ '@type': 'NewsArticle', headline: 'Fähre fährt öfter', author })
    expect(read(language, headline + text, told).authors.map(({ name }) => name)).toEqual(['Ida Holm', 'Jo Berg'])
  })
})

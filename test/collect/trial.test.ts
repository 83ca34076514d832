import { describe, expect, it } from 'vitest'
import { tryFile } from '../../src/collect/trial.ts'
import { source } from './parsers/pairs.ts'

/** Why each field of the first article is what it is. */
function because(text: string, path = 'pier.txt', settings: object = {}): Record<string, string> {
  const trial = tryFile('pier', Buffer.from(text), { ...source, ...settings }, path)
  expect(trial.rejects).toEqual([])
  return Object.fromEntries(trial.articles[0]!.fields.map(field => [field.field, field.because]))
}

const page = (head: string, body: string) =>
  `<!doctype html><html lang="de"><head>${head}</head><body><article>${body}<p>${'Die Brücke ist zu. '.repeat(30)}</p></article></body></html>`

describe('a trial says which statement each field came from:', () => {
  it('keys of front matter with their lines, and the name of the file', () => {
    const text = '---\n# As stored\ntitle: Der Steg\nlang: de\nby: Ida Holm\ncategories: [Hafen]\n---\n\nText.\n'
    expect(because(text, '_posts/2024-03-09-steg.md')).toMatchObject({
      title: 'front matter "title", line 3',
      published: "the file's name",
      language: 'front matter "lang", line 4',
      authors: 'front matter "by", line 5',
      section: 'front matter "categories", line 6',
    })
    expect(because('# Der Steg\n\nText.', '2024-03-09-steg.md')).toMatchObject({ title: 'the first heading' })
    const toml = '+++\ntitle = "Der Steg"\npublished = true\ncreatedAt = 2024-03-09\n+++\nText.'
    expect(because(toml)).toMatchObject({ published: 'front matter "createdAt", line 4' })
  })

  it('JSON-LD, meta elements, marks and print of pages', () => {
    const linked = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'Der Steg',
      datePublished: '2024-03-09T07:00:00Z',
    })
    const ld = `<script type="application/ld+json">${linked}</script>`
    const told = because(page(`${ld}<meta name="author" content="Ida Holm">`, '<h1>Der Steg</h1><p>Von Ida Holm</p>'))
    expect(told).toMatchObject({
      title: 'JSON-LD "headline"',
      published: 'JSON-LD "datePublished"',
      authors: 'meta "author"',
      language: '<html lang>',
    })
    const meta =
      '<meta property="og:title" content="Der Steg"><meta property="article:published_time" content="2024-03-09">'
    expect(because(page(meta, '<h1>Der Steg</h1>'))).toMatchObject({
      title: 'meta "og:title"',
      published: 'meta "article:published_time"',
    })
    const address = '<meta property="og:url" content="https://e.example/steg">'
    expect(because(page(meta + address, '<h1>Der Steg</h1>'))).toMatchObject({
      link: 'meta "og:url"',
      id: 'meta "og:url"',
    })
    const marked = '<h1>Der Steg</h1><time datetime="2024-03-09T07:00:00Z">heute</time>'
    expect(because(page('<title>Der Steg | Blatt</title>', marked))).toMatchObject({
      published: expect.stringContaining('<time>'),
    })
  })

  it('lines of page dumps', () => {
    const dump = 'Мост закрыт\nhttps://e.example/a.jpg\nВестник\nГород\n19.03.2024 07:00\n\nМост закрыт до весны.\n'
    expect(because(dump)).toMatchObject({
      title: 'line 1',
      pictures: 'line 2',
      publisher: 'line 3',
      section: 'line 4',
      published: 'line 5',
    })
  })

  it('properties of ninjs and JSON Feed', () => {
    const ninjs = {
      uri: 'urn:pier:1',
      headlines: [{ value: '桥' }],
      firstCreated: '2024-03-09T07:00:00Z',
      versionCreated: '2024-03-10T07:00:00Z',
      by: 'Ida Holm',
      bodies: [{ value: '文。' }],
      urgency: 2,
    }
    expect(because(JSON.stringify(ninjs))).toMatchObject({
      id: 'property "uri"',
      title: 'property "headlines"',
      published: 'property "firstcreated"',
      modified: 'property "versioncreated"',
      authors: 'property "by"',
      urgency: 'property "urgency"',
    })
    const item = { id: '1', title: 'Pier', date_published: '2024-03-09T07:00:00Z', content_text: 'Text.' }
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'F', items: [item] }
    expect(because(JSON.stringify(feed))).toMatchObject({ published: 'property "date_published"' })
  })

  it('elements of RSS and Atom', () => {
    const rss = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>F</title><language>uk</language>
<item><title>Міст</title>
<dc:date>2024-03-09T07:00:00Z</dc:date><dc:creator>Іда Гольм</dc:creator><description>Текст.</description></item></channel></rss>`
    expect(because(rss)).toMatchObject({
      title: '<title>, line 3',
      published: '<dc:date>, line 4',
      authors: '<dc:creator>, line 4',
      language: '<language> of the feed, line 2',
    })
    const atom = `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="uk">
<author><name>Іда Гольм</name></author>
<entry><id>urn:pier:1</id><title>Міст</title><updated>2024-03-09T07:00:00Z</updated><content>Текст.</content></entry></feed>`
    expect(because(atom)).toMatchObject({
      published: '<updated>, line 3',
      authors: '<author> of the feed, line 2',
      language: '<feed xml:lang>, line 1',
    })
  })

  it('elements and attributes of NewsML-G2, NITF and NewsML 1', () => {
    const g2 = `<newsItem guid="urn:pier:1" version="2" xml:lang="pt">
<itemMeta><firstCreated>2024-03-09T07:00:00Z</firstCreated><provider literal="Agência"/></itemMeta>
<contentMeta><by>Ida Holm</by><headline>A ponte</headline></contentMeta>
<contentSet><inlineData contenttype="text/plain">Texto.</inlineData></contentSet></newsItem>`
    expect(because(g2)).toMatchObject({
      id: '<newsItem guid>, line 1',
      title: '<headline>, line 3',
      published: '<firstCreated>, line 2',
      authors: '<by>, line 3',
      language: '<newsItem xml:lang>, line 1',
    })
    const nitf = `<nitf><head><docdata><doc-id id-string="1"/>
<date.issue norm="20240309T070000Z"/><urgency ed-urg="3"/></docdata></head>
<body><body.head><hedline><hl1>A ponte</hl1></hedline></body.head><body.content><p>Texto.</p></body.content></body></nitf>`
    expect(because(nitf)).toMatchObject({
      id: '<doc-id id-string>, line 1',
      title: '<hl1>, line 3',
      published: '<date.issue norm>, line 2',
      urgency: '<urgency ed-urg>, line 2',
    })
    const one = `<NewsML><NewsItem><Identification><NewsIdentifier><PublicIdentifier>urn:pier:1</PublicIdentifier></NewsIdentifier></Identification>
<NewsManagement><FirstCreated>20240309T070000Z</FirstCreated><Status FormalName="Usable"/></NewsManagement>
<NewsComponent><NewsLines><HeadLine>A ponte</HeadLine></NewsLines>
<ContentItem><DataContent><p>Texto.</p></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`
    expect(because(one)).toMatchObject({
      id: '<PublicIdentifier>, line 1',
      title: '<HeadLine>, line 3',
      published: '<FirstCreated>, line 2',
    })
  })

  it('settings of the source where the file says nothing', () => {
    const settings = { section: 'Port', publisher: 'Harbour Agency', undated: 'first-seen', language: 'pt' }
    expect(because('# A ponte\n\nTexto.', 'ponte.md', settings)).toMatchObject({
      section: expect.stringContaining('the setting "section"'),
      publisher: expect.stringContaining('the setting "publisher"'),
      language: expect.stringContaining('the setting "language"'),
      published: expect.stringContaining('"undated"'),
      authors: expect.stringContaining('the publisher'),
    })
  })

  it('and of a reject what was found of it', () => {
    const { rejects } = tryFile(
      'pier',
      Buffer.from('---\ntitle: Pier\n---\nText.'),
      { ...source, undated: 'reject' },
      'pier.md',
    )
    const title = { field: 'title', value: 'Pier', because: 'front matter "title", line 2' }
    expect(rejects).toEqual([{ reason: expect.stringContaining('no readable date'), found: [title] }])
  })
})

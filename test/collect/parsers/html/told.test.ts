import { describe, expect, it } from 'vitest'
import { findingsOf, readArticles } from '../../../../src/collect/reading/read.ts'
import { Unusable } from '../../../../src/errors.ts'
import { source } from '../pairs.ts'

const paragraph = '<p>A sentence that stands here as text, with a comma, and is long enough to be taken for one.</p>'
const text = paragraph.repeat(4)

function read({ head = '', body, language = 'en' }: { head?: string; body: string; language?: string }) {
  const page = `<!doctype html><html lang="${language}"><head>${head}</head><body>${body}</body></html>`
  const settings = { ...source, publisher: undefined, format: 'html' }
  const [outcome] = readArticles(Buffer.from(page), settings)
  if (outcome === undefined || outcome instanceof Unusable || outcome.pubStatus === 'canceled') throw outcome
  return outcome.content
}

const ld = (json: object) => `<script type="application/ld+json">${JSON.stringify(json)}</script>`
const headline = '<h1>Harbour gets a crane</h1>'

const named = (body: string, head = '') => read({ head, body }).authors.map(({ name }) => name)

describe('the date of a page', () => {
  it.each([
    ['on a span', `${headline}<span itemprop="datePublished" content="2024-03-02T10:00:00Z">2 March</span>${text}`],
    ['in RDFa', `${headline}<span property="schema:datePublished" content="2024-03-02T10:00:00Z"></span>${text}`],
    [
      'as hAtom has it',
      `<div>${headline}<abbr class="published" title="2024-03-02T10:00:00Z">today</abbr>${text}</div>`,
    ],
    [
      'in a time above the headline',
      `<div><time datetime="2024-03-02T10:00:00Z">2 March</time>${headline}${text}</div>`,
    ],
    [
      'in a time behind a standfirst',
      `${headline}${paragraph}<time datetime="2024-03-02T10:00:00Z">2.3.</time>${text}`,
    ],
  ])('is found %s', (_, body) => {
    expect(read({ body }).published).toBe('2024-03-02T10:00:00Z')
  })

  it.each(['dc.issued', 'published_time', 'publish_date', 'citation_online_date', 'og:pubdate'])(
    'is found in the meta element %s',
    name => {
      expect(
        read({ head: `<meta name="${name}" content="2024-03-02T10:00:00Z">`, body: headline + text }).published,
      ).toBe('2024-03-02T10:00:00Z')
    },
  )

  it.each(['WebPage', 'Recipe', 'QAPage'])('is found in the JSON-LD of a %s', type => {
    const head = ld({ '@graph': [{ '@type': 'WebSite' }, { '@type': type, datePublished: '2024-03-02T10:00:00Z' }] })
    expect(read({ head, body: headline + text }).published).toBe('2024-03-02T10:00:00Z')
  })

  it.each([
    ['de', '<p>Veröffentlicht am 2. März 2024 um 11:00 Uhr</p>'],
    ['de', '<p class="meta">02.03.2024 11:00</p>'],
    ['pl', '<p>2 marca 2024, 11:00</p>'],
    ['uk', '<div><span>Ида Голм</span> <span>2 березня 2024, 11:00</span></div>'],
    ['ja', '<p>2024年3月2日 11:00</p>'],
  ])('is printed beside the headline (%s: %s)', (language, line) => {
    expect(read({ language, body: `<article>${headline}${line}${text}</article>` }).published).toBe(
      '2024-03-02T11:00:00Z',
    )
  })

  it('is the printed one where the machine-readable is that of others', () => {
    const comment = '<time datetime="2024-05-09T10:00:00Z">9 May</time>'
    const teaser = `<div><h3><a href="/x">Another</a></h3>${comment}</div>`
    for (const others of [
      `<section id="comments"><div>${comment}</div></section>`,
      `<ol class="kommentare"><li>${comment}</li></ol>`,
      `<aside>${comment}</aside>`,
      teaser,
      `<ul><li>${teaser}</li></ul>`,
    ])
      expect(read({ body: `<main>${headline}<p>2 March 2024</p>${text}${others}</main>` }).published).toBe(
        '2024-03-02T00:00:00Z',
      )
  })

  it('is no date of a change, of an event in the text, or of the site', () => {
    for (const line of [
      '<p>Updated 2 March 2024</p>',
      '<p>Stand: 2 March 2024</p>',
      '<p>On 2 March 2024 the harbour opens its gates to everyone who likes to see ships from near, with music, food and boats for the children.</p>',
    ])
      expect(
        read({ body: `<header>1 May 2024</header><main>${headline}${line}${text}</main>` }).published,
      ).toBeUndefined()
  })

  it('is the earlier where the first that is told is also that of the change', () => {
    const head = `<meta property="article:published_time" content="2023-01-01T08:00:00Z"><meta property="article:modified_time" content="2024-03-02T08:00:00Z">`
    const told = ld({ '@type': 'NewsArticle', headline: 'Harbour gets a crane', datePublished: '2024-03-02T08:00:00Z' })
    expect(read({ head: told + head, body: headline + text }).published).toBe('2023-01-01T08:00:00Z')
  })

  it('is that of its address where the page tells none', () => {
    const head = '<link rel="canonical" href="https://e.example/2024/03/02/crane/">'
    expect(read({ head, body: headline + text }).published).toBe('2024-03-02T00:00:00Z')
  })
})

describe('the title of a page', () => {
  it.each([
    ['<meta property="og:title" content="Harbour gets a crane | Coast Post">', 'Harbour gets a crane'],
    ['<title>Coast Post: Harbour gets a crane</title>', 'Harbour gets a crane'],
    ['<meta property="og:title" content="News">', 'Harbour gets a crane'],
    ['<meta property="og:title" content="Harbour gets a …">', 'Harbour gets a crane'],
    [ld({ '@type': 'NewsArticle', headline: 'cheap cranes' }), 'Harbour gets a crane'],
  ])('is the headline that it prints: %s', (head, title) => {
    expect(read({ head, body: `<article>${headline}${text}</article>` }).title).toBe(title)
  })

  it.each([
    [
      '<h1><span class="article__kicker">Port</span><span class="sr-only">: </span><span>Harbour gets a crane</span></h1>',
    ],
    ['<h1><span class="dachzeile">Hafen</span> <span class="headline">Harbour gets a crane</span></h1>'],
    ['<h1><small>Le port</small><br>Harbour gets a crane</h1>'],
    ['<h1><div class="antetitulo">El puerto</div>Harbour gets a crane</h1>'],
    ['<h1><a href="/here"><span class="label">Порт</span>&nbsp;Harbour gets a crane</a></h1>'],
    ['<h1>Harbour gets a crane <small class="occhiello">Costa quanto una scuola</small></h1>'],
    ['<h1><time datetime="2024-03-02">2. März</time> Harbour gets a crane</h1>'],
    [
      '<h1><span class="x1">港口</span><span class="x2" aria-hidden="true"> – </span><span>Harbour gets a crane</span></h1>',
    ],
    ['<h2><span class="overline">Port</span> Harbour gets a crane</h2>'],
    ['<div itemprop="headline"><span class="eyebrow">Port</span> Harbour gets a crane</div>'],
  ])('is without the kicker that stands in an element of its own: %s', heading => {
    const head =
      '<meta property="og:title" content="Port: Harbour gets a crane"><title>Port: Harbour gets a crane</title>'
    expect(read({ head, body: `<article>${heading}${text}</article>` }).title).toBe('Harbour gets a crane')
  })

  it.each([
    '<title>Hafen: Harbour gets a crane</title>',
    '<meta property="og:title" content="Harbour gets a crane">',
    ld({ '@type': 'NewsArticle', headline: 'Harbour gets a crane' }),
  ])('is the part of a heading that the page tells, or parts from the other: %s', head => {
    const body = `<article><h1><span>Hafen</span><span>Harbour gets a crane</span></h1>${text}</article>`
    expect(read({ head, body }).title).toBe('Harbour gets a crane')
  })

  it('keeps words that only look different', () => {
    const body = `<article><h1>Why <em>Titanic</em>: the <span class="dash">–</span> sequel <span class="nb">sank</span></h1>${text}</article>`
    expect(read({ head: '<title>Why Titanic: the – sequel sank</title>', body }).title).toBe(
      'Why Titanic: the – sequel sank',
    )
    const two = `<h1><span>Harbour gets</span> <span>a crane</span></h1>${text}`
    expect(read({ head: '<title>Harbour gets a crane</title>', body: two }).title).toBe('Harbour gets a crane')
  })

  it.each([
    ['<h1><a href="https://coast.example/">Coast Post</a></h1>', 'Coast Post » Blog Archive » Harbour gets a crane'],
    [
      '<h1><a href="https://archive.example/web/2014/https://coast.example/">Küstenpost</a></h1>',
      'Harbour gets a crane : Küstenpost',
    ],
    ['<h1 class="site-title">Le Courrier de la côte</h1>', 'Le Courrier de la côte | Harbour gets a crane'],
    ['<h1><a href="/blog/" rel="home">Берег</a></h1>', 'Берег — Harbour gets a crane'],
  ])('is not the sign of the site above it: %s', (sign, title) => {
    const body = `${sign}<h2><a href="/2024/crane">Harbour gets a crane</a></h2>${text}`
    expect(read({ head: `<title>${title}</title>`, body }).title).toBe('Harbour gets a crane')
  })

  it('is the first heading rather than a part’s that has more words of the page’s title', () => {
    const body = `<article><h1>Ein Kran für alle</h1>${text}<h2>Wie lange der Hafen auf den Kran wartet</h2>${text}</article>`
    expect(read({ head: '<title>Hafen: wie lange der Kran wartet</title>', body }).title).toBe('Ein Kran für alle')
    const parts = `<article><h1>El puerto, una grúa cara</h1>${text}<h2>El puerto</h2>${text}</article>`
    expect(read({ head: '<title>El puerto: la grúa es cara y pequeña</title>', body: parts }).title).toBe(
      'El puerto, una grúa cara',
    )
  })

  it.each([
    ['港口将有新的起重机-海岸新闻网', '港口将有新的起重机'],
    ['Coast Post - Harbour gets a crane - News', 'Harbour gets a crane'],
  ])('is the part of %s that the page prints as a line, where it has no heading', (title, printed) => {
    expect(read({ head: `<title>${title}</title>`, body: `<div class="t">${printed}</div>${text}` }).title).toBe(
      printed,
    )
  })

  it('keeps marks that belong to it', () => {
    const body = `<h1>Letters – Why a crane?</h1>${text}`
    expect(read({ head: '<meta property="og:title" content="Letters – Why a crane?">', body }).title).toBe(
      'Letters – Why a crane?',
    )
  })

  it('is no style, no reading of its signs and not the site’s name', () => {
    const body = `<h1><a href="/">Coast Post</a></h1><h2><style>.a{b:c}</style>Harbour gets a <ruby>crane<rt>kurēn</rt></ruby></h2>${text}`
    const head = '<meta property="og:site_name" content="Coast Post"><title>Harbour gets a crane - Coast Post</title>'
    expect(read({ head, body }).title).toBe('Harbour gets a crane')
  })
})

describe('the authors of a page', () => {
  it.each([
    '<p>By Ida Holm, 3 May 2024</p>',
    '<p>Von <a href="/autor/ida">Ida Holm</a></p>',
    '<p class="byline">Por Ida Holm</p>',
    '<div class="author"><span>Ida Holm</span></div>',
    '<p>Autorin: Ida Holm</p>',
    '<h5>Autor:</h5><p>Ida Holm</p>',
    '<p>Ida Holm 기자</p>',
    '<a rel="author" href="/a">View all posts by Ida Holm →</a>',
    '<p>Posted on 3 May 2024 by Ida Holm | 12 comments</p>',
    '<p>3 мая 2024 | Автор: Ida Holm</p>',
    '<p>Escrito por Ida Holm el 3 de mayo de 2024</p>',
    '<p>Erstellt von Ida Holm</p>',
    '<p class="byline">Von Ida Holm, dpa</p>',
    '<span class="author vcard"><span class="label">Author</span><a class="fn" href="/author/ida">Ida Holm</a></span>',
    '<aside class="meta"><a href="/author/ida">Ida Holm</a></aside>',
    '<p class="author">Interview: Ida Holm</p>',
    '<p>Posted in Ships by Ida Holm on 3 May 2024</p>',
    '<p>Publié dans Bateaux par Ida Holm le 3 mai 2024</p>',
    '<p>Autor: Ida Holm, Hafenmeisterin in Stromvik</p>',
    '<aside class="meta"><p class="authors">Von: <a class="author-name" href="/autor/ida">Ida Holm</a></p><a href="/t/1">Kräne</a></aside>',
    '<p>03.05.2024 - Ida Holm</p>',
    '<p>3 mai 2024 · Ida Holm</p>',
    '<p>Ida Holm | 3 de mayo de 2024 | 12:40</p>',
    '<h5 class="field field--name-author field--label-hidden">Ida Holm</h5>',
    '<span class="author vcard">av <span class="fn">Ida Holm</span></span>',
    '<p class="byline">By Ida Holm @ida_holm</p>',
    '<p class="autor">Por Ida Holm con Jo Berg</p>',
    '<p>By Ida Ho&shy;lm</p>',
  ])('are printed beside the headline: %s', line => {
    expect(named(`<main>${headline}${line}${text}</main>`)).toEqual(['Ida Holm'])
  })

  it.each([
    '<p>Photo: Ida Holm</p>',
    '<p>By the sea</p>',
    '<aside>By Ida Holm</aside>',
    '<p class="author">admin</p>',
    '<p>Posted by ida@coast.example, 3 May 2024</p>',
    '<p class="author">3 May 2024</p>',
    '<span class="meta-prep-author">Published</span>',
    '<aside><a href="/other">Fish is dear</a><a rel="author" href="/author/jo">Jo Berg</a></aside>',
    '<p>See <a href="/columnists/jo">Harbour Walk, a guide to its cranes</a>, which we printed in May.</p>',
    '<div><h3><a href="/x">Another</a></h3><p>By Ida Holm</p></div>',
    '<p>Addis Abeba, 3 mai 2024</p>',
    '<p>3 May 2024 | <a href="/section/sea">Deep Sea</a></p>',
    '<nav><a>Open Water</a></nav><p>3 May 2024 | Open Water</p>',
    '<p>03.05.2024 - Ida Holm - Halle</p><p>04.05.2024 - Jo Berg - Halle</p>',
    '<p>3. Mai 2024 | Aktuelle Meldung</p>',
    '<figure><figcaption class="author">Ida Holm</figcaption></figure>',
    '<div class="licence"><span class="author-name">Ida Holm</span></div>',
    '<p>Übersetzung: <a rel="author" href="/a">Ida Holm</a></p>',
  ])('are not taken from %s', line => {
    expect(named(`<main>${headline}${line}${text}</main>`)).toEqual([])
  })

  it.each([
    '<p>Posted on 3 May 2024 by driftwood</p>',
    '<p>3. Mai 2024 von <span class="author">driftwood</span></p>',
    '<p class="meta"><a rel="author" href="/author/d">driftwood</a> | 3 May 2024</p>',
    '<p>3 de mayo de 2024 | Autor: driftwood</p>',
    '<p>Filed under: Ships — driftwood @ 12:40</p>',
    '<p><a href="/author/driftwood/">driftwood</a></p>',
    '<p>par <a href="/membres/driftwood.html?l=2">driftwood</a> le 3 mai 2024</p>',
    '<p>Posted in Ships by driftwood on 3 May 2024</p>',
  ])('are called as they sign: %s', line => {
    expect(named(`<main>${headline}${line}${text}</main>`)).toEqual(['driftwood'])
  })

  it.each([
    `${text.repeat(7)}<p>Text: Ida Holm</p>`,
    `${text.repeat(7)}<div class="author-box"><h4 class="author-name">Ida Holm</h4></div>`,
    `${text.repeat(7)}<div class="autor-info"><h4>Ida Holm</h4><p>Sie baut Kräne.</p></div>`,
    `${text.repeat(7)}<h4>Von:</h4><p>Ida Holm</p>`,
    `${text.repeat(7)}<footer class="entry-footer">Posted by <a rel="author" href="/a">Ida Holm</a> at 18:52 | Tags: ${'cranes, '.repeat(40)}</footer>`,
  ])('stand below the text where they stand nowhere else', body => {
    expect(named(`<main>${headline}${body}</main>`)).toEqual(['Ida Holm'])
    expect(named(`<main>${headline}${body}<p class="author">Jo Berg</p></main>`)).toEqual([])
  })

  it.each(['<em>Ida Holm</em>', '<i>Ida Holm</i>', '(Ida Holm)', '– Ida Holm'])(
    'sign the end of the text: %s',
    name => {
      expect(named(`<main>${headline}<div>${text}<p>${name}</p></div><p>More</p></main>`)).toEqual(['Ida Holm'])
      expect(named(`<main>${headline}<div>${text}<p>${name}</p>${text}</div></main>`)).toEqual([])
    },
  )

  it('are nobody who has a page on another site', () => {
    const line =
      '<p>We spoke with <a href="https://net.example/profile/jo">Jo Berg</a> and <a href="https://net.example/people/ida">Ida Holm</a></p>'
    expect(
      named(`<main>${headline}${line}${text}</main>`, '<link rel="canonical" href="https://coast.example/crane">'),
    ).toEqual([])
  })

  it('are those whom the page prints, where it tells machines another or the paper itself', () => {
    for (const author of ['Kim Dahl', 'The Orkney Wire', { name: 'ida.holm' }])
      expect(
        named(
          `<main>${headline}<p class="byline">By <a rel="author" href="/a">Ida Holm</a></p>${text}</main>`,
          ld({ '@type': 'NewsArticle', headline: 'Harbour gets a crane', author }),
        ),
      ).toEqual(['Ida Holm'])
  })

  it('are all whom the page joins in a byline, where it tells machines one of them', () => {
    const head = ld({ '@type': 'NewsArticle', headline: 'Harbour gets a crane', author: { name: 'Ida Holm' } })
    for (const line of ['By Ida Holm and Jo Berg', 'Von Jo Berg und Ida Holm', 'Por Ida Holm y Jo Berg'])
      expect(named(`<main>${headline}<p>${line}</p>${text}</main>`, head).toSorted()).toEqual(['Ida Holm', 'Jo Berg'])
    expect(named(`<main>${headline}<p>By Ida Holm, Harbour Watch</p>${text}</main>`, head)).toEqual(['Ida Holm'])
  })

  it('have their full names where the page tells machines the first', () => {
    const head = ld({ '@type': 'NewsArticle', headline: 'Harbour gets a crane', author: { name: 'Ida' } })
    expect(named(`<main>${headline}<p class="name">Ida Holm</p>${text}</main>`, head)).toEqual(['Ida Holm'])
    expect(named(`<main>${headline}<p>Ida Holm</p>${text}<p>Ida Berg</p></main>`, head)).toEqual(['Ida'])
  })

  it('are those of a recipe or a discussion as well, and of a meta element of a plugin', () => {
    const head = ld({ '@type': 'Recipe', datePublished: '2024-03-02', author: { '@type': 'Person', name: 'Ida Holm' } })
    expect(named(headline + text, head)).toEqual(['Ida Holm'])
    expect(named(headline + text, '<meta property="article:author_name" content="Ida Holm">')).toEqual(['Ida Holm'])
  })

  it('are named in the one dated line of a page that prints no headline', () => {
    const line = '<div>Geschrieben von driftwood am 3.5.2024</div>'
    const head = '<title>Ein Kran für alle</title>'
    expect(named(line + text, head)).toEqual(['driftwood'])
    expect(named(`${line}<div>Geschrieben von flotsam am 4.5.2024</div>${text}`, head)).toEqual([])
  })

  it('are named once, without addresses, logins and paths', () => {
    const author = [
      'Ída Holm',
      { name: 'Ida Holm', url: 'https://e.example/ida' },
      'By Ida Holm',
      'ida_h',
      'ida@e.example',
      '/a/ida',
    ]
    const head = ld({ '@type': 'NewsArticle', headline: 'Harbour gets a crane', author })
    expect(named(headline + text, head)).toHaveLength(1)
  })

  it('are several where a line names several', () => {
    expect(named(`<main>${headline}<p>By Ida Holm and Jo Berg</p>${text}</main>`)).toEqual(['Ida Holm', 'Jo Berg'])
  })
})

describe('the text of a page', () => {
  it.each([
    ['a warning', '<br />\n<b>Warning</b>: include(a.php): failed in <b>/srv/a.php</b><br />\n'],
    ['a notice in plain words', 'Notice: Undefined index: x in /srv/a.php on line 3\n\n'],
    ['a style', '<style>p { color: red }</style>\n'],
    ['a script', '<script>window.a = "<p>"</script>\n'],
  ])('begins behind %s before the document', (_, before) => {
    const page = `${before}<!DOCTYPE html>\n<html lang="en"><head><title>Harbour gets a crane</title></head><body>${headline}${text}</body></html>`
    const [outcome] = readArticles(Buffer.from(page), source)
    if (outcome === undefined || outcome instanceof Unusable || outcome.pubStatus === 'canceled') throw outcome
    expect(outcome.content).toMatchObject({ title: 'Harbour gets a crane', html: text })
  })

  it('ends before the next story of an endless page', () => {
    const next = `<div class="story"><h1>Fish is dear</h1>${'<p>Nobody buys it, since it costs more than meat and is smaller, says a man.</p>'.repeat(9)}</div>`
    const { html } = read({ body: `<div class="story">${headline}${text}</div>${next}` })
    expect(html).toContain('taken for one')
    expect(html).not.toContain('Nobody buys it')
  })

  it('keeps the parts of a page that has a first heading for each', () => {
    const parts = ['One', 'Two'].map(name => `<section><h1>${name}</h1>${text}</section>`).join('')
    expect(read({ body: `<article>${headline}${parts}</article>` }).html.match(/taken for one/g)).toHaveLength(8)
  })

  it('is found in a page that is one form', () => {
    const { html } = read({ body: `<form>${headline}${text}<div><p>Our letter</p><input type="email"></div></form>` })
    expect(html).toContain('taken for one')
    expect(html).not.toContain('Our letter')
  })
})

describe('what the trade sorts by', () => {
  it('has its dates in the order of the page’s language', () => {
    const story = { '@type': 'NewsArticle', headline: 'Harbour gets a crane', datePublished: '10.12.2022, 07:00:03' }
    expect(read({ head: ld(story), body: headline + text, language: 'de' }).published).toBe('2022-12-10T07:00:03Z')
    expect(read({ head: ld(story), body: headline + text, language: 'de-x-leicht' }).published).toBe(
      '2022-12-10T07:00:03Z',
    )
  })

  it('takes no date from a template in which another order may be meant', () => {
    const head = '<meta name="date" content="11/01/2023 12:43:42">'
    const body = `${headline}<p>Erstellt am: 01.11.2023</p>${text}`
    expect(read({ head, body, language: 'de' }).published).toBe('2023-11-01T00:00:00Z')
  })

  it('has no date where the only one is in doubt and its source takes what has none, and says so', () => {
    const page = `<!doctype html><html lang="fr"><head><meta name="date" content="03/04/2024"></head><body>${headline}${text}</body></html>`
    const taken = (undated: 'reject' | 'first-seen') =>
      findingsOf(Buffer.from(page), {
        ...source,
        format: 'html',
        undated,
      })
    expect(taken('first-seen')).toMatchObject({
      outcomes: [{ content: { title: 'Harbour gets a crane' } }],
      warnings: [{ warning: expect.stringContaining('could be') as string }],
    })
    expect(taken('reject')).toMatchObject({ message: expect.stringContaining('could be') as string })
  })

  it('has an end where JSON-LD says so', () => {
    const story = { '@type': 'NewsArticle', headline: 'Harbour gets a crane', expires: '2024-04-01T00:00:00+02:00' }
    expect(read({ head: ld(story), body: headline + text }).expires).toBe('2024-03-31T22:00:00Z')
  })

  it('comes from JSON-LD', () => {
    const story = {
      '@type': 'NewsArticle',
      headline: 'Harbour gets a crane',
      datePublished: '2024-03-02T10:00:00Z',
      genre: 'Feature',
      copyrightHolder: { '@type': 'Organization', name: 'Orkney Wire' },
      about: { '@type': 'Thing', name: 'cranes', sameAs: 'https://things.example/crane' },
      mentions: [{ '@type': 'Person', '@id': '#ida', name: 'Ida Holm' }, { '@type': 'City', name: 'Stromvik' }, 'fog'],
    }
    expect(read({ head: ld(story), body: headline + text })).toMatchObject({
      genres: [{ name: 'Feature' }],
      copyrightHolder: 'Orkney Wire',
      subjects: [
        { name: 'cranes', rel: 'subject', code: 'https://things.example/crane' },
        { name: 'Ida Holm', rel: 'person' },
        { name: 'Stromvik', rel: 'place' },
        { name: 'fog', rel: 'subject' },
      ],
    })
  })
})

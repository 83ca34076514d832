import { describe, expect, it } from 'vitest'
import { html } from '../../../../src/collect/parsers/html/html.ts'
import { Unusable } from '../../../../src/errors.ts'
import { textOfHtml } from '../../../../src/collect/parsers/plain.ts'

const hints = { timezone: 'UTC', dates: [], language: 'en', boilerplate: [], tail: [] }

const paragraphs = [
  'The lighthouse keepers of Ardvik voted on Monday to keep their lamp burning through the winter, against the advice of the county.',
  'Their spokesman said that the lamp had saved eleven boats since the automatic light failed for the first time in the autumn.',
  'The county replied that a new light had been ordered, that it would come in spring, and that nobody would be paid until then.',
  'Fishermen collected enough money for oil within a week, and the school sent its oldest pupils to help with the stairs.',
]
const story = paragraphs.map(text => `<p>${text}</p>`).join('\n')

function textOf(body: string, head = ''): string {
  const [draft] = html.parse(
    `<!doctype html><html lang="en"><head><title>Keepers vote for their lamp | Ardvik Post</title>
    <meta name="date" content="2024-03-02T10:00:00Z">${head}</head><body>${body}</body></html>`,
    hints,
  )
  if (draft === undefined || draft instanceof Unusable) throw new Error('no draft')
  return 'html' in draft.body ? textOfHtml(draft.body.html) : draft.body.paragraphs.join(' ')
}

const headline = '<h1>Keepers vote for their lamp</h1>'
const letter = '<p>Ida Holm of Ardvik writes, and writes at length, that lamps, oil, stairs, and all, are dear.</p>'

const behindWall = (head: string, articleBody: string) =>
  textOf(
    `${head}<div><p>${'Read on, with an account, from two crowns a month. '.repeat(8)}</p></div>`,
    `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Keepers vote for their lamp', articleBody })}</script>`,
  )

describe('the text of a page', () => {
  it.each([
    ['the parts of a page builder', `<div class="elementor-widget elementor-widget-text-editor">${story}</div>`],
    ['a layout with a margin', `<div class="c-fixed-sidebar-layout">${story}</div>`],
    ['a form', `<form action="/"><div class="extra">${story}</div></form>`],
    [
      'boxes of one paragraph each',
      paragraphs.map(text => `<div class="row"><div class="cell"><div><p>${text}</p></div></div></div>`).join(''),
    ],
    ['line breaks', `<div class="extra">${paragraphs.join('<br><br>')}</div>`],
  ])('is whole where it stands in %s', (_, body) => {
    const text = textOf(`<nav><a href="/">Home</a></nav><div>${headline}</div><div>${body}</div>`)
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })

  it('is whole where machines are told its headline in other words', () => {
    const marked = `<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="headline">Lamp stays on</b>${story.repeat(5)}</div>`
    const text = textOf(`${headline}${marked}<div id="comments">${letter.repeat(60)}</div>`)
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })

  it('is not the letters of readers, which are longer', () => {
    const text = textOf(
      `<main>${headline}<div class="extra-text">${story}</div></main><div id="comments">${letter.repeat(30)}</div>`,
    )
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
    expect(text).not.toContain('Ida Holm of Ardvik')
  })

  it('begins with what stands between the headline and its first paragraph', () => {
    const lead =
      'A village keeps its light, whatever the county says: for the first time since the war there is a vote.'
    const text = textOf(
      `<header>${headline}<div class="lead">${lead}</div></header><div class="content">${story}</div>`,
    )
    expect(text.indexOf(lead)).toBe(0)
    expect(text).toContain(paragraphs[3])
  })

  it.each([
    [
      'a heading',
      '<h2>A village keeps its light whatever the county says: for the first time since the war there is a vote</h2>',
    ],
    [
      'a heading, in German',
      '<h3>Ein Dorf behält sein Licht, was der Landkreis auch sagt: zum ersten Mal seit dem Krieg wird gewählt</h3>',
    ],
    [
      'a box that is called a teaser',
      '<div class="article-teaser"><p>Ein Dorf behält sein Licht, und zum ersten Mal seit langer Zeit wird dort gewählt.</p></div>',
    ],
    [
      'such a box, in Russian',
      '<div class="b-teaser__text">Деревня сохраняет свой маяк, что бы ни говорил округ: впервые после войны здесь голосуют.</div>',
    ],
    ['a heading, in Japanese', '<h2>村は灯台を守ることを決めた。戦後はじめての投票に、郡の反対を押し切って。</h2>'],
  ])('begins with a standfirst in %s', (_, standfirst) => {
    const text = textOf(`<div class="head">${headline}${standfirst}</div><div class="content">${story}</div>`)
    expect(text.indexOf(textOfHtml(standfirst))).toBe(0)
    expect(text).toContain(paragraphs[3])
  })

  it.each([
    '<div class="teaser"><a href="/x">The tower gets a coat of paint, says the county of Ardvik, and a new door in spring</a></div>',
    '<div class="teaser"><h3><a href="/x">Der Turm wird gestrichen</a></h3><p>Der Landkreis zahlt den Anstrich des Turms, sagt er, und im Frühling eine neue Tür.</p></div>',
    '<h2><a href="/x">The tower gets a coat of paint, says the county of Ardvik, and a new door in spring</a></h2>',
  ])('begins with no other story: %s', other => {
    const text = textOf(`<div class="head">${headline}${other}</div><div class="content">${story}</div>`)
    expect(text.indexOf(paragraphs[0] ?? '')).toBe(0)
  })

  it.each([
    ['a byline', '<div>By Ida Holm, our reporter in Ardvik and on the islands | 3 March 2024</div>'],
    ['dates', '<div>PUBLISHED: March 3, 2024 at 4:56 p.m. | UPDATED: March 4, 2024 at 6:00 p.m.</div>'],
    ['an address', '<div>https://bilder.example/inseln/leuchtturm/2024/03/ardvik-leuchtturm-im-winter-0815.jpg.</div>'],
    [
      'a notice of the browser',
      `</header><div class="banner"><p>Twoja przeglądarka jest przestarzała. Zaktualizuj ją, żeby wygodnie czytać nasze artykuły.</p>
      </div><header>`,
    ],
  ])('does not begin with %s', (_, line) => {
    const text = textOf(`<header>${headline}${line}</header><div class="content">${story}</div>`)
    expect(text.indexOf(paragraphs[0] ?? '')).toBe(0)
  })

  it.each([
    ['en', 'The keepers of Ardvik say that they will not give up their lamp before a new one burns.'],
    ['fr', 'Les gardiens d’Ardvik disent qu’ils ne quitteront pas leur lampe avant qu’une autre brûle.'],
  ])('begins with a standfirst that the head of the page tells, behind whatever stands before it (%s)', (_, lead) => {
    const boxes = paragraphs.map(text => `<div class="x"><p>${text.replace('the', 'another')}</p></div>`).join('')
    const text = textOf(
      `<div>${headline}</div><section><p>${lead}</p></section><aside>${boxes}</aside><div>${story}</div>`,
      `<meta name="description" content="${lead}">`,
    )
    expect(text.indexOf(lead)).toBe(0)
  })

  it('says once what stands above it as a teaser, and again as its first paragraph', () => {
    const text = textOf(
      `<header>${headline}<p>${paragraphs[0]}</p></header><p>12.10.2024, 19:16</p><div class="content">${story}</div>`,
    )
    expect(text.split(paragraphs[0] ?? '')).toHaveLength(2)
  })

  it('does not say twice what stands below its headline in other quotation marks', () => {
    const quote =
      'nobody in this village has ever asked the county for a lamp, nor for oil to burn in it, and none will'
    const quoted = `<p>"${quote}", said the eldest of the keepers.</p>`
    const text = textOf(`<header>${headline}<h2>“${quote}”</h2></header><div class="content">${story}${quoted}</div>`)
    expect(text.split(quote)).toHaveLength(2)
  })

  it('is known again where it may be hyphenated', () => {
    const hyphenated = story.replace(/light(?=house)|spokes(?=man)|auto(?=matic)|Fisher(?=men)/g, '$&\u00ad')
    const text = textOf(
      `<div class="extra">${headline}${hyphenated}</div><div id="comments">${letter.repeat(30)}</div>`,
    )
    expect(text.replaceAll('\u00ad', '')).toContain(paragraphs[3])
    expect(text).not.toContain('Ida Holm of Ardvik')
  })

  it.each([
    ['Nothing but the beginning stands with it.', paragraphs],
    [
      'Hier steht nur der Anfang.',
      [
        'Die Leuchtturmwärter von Ardvik haben am Montag beschlossen, ihre Lampe den Winter über brennen zu lassen, gegen den Rat des Kreises.',
        'Ihr Sprecher sagte, die Lampe habe elf Boote gerettet, seit das selbsttätige Licht im Herbst zum ersten Mal ausgefallen sei.',
        'Der Kreis antwortete, ein neues Licht sei bestellt, es komme im Frühling, und bis dahin werde niemand bezahlt.',
      ],
    ],
  ])('is whole where each of its parts is an article of its own: %s', (beginning, parts) => {
    const [lead = '', ...rest] = parts
    const text = textOf(
      `<main><article>${headline}<p>${beginning}</p><p>${lead}</p></article>${rest
        .map(part => `<article class="part"><h2>+</h2><p>${part}</p></article>`)
        .join('')}<div class="comments">${letter.repeat(9)}</div></main>`,
    )
    for (const part of parts) expect(text).toContain(part)
    expect(text).not.toContain('Ida Holm of Ardvik')
  })

  it.each([
    '<noscript><img src="/count.gif"></noscript><script>late()</script>',
    '<noscript>Bitte Skripte einschalten.</noscript>',
  ])('is found where something stands between head and body: %s', between => {
    const [draft] = html.parse(
      `<!doctype html><html lang="de"><head><title>Keepers vote for their lamp</title></head>${between}
      <body class="page"><div>${headline}<h2 class="lead">Ein Dorf behält sein Licht, was der Landkreis auch sagt, und es wird gewählt</h2></div><div>${story}</div></body></html>`,
      { ...hints, undated: 'first-seen' },
    )
    if (draft === undefined || draft instanceof Unusable || !('html' in draft.body)) throw new Error('no draft')
    expect(textOfHtml(draft.body.html).indexOf('Ein Dorf behält sein Licht')).toBe(0)
    expect(textOfHtml(draft.body.html)).toContain(paragraphs[3])
  })

  it('is that which the page tells to machines, where it prints another', () => {
    const told = JSON.stringify({
      '@type': 'NewsArticle',
      headline: 'Keepers vote for their lamp',
      articleBody: paragraphs.join('\n'),
    })
    const text = textOf(
      `${headline}<div><p>${'Read on, with an account, from two crowns a month. '.repeat(8)}</p></div>`,
      `<script type="application/ld+json">${told}</script>`,
    )
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })

  it.each([
    'A village keeps its light, whatever the county says, and votes on it as it has not since the war.',
    'Ein Dorf behält sein Licht, und zum ersten Mal seit dem Krieg wird dort gewählt.',
    '村は灯台の明かりを守ることを決めた。戦後はじめての投票に、郡の反対を押し切って。',
  ])('begins with the standfirst also where machines are told the text without it: %s', lead => {
    const text = behindWall(`<header>${headline}<p class="lead">${lead}</p></header>`, paragraphs.join('\n'))
    expect(text.indexOf(lead)).toBe(0)
    expect(text).not.toContain('Read on')
  })

  it.each([
    ['escaped twice', '&lt;b&gt;ARDVIK.-&lt;/b&gt; '],
    ['in tags', '<strong>ARDVIK.-</strong> '],
    ['in German', '&lt;em&gt;Der Leuchtturm.&lt;/em&gt; '],
  ])('is told to machines without its tags (%s)', (_, dateline) => {
    const text = behindWall(headline, dateline + paragraphs.join('\n'))
    expect(text).toMatch(/^(?:ARDVIK\.-|Der Leuchtturm\.) The lighthouse/)
    expect(text).not.toMatch(/<|&lt;/)
  })
})

const withText = (inner: string) => textOf(`<article>${headline}<div>${story}${inner}</div></article>`)

describe('what stands around the text of a page', () => {
  it.each([
    '<p>Advertisement</p>',
    '<p>- Anzeige -</p>',
    '<p>Diesen Artikel teilen</p>',
    '<ul><li>Share on Facebook</li><li>Tweet</li></ul>',
    '<p>Lea también: El faro de Ardvik cumple cien años</p>',
    '<p>Veja também: O farol de Ardvik</p>',
    '<p>Читайте также: Маяк в Ардвике</p>',
    '<p>اقرأ أيضا: منارة أردفيك</p>',
    '<p>関連記事：灯台の冬</p>',
    '<h3>Ähnliche Beiträge</h3><ul><li><a href="/x">Der Turm von Ardvik wird gestrichen</a></li></ul>',
    '<h3>Related stories</h3><div><a href="/x"><img src="/x.jpg">The tower gets a coat of paint, says the county of Ardvik</a></div>',
    '<br />\n<b>Warning</b>: Undefined variable $lamp in <b>/srv/www/theme/single.php</b> on line <b>40</b><br />',
  ])('is no part of it: %s', inner => {
    expect(withText(inner)).toBe(paragraphs.join(' '))
  })

  it.each([
    '<p>The newspaper will share the lamp with the school.</p>',
    '<h3>Related</h3><p>The keepers are all related, and have kept the lamp since it was lit for the first time by their forefather.</p>',
    '<p>On line 40 of the report there is a warning.</p>',
  ])('is no sentence that has such a word: %s', inner => {
    expect(withText(inner)).toContain(textOfHtml(inner))
  })

  it('is nothing where the text itself is told to readers without scripts alone', () => {
    const text = textOf(`<article>${headline}<div class="post"><noscript>${story.repeat(2)}</noscript></div></article>`)
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })

  it('is who wrote it, at length, below a text that stands in boxes of its own', () => {
    const boxes = paragraphs.map(text => `<div class="extra"><div><p>${text} ${text} ${text}</p></div></div>`).join('')
    const text = textOf(
      `<article>${headline}<div>${boxes}</div><div class="about">${'<p>I am Ida, and write, paint, sing, and keep bees in Ardvik, which I love.</p>'.repeat(16)}</div></article>`,
    )
    for (const paragraph of paragraphs) expect(text).toContain(paragraph)
  })
})

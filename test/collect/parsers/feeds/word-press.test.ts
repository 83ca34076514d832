import { describe, expect, it } from 'vitest'
import type { Content } from '../../../../src/article.ts'
import { Unusable } from '../../../../src/errors.ts'
import { withoutOrigin } from '../../../../src/collect/parsers/feeds/word-press.ts'
import { expectBounded, outcomesOf } from '../outcomes.ts'
import { source } from '../pairs.ts'

function exported(properties: string): string {
  return `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <item><title>T</title><guid isPermaLink="false">g</guid><pubDate>Sun, 26 Apr 2026 08:00:00 +0000</pubDate>
    <content:encoded>Text.</content:encoded>${properties}</item></channel></rss>`
}

function outcome(properties: string): unknown {
  const [first] = outcomesOf('rss', exported(properties))
  return first instanceof Unusable ? first.message : first && ['pubStatus', first.pubStatus]
}

describe('an export of WordPress', () => {
  it.each(['draft', 'private', 'pending', 'trash', 'auto-draft'])('withholds what is %s', status => {
    expect(outcome(`<wp:status>${status}</wp:status><wp:post_type>post</wp:post_type>`)).toEqual([
      'pubStatus',
      'withheld',
    ])
  })

  it('withholds what has a password', () => {
    expect(outcome('<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>')).toEqual([
      'pubStatus',
      'withheld',
    ])
  })

  it.each(['', '<wp:status>publish</wp:status>', '<wp:status>future</wp:status><wp:post_password></wp:post_password>'])(
    'holds nothing back of %s',
    properties => {
      expect(outcome(properties)).toEqual(['pubStatus', undefined])
    },
  )

  it.each(['attachment', 'nav_menu_item', 'revision', 'page', 'wp_template'])('passes over a %s', type => {
    expect(outcomesOf('rss', exported(`<wp:status>inherit</wp:status><wp:post_type>${type}</wp:post_type>`))).toEqual(
      [],
    )
  })

  it.each(['feedback', 'product', 'wpcf7_contact_form', 'elementor_library'])('says that a %s is none', type => {
    expect(outcome(`<wp:status>publish</wp:status><wp:post_type>${type}</wp:post_type>`)).toContain(`"${type}"`)
  })

  it.each(['news', 'blog_post', 'artículo', 'podcast'])('reads a %s, as plug-ins call articles', type => {
    expect(outcome(`<wp:status>publish</wp:status><wp:post_type>${type}</wp:post_type>`)).toEqual([
      'pubStatus',
      undefined,
    ])
  })
})

const itemOf = (inside: string) => `<item>${inside}</item>`

function file(id: number, name: string, parent = 1): string {
  return itemOf(
    `<title>${name}</title><wp:post_id>${id}</wp:post_id><wp:post_parent>${parent}</wp:post_parent><wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://vik.example/${name}</wp:attachment_url><excerpt:encoded>About ${name}</excerpt:encoded>`,
  )
}

function authorOf(login: string, display: string, more = ''): string {
  return `<wp:author><wp:author_login>${login}</wp:author_login><wp:author_display_name>${display}</wp:author_display_name>${more}</wp:author>`
}

/** An export of one post beside its files and authors. */
function postOf(text: string, properties = ''): Content {
  const xml = `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
    <link>https://vik.example</link>${authorOf('ola', 'Ola Brekke')}${authorOf('kari', 'kari', '<wp:author_first_name>Kari</wp:author_first_name><wp:author_last_name>Dahl</wp:author_last_name>')}${authorOf('root', 'root')}
    ${itemOf(`<title>T</title><guid isPermaLink="false">g</guid><wp:post_id>1</wp:post_id><wp:post_date_gmt>2026-04-26 08:00:00</wp:post_date_gmt><wp:status>publish</wp:status><wp:post_type>post</wp:post_type><content:encoded><![CDATA[${text}]]></content:encoded>${properties}`)}
    ${file(7, 'a.jpg')}${file(8, 'b.png')}${file(9, 'c.pdf')}${file(10, 'd.jpg', 2)}</channel></rss>`
  const [first] = outcomesOf('rss', xml)
  if (first === undefined || first instanceof Unusable || first.pubStatus === 'canceled') throw first
  return first.content as Content
}

const shown = (name: string) =>
  `<figure><img src="https://vik.example/${name}" alt="" /><figcaption>About ${name}</figcaption></figure>`

describe('a stored post of WordPress', () => {
  it.each([
    ['paragraphs and lines', 'Første.\n\nAndre,\nlinje to.', '<p>Første.</p>\n<p>Andre,<br />linje to.</p>'],
    ['paragraphs in Arabic', 'الأولى.\n\nالثانية.', '<p>الأولى.</p>\n<p>الثانية.</p>'],
    ['elements beside text', 'A.\n<ul>\n<li>b</li>\n</ul>\nC.', '<p>A.</p><ul>\n<li>b</li>\n</ul><p>C.</p>'],
    ['quotations', '<blockquote>A.\n\nB.</blockquote>', '<blockquote><p>A.</p>\n<p>B.</p></blockquote>'],
    ['code', '<pre>a\n\n[gallery]</pre>', '<pre>a\n\n[gallery]</pre>'],
    ['code of a plug-in', '[code lang="php"]a < b[/code]', '<pre><code>a &lt; b</code></pre>'],
    [
      'a caption',
      '[caption id="a" width="6"]<img src="https://vik.example/e.jpg" alt="" /> Et <b>naust</b>[/caption]',
      '<figure><img src="https://vik.example/e.jpg" alt="" /><figcaption>Et <b>naust</b></figcaption></figure>',
    ],
    [
      'a caption as it was once',
      '[caption caption="Et naust"]<img src="https://vik.example/e.jpg" alt="" />[/caption]',
      '<figure><img src="https://vik.example/e.jpg" alt="" /><figcaption>Et naust</figcaption></figure>',
    ],
    ['a gallery', '[gallery ids="8,10" link="file"]', `${shown('b.png')}\n${shown('d.jpg')}`],
    ['a gallery of its own files', '[gallery]', `${shown('a.jpg')}\n${shown('b.png')}`],
    [
      'a film',
      '[embed]https://film.example/1[/embed]',
      '<p><a href="https://film.example/1">https://film.example/1</a></p>',
    ],
    [
      'an address by itself',
      'A.\n\nhttps://film.example/1',
      '<p>A.</p>\n<p><a href="https://film.example/1">https://film.example/1</a></p>',
    ],
    [
      'a sound',
      'A.\n\n[audio mp3="https://vik.example/f.mp3"][/audio]',
      '<p>A.</p>\n\n<audio src="https://vik.example/f.mp3" controls="controls"></audio>',
    ],
    ['other shortcodes', '[su_note color="red"]A[/su_note] B [contact-form-7 id="1"]', '<p>A B</p>'],
    [
      'what is no shortcode',
      'He [sic] said [not a shortcode] [1], [[gallery]]',
      '<p>He [sic] said [not a shortcode] [1], [gallery]</p>',
    ],
    ['blocks', '<!-- wp:paragraph -->\n<p>A\n\nb</p>\n<!-- /wp:paragraph -->', '<p>A\n\nb</p>'],
    ['the end of a teaser', 'A.\n<!--more-->\nB.', '<p>A.<br /><br />B.</p>'],
  ])('shows %s', (_, text, html) => {
    expect(postOf(text).html).toBe(html)
  })

  it('has the picture that leads it', () => {
    const meta = '<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>10</wp:meta_value></wp:postmeta>'
    expect(postOf('A.', meta).media).toEqual([
      { kind: 'image', url: 'https://vik.example/d.jpg', caption: 'About d.jpg' },
    ])
  })

  it('was published when it says, also without a line for feeds', () => {
    expect(postOf('A.').published).toBe('2026-04-26T08:00:00Z')
  })

  it.each([
    ['ola', ['Ola Brekke']],
    ['kari', ['Kari Dahl']],
    ['root', []],
    ['nobody', []],
  ])('names the author of %s as printed, and no login', (login, names) => {
    const { authors } = postOf('A.', `<dc:creator>${login}</dc:creator>`)
    expect(authors.map(({ name }) => name).filter(name => name !== source.publisher)).toEqual(names)
  })

  it('names several authors of a plug-in, and files it under none of them', () => {
    const authors = ['Ola Brekke', 'Kari Dahl'].map(name => `<category domain="author" nicename="x">${name}</category>`)
    const filed =
      '<category domain="category" nicename="hav">Hav</category><category domain="post_tag" nicename="is">Is</category><category domain="category" nicename="uncategorized">Ukategorisert</category><category domain="post_format" nicename="x">Sitat</category>'
    expect(postOf('A.', authors.join('') + filed)).toMatchObject({
      authors: [{ name: 'Ola Brekke' }, { name: 'Kari Dahl' }],
      section: 'Hav',
      keywords: ['Is'],
    })
  })

  it.each(['[', '[caption]', '[code]', '[gallery ids="', '[a b="c" ', '[embed]http://', '<pre>', '<div>\n\n', '\n\na'])(
    'takes bounded time of %s',
    unit => {
      expectBounded(3_000, () => {
        try {
          postOf(unit.repeat(200_000 / unit.length))
        } catch (error) {
          if (!(error instanceof Unusable)) throw error
        }
      })
    },
  )
})

const link = 'https://hill.example/garden/?utm_source=rss&utm_medium=rss'
const home = 'https://hill.example'
const origin = (words: string) =>
  `<p>${words} <a href="http://hill.example/garden/">Garden</a> <a rel="x" href="https://hill.example/">Hill</a>.</p>`

describe('the origin below a text', () => {
  it.each(['The post first appeared on', 'Der Beitrag erschien zuerst auf', 'La entrada se publicó primero en'])(
    'goes in any language: %s',
    words => {
      expect(withoutOrigin(`<p>Text.</p>\n${origin(words)}\n`, link, home)).toBe('<p>Text.</p>')
    },
  )

  it.each([
    [
      'more than a line of words',
      origin('A paragraph of the text itself, which happens to name the site and this article of it'),
    ],
    ['another article', origin('See').replace('/garden/', '/shed/')],
    ['one link', '<p>See <a href="https://hill.example/garden/">here</a>.</p>'],
    ['text behind it', `${origin('See')}<ul><li>More</li></ul>`],
  ])('stays with %s', (_, tail) => {
    expect(withoutOrigin(`<p>Text.</p>${tail}`, link, home)).toBe(`<p>Text.</p>${tail}`)
  })

  it('takes no longer than the text', () => {
    const longest = `<p>${'<a href="'.repeat(100_000)}`
    expectBounded(1000, () => withoutOrigin(longest, link, home))
  })
})

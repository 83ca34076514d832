/** What the newsroom wrote, and what a reader is to show of it. */
export interface Story {
  file: string
  content: string
  title: string
  authors: string[]
  /** Seconds since 1970. */
  published: number
  /** The whole text. */
  html: string
  image?: string
  /** With type and length, as enclosures have it. */
  enclosure?: { url: string; type: string; length: number }
}

/** The lead picture, which stands in the text where the text has none. */
const figure = (src: string) => `<figure><img src="${src}" alt="" /></figure>`

const seconds = (date: string) => Date.parse(date) / 1000

/** Newest first, as every edition has them. */
export const stories: readonly Story[] = [
  {
    file: 'market.md',
    content: `---
title: 'سوق الليل يفتح أبوابه من جديد'
date: 2024-05-03T08:30:00+03:00
language: ar
author: ليلى نور
---

فتح السوق أبوابه بعد عامين، وقال التجار «إنها ليلة طويلة».
`,
    title: 'سوق الليل يفتح أبوابه من جديد',
    authors: ['ليلى نور'],
    published: seconds('2024-05-03T05:30:00Z'),
    html: '<div dir="rtl" lang="ar"><p>فتح السوق أبوابه بعد عامين، وقال التجار «إنها ليلة طويلة».</p></div>',
  },
  {
    file: 'lamp.json',
    content: JSON.stringify({
      uri: 'urn:lamp:1',
      type: 'text',
      version: '1',
      pubstatus: 'usable',
      language: 'en',
      firstpublished: '2024-05-02T20:15:00+0000',
      headline: 'The lamp of the old pier burns again',
      authors: [{ name: 'Mira Holt' }],
      body_html: '<p>It was lit at <i>nine</i>.</p><p>Two hundred people had come to see it.</p>',
      associations: {
        featuremedia: {
          uri: 'urn:lamp:picture',
          type: 'picture',
          renditions: {
            original: { href: 'https://images.example/lamp.jpg', mimetype: 'image/jpeg', sizeinbytes: 48213 },
          },
        },
      },
    }),
    title: 'The lamp of the old pier burns again',
    authors: ['Mira Holt'],
    published: seconds('2024-05-02T20:15:00Z'),
    html: `${figure('https://images.example/lamp.jpg')}<p>It was lit at <i>nine</i>.</p><p>Two hundred people had come to see it.</p>`,
    image: 'https://images.example/lamp.jpg',
    enclosure: { url: 'https://images.example/lamp.jpg', type: 'image/jpeg', length: 48213 },
  },
  {
    file: 'escapes.md',
    content: `---
title: 'Fish &amp;amp; Chips &lt;b&gt;: how to write &amp;amp; and ]]> in a page'
date: 2024-05-02T08:30:00Z
author: [Ada Quay, Bo Lindqvist]
image: https://images.example/page.png
---

A first paragraph with a [link](https://example.org/x?a=1&b=2) and **bold** words.

- one
- two

The code is \`]]>\`.
`,
    title: 'Fish &amp; Chips <b>: how to write &amp; and ]]> in a page',
    authors: ['Ada Quay', 'Bo Lindqvist'],
    published: seconds('2024-05-02T08:30:00Z'),
    html:
      figure('https://images.example/page.png') +
      '<p>A first paragraph with a <a href="https://example.org/x?a=1&amp;b=2">link</a> and <strong>bold</strong> words.</p>\n' +
      '<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n<p>The code is <code>]]&gt;</code>.</p>',
    image: 'https://images.example/page.png',
  },
  {
    file: 'ferry.txt',
    content: `Ferry & tram <b>share</b> a "ticket", riders' 🎫

https://images.example/ferry.jpg?a=1&b=2
Harbour Agency
News
01/05/2024 10h00

PORT, Carrow - From Monday one ticket is enough for "all" & everyone. It is 2 < 3 crowns.

The second paragraph says more.
`,
    title: `Ferry & tram <b>share</b> a "ticket", riders' 🎫`,
    authors: ['Harbour Agency'],
    published: seconds('2024-05-01T10:00:00Z'),
    html:
      figure('https://images.example/ferry.jpg?a=1&amp;b=2') +
      '<p>PORT, Carrow - From Monday one ticket is enough for "all" &amp; everyone. It is 2 &lt; 3 crowns.</p>\n' +
      '<p>The second paragraph says more.</p>',
    image: 'https://images.example/ferry.jpg?a=1&b=2',
  },
]

/** The last of them, as the newsroom writes it once more. */
export const corrected: Story = {
  ...stories.at(-1)!,
  content: stories.at(-1)!.content.replace('share', 'part').replace('says more', 'says less'),
  title: `Ferry & tram <b>part</b> a "ticket", riders' 🎫`,
  html: stories.at(-1)!.html.replace('says more', 'says less'),
}

/** What is left when the second is killed after that. */
export const killed = stories[1]!
export const left: readonly Story[] = [stories[0]!, stories[2]!, corrected]

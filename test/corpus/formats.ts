import type { ParserName } from '../../src/collect/parsers/index.ts'

/** What a hostile sender puts into one article: any text in any place. */
export interface Told {
  id: string
  title: string
  /** HTML. */
  body: string
  author: string
  link: string
  image: string
  caption: string
  section: string
  keyword: string
  language: string
  date: string
}

/** An article in each format, with every text where it belongs: escaped as the format has it, so that it arrives. */
export const writers: Readonly<Record<ParserName, (told: Told) => string>> = {
  atom: told =>
    `<feed xmlns="http://www.w3.org/2005/Atom"><id>urn:x:feed</id><title>Feed</title><entry${xml` xml:lang="${told.language}"`}>` +
    xml`<id>${told.id}</id><title type="html">${told.title}</title><published>${told.date}</published><updated>${told.date}</updated>` +
    xml`<author><name>${told.author}</name><uri>${told.link}</uri></author><link href="${told.link}"/>` +
    xml`<link rel="enclosure" type="image/png" href="${told.image}"/><category term="${told.keyword}"/><category term="${told.section}"/>` +
    xml`<summary>${told.caption}</summary><rights>${told.author}</rights><content type="html">${told.body}</content></entry></feed>`,
  html: told =>
    `<!doctype html><html lang="en"><head><title>${told.title}</title>${xml`<meta name="author" content="${told.author}">`}` +
    xml`<meta property="article:published_time" content="${told.date}"><meta property="og:image" content="${told.image}">` +
    xml`<meta property="og:image:alt" content="${told.caption}"><meta property="article:section" content="${told.section}">` +
    xml`<meta name="keywords" content="${told.keyword}"><meta name="description" content="${told.caption}">` +
    xml`<link rel="canonical" href="${told.link}"><script type="application/ld+json">` +
    JSON.stringify({
      '@type': 'NewsArticle',
      '@id': told.id,
      headline: told.title,
      image: told.image,
      author: { name: told.author, url: told.link },
    }).replaceAll('<', String.raw`\u003c`) +
    `</script></head><body><article><p>One sentence, and here is another.</p><div>${told.body}</div></article></body></html>`,
  'json-feed': told =>
    JSON.stringify({
      version: 'https://jsonfeed.org/version/1.1',
      title: 'Feed',
      items: [
        {
          id: told.id,
          url: told.link,
          title: told.title,
          content_html: told.body,
          summary: told.caption,
          image: told.image,
          date_published: told.date,
          authors: [{ name: told.author, url: told.link }],
          tags: [told.keyword, told.section],
          language: told.language,
          attachments: [{ url: told.image, mime_type: 'image/png', title: told.caption }],
        },
      ],
    }),
  markdown: told =>
    `---\n${yaml({ id: told.id, title: told.title, author: told.author, image: told.image, section: told.section })}` +
    `${yaml({ language: told.language, date: told.date })}tags: [${JSON.stringify(told.keyword)}]\n---\n\n` +
    `One sentence, and here is another.\n\n[a](${told.link}) ![b](${told.image}) <${told.link}> ![c][1]\n\n[1]: ${told.image}\n\n${told.body}\n`,
  'newsml-g2': told =>
    xml`<newsItem xmlns="http://iptc.org/std/nar/2006-10/" guid="${told.id}" version="1" xml:lang="${told.language}">` +
    xml`<itemMeta><itemClass qcode="ninat:text"/><versionCreated>${told.date}</versionCreated></itemMeta>` +
    xml`<contentMeta><headline>${told.title}</headline><by>${told.author}</by><keyword>${told.keyword}</keyword>` +
    xml`<description role="drol:summary">${told.caption}</description></contentMeta>` +
    xml`<contentSet><inlineData contenttype="text/html">${told.body}</inlineData></contentSet></newsItem>`,
  'newsml-1': told =>
    xml`<NewsML Version="1.2"><NewsItem><Identification><NewsIdentifier><PublicIdentifier>${told.id}</PublicIdentifier></NewsIdentifier></Identification>` +
    xml`<NewsManagement><ThisRevisionCreated>${told.date}</ThisRevisionCreated></NewsManagement><NewsComponent>` +
    xml`<NewsLines><HeadLine>${told.title}</HeadLine><ByLine>${told.author}</ByLine><KeywordLine>${told.keyword}</KeywordLine></NewsLines>` +
    xml`<DescriptiveMetadata><Language FormalName="${told.language}"/></DescriptiveMetadata>` +
    xml`<ContentItem><DataContent>${`<p>${told.body}</p>`}</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>`,
  nitf: told =>
    xml`<nitf baselang="${told.language}"><head><docdata><doc-id id-string="${told.id}"/><date.issue norm="${told.date}"/>` +
    xml`<key-list><keyword key="${told.keyword}"/></key-list></docdata><pubdata position.section="${told.section}"/></head>` +
    xml`<body><body.head><hedline><hl1>${told.title}</hl1></hedline><byline>${told.author}</byline><abstract>${told.caption}</abstract></body.head>` +
    xml`<body.content><p>One sentence.</p><p>${told.body}</p><media media-type="image"><media-reference mime-type="image/png" source="${told.image}" alternate-text="${told.caption}"/></media></body.content></body></nitf>`,
  ninjs: told =>
    JSON.stringify({
      uri: told.id,
      versioncreated: told.date,
      language: told.language,
      headline_html: told.title,
      byline: told.author,
      body_html: told.body,
      description_html: told.caption,
      link: told.link,
      subject: [
        { name: told.section, rel: 'section' },
        { name: told.keyword, uri: told.link },
      ],
      infosource: [{ name: told.author, role: 'author', uri: told.link }],
      associations: {
        main: {
          type: 'picture',
          description_text: told.caption,
          byline: told.author,
          renditions: { web: { href: told.image, mimetype: 'image/png', width: 10 } },
        },
      },
    }),
  'page-dump': told =>
    `${line(told.title)}\n\n${line(told.image)}\nTest Agency\n${line(told.section)}\n${line(told.date)}\n\n${told.body}\n`,
  rss: told =>
    `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
    ` xmlns:media="http://search.yahoo.com/mrss/"><channel>` +
    xml`<title>Feed</title><link>${told.link}</link><item><guid isPermaLink="false">${told.id}</guid><title>${told.title}</title>` +
    xml`<link>${told.link}</link><pubDate>${told.date}</pubDate><dc:creator>${told.author}</dc:creator><dc:language>${told.language}</dc:language>` +
    xml`<category domain="sections">${told.section}</category><category>${told.keyword}</category>` +
    xml`<enclosure url="${told.image}" type="image/png" length="1"/><description>${told.caption}</description>` +
    xml`<media:content url="${told.image}" medium="image"><media:description>${told.caption}</media:description></media:content>` +
    xml`<content:encoded>${told.body}</content:encoded></item></channel></rss>`,
}

export const formatNames = Object.keys(writers) as ParserName[]

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** With the values escaped as XML, and so as HTML, has text and attributes. */
function xml(pieces: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: pieces }, ...values.map(value => value.replace(/[&<>"]/g, sign => entities[sign] ?? '')))
}

/** JSON is YAML. */
function yaml(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}\n`)
    .join('')
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

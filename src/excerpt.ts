import type { Content } from './article.ts'

/** An excerpt takes no further sentence once it would be longer than this, in UTF-16 units. */
const enough = 300

// The root rules of Unicode (UAX #29) know the sentence ends of Arabic, Devanagari, Chinese, Japanese and Korean too.
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' })

// UAX #29 ends a sentence at "U.S. President" and "No. 5". In doubt an excerpt grows by a sentence rather than stop inside one.
const abbreviation = new RegExp(
  String.raw`(?:^|[\s("'“‘«.-])(?:\p{L}|Mrs?|Ms|Mx|Drs?|Dra|Sra?|Srta|Jr|Prof|Rev|Hon|St|Ste|Gen|Col|Lt|Sgt|Capt|Cmdr|Adm|Maj|` +
    String.raw`Sen|Rep|Gov|Pres|Supt|Det|Insp|Nos?|Nr|Art|Vol|Fig|Inc|Corp|Co|Ltd|Ltda|Bros|vs|etc|approx|ca|cf|al|dept|est|` +
    String.raw`Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Ave|Blvd|Mt|Ft|Exmo|Exma|Av|pp?|Hr|Fr|Bzw|usw|Mme|Mlle|ул|г|им)\.\s*$`,
  'iu',
)

const blockTag =
  /<\/?(?:p|div|h[1-6]|li|[uod]l|dt|dd|blockquote|figure|figcaption|table|caption|t[rdh]|pre|br|hr|audio|video)(?=[\s/>])[^>]*>/g
const entity = /&(amp|lt|gt|quot|#39);/g
const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }

/** The text of sanitised HTML (`Content.html`) on one line: tags gone, the few entities that it may hold decoded, white space folded. */
export function plainText(html: string): string {
  return html
    .replace(blockTag, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(entity, (_, name: string) => characters[name] ?? '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The text of sanitised HTML for reading: its blocks, an empty line between them. */
export function readableText(html: string): string {
  return html
    .split(blockTag)
    .map(plainText)
    .filter(block => block !== '')
    .join('\n\n')
}

/**
 * What an article is about, as plain text: its standfirst, else the first sentences of its paragraphs, about 300 characters.
 * A sentence is never cut, since its attribution ("according to ...") often stands at its end; so an overlong first one stays whole.
 */
export function excerptOf(article: Pick<Content, 'standfirst' | 'html'>): string {
  if (article.standfirst) return article.standfirst
  let excerpt = ''
  for (const paragraph of paragraphsOf(article.html)) {
    for (const sentence of sentencesOf(paragraph)) {
      if (excerpt !== '' && excerpt.length + sentence.trimEnd().length > enough) return excerpt.trimEnd()
      excerpt += sentence
    }
    if (excerpt !== '') excerpt = `${excerpt.trimEnd()} `
  }
  return excerpt.trimEnd() || plainText(article.html)
}

/** The texts of the `p` elements, one after the other as they are asked for. */
function* paragraphsOf(html: string): Generator<string> {
  let at = 0
  for (;;) {
    const open = html.indexOf('<p', at)
    const close = open < 0 ? -1 : html.indexOf('</p>', open)
    if (close < 0) return
    at = close + 4
    const start = html.indexOf('>', open) + 1
    // `<pre>` begins so as well.
    if (/[\s>]/.test(html.charAt(open + 2))) yield plainText(html.slice(start, close))
    else at = start
  }
}

/** With the white space that follows each: Chinese and Japanese have none. */
function* sentencesOf(paragraph: string): Generator<string> {
  let sentence = ''
  for (const { segment } of sentences.segment(paragraph)) {
    sentence += segment
    if (abbreviation.test(segment.slice(-12))) continue
    yield sentence
    sentence = ''
  }
  if (sentence !== '') yield sentence
}

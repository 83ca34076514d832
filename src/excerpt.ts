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

/** Digits above or below the line: without their place 10⁶ would be 106. */
const raised = /<(su[bp])>([\d+−-]{1,20})<\/su[bp]>/g

function digitsBeside(_: string, place: string, digits: string): string {
  const forms = place === 'sup' ? '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻' : '₀₁₂₃₄₅₆₇₈₉₊₋₋'
  return digits.replace(/./gu, digit => forms['0123456789+-−'.indexOf(digit)] ?? digit)
}

/** The text of sanitised HTML (`Content.html`) on one line: tags gone, the few entities that it may hold decoded, white space folded. */
export function plainText(html: string): string {
  return html
    .replace(raised, digitsBeside)
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
 * What an article is about, as plain text: its standfirst, else the first sentences of its paragraphs, about 300 characters. It stops at what it
 * would have to skip (a list, a table, code, a heading), and never joins over it. A sentence is never cut, since its attribution ("according
 * to ...") often stands at its end, nor is a quotation: so an overlong first one stays whole.
 */
export function excerptOf(article: Pick<Content, 'standfirst' | 'html'>): string {
  if (article.standfirst) return withoutColon(article.standfirst)
  let excerpt = ''
  let otherwise = ''
  for (const { text, isParagraph } of blocksOf(article.html)) {
    if (!isParagraph && excerpt !== '') break
    if (!isParagraph) {
      otherwise ||= text
      continue
    }
    const taken = beginningOf(text, excerpt.length)
    if (taken === '' && excerpt !== '') break
    excerpt += `${taken} `
    if (taken.length < text.length) break
  }
  return withoutColon(excerpt.trimEnd() || beginningOf(otherwise || plainText(article.html), 0))
}

/** The first sentences of a paragraph that fit behind so many characters; whole quotations, and at the beginning one sentence in any case. */
function beginningOf(paragraph: string, before: number): string {
  let [taken, sure] = ['', '']
  for (const sentence of sentencesOf(paragraph)) {
    const isFull = before + taken.length + sentence.trimEnd().length > enough
    if (isFull && (sure !== '' || before > 0)) break
    if (taken.length > longestQuotation) break
    taken += sentence
    if (!isInQuotation(taken)) sure = taken
  }
  return (sure || (before > 0 ? '' : taken)).trimEnd()
}

/** Characters. Whoever never closes one has not opened it. */
const longestQuotation = 2_000

const pairs: Readonly<Record<string, string>> = {
  '“': '”',
  '„': '“”',
  '«': '»',
  '»': '«',
  '「': '」',
  '『': '』',
  '《': '》',
}

/** Is a quotation still open at the end? A straight mark opens and closes. */
function isInQuotation(text: string): boolean {
  let closing = ''
  for (const [mark] of text.matchAll(/["“”„«»「」『』《》]/g)) {
    if (closing !== '') closing = closing.includes(mark) ? '' : closing
    else closing = mark === '"' ? '"' : (pairs[mark] ?? '')
  }
  return closing !== ''
}

/** What a colon announces is not there. */
function withoutColon(excerpt: string): string {
  if (!/[:：]["'”’»」)\]]*\s*$/u.test(excerpt)) return excerpt
  const parts = [...sentencesOf(excerpt)]
  const whole = parts.slice(0, -1).join('').trimEnd()
  return whole === '' ? excerpt.replace(/\s*[:：]["'”’»」)\]]*\s*$/u, ' …') : withoutColon(whole)
}

/** A text that stands by itself; what is no paragraph could only be told with its marks, its rows or its owner. */
interface Block {
  text: string
  isParagraph: boolean
}

const boundary =
  /<(\/?)(p|div|h[2-6]|li|[uod]l|dt|dd|blockquote|figure|table|caption|t[rdh]|pre|hr|audio|video|del|s|rt|rp)(?=[\s/>])[^>]*>/g
/** A picture does not part what is written above and below it. */
const beside = new Set(['figure', 'audio', 'video', 'del', 's', 'rt', 'rp'])
const within = new Set(['del', 's', 'rt', 'rp'])
/** What paragraphs stand in, and what stands beside them. */
const flow = new Set(['p', 'div', ...beside])

/** The texts of an article in their order, one after the other as they are asked for; without captions, and what is struck out. */
function* blocksOf(html: string): Generator<Block> {
  const open: string[] = []
  let [text, at] = ['', 0]
  const block = (): Block => ({ text: plainText(text), isParagraph: open.every(name => flow.has(name)) })
  for (const { 0: tag, 1: closes, 2: name = '', index } of html.slice(0, longestLook).matchAll(boundary)) {
    if (!open.some(each => beside.has(each))) text += html.slice(at, index)
    at = index + tag.length
    if (!within.has(name)) {
      const ended = block()
      if (ended.text !== '') yield ended
      text = ''
    }
    if (name === 'hr') yield { text: '', isParagraph: false }
    else if (closes === '') open.push(name)
    else open.splice(Math.max(0, open.lastIndexOf(name)))
  }
  text += html.slice(at)
  const last = block()
  if (last.text !== '') yield last
}

/** Characters. No excerpt begins behind them. */
const longestLook = 100_000

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

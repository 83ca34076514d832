import type { Article, Media } from '../../article.ts'
import type { Site } from '../../site.ts'
import { uriOf } from './address.ts'
import { isRightToLeft } from './core.ts'
import { correctionOf } from './correction.ts'
import { attributes, escapeText, textElement } from './xml.ts'

/*
 * What people read of an article: its title, what it is about, and its text.
 */

/**
 * The title as plain text. Most readers lay out a title by its first letter (`dir="auto"`): where that is of another script, a
 * mark goes before it.
 */
export function titleOf({ title, language }: Pick<Article, 'title' | 'language'>): string {
  return isRightToLeft(language) ? withMarkInFront(title) : title
}

/** What the article is about as plain text, and before it that it was corrected. `excerpt`: `excerptOf(article)`. */
export function summaryOf(article: Article, excerpt: string, site: Site): string {
  const correction = correctionOf(article, site)
  if (correction === undefined) return excerpt
  const { word, day, note } = correction
  return `${word} (${day})${note === '' ? '' : `: ${note}`}\n\n${excerpt}`.trimEnd()
}

/** The same where there is no place for a direction: marks keep what stands at its ends on their sides. */
export function markedSummary(article: Article, summary: string): string {
  return isRightToLeft(article.language) ? withMarkBehind(withMarkInFront(summary)) : summary
}

/** The summary as HTML, each of its paragraphs as one line: readers that strip the tags keep them apart. */
export function summaryHtml(article: Article, summary: string): string {
  return directed(escapeText(summary).replaceAll('\n\n', '<br />\n'), article)
}

/**
 * The article's HTML as readers get it: its first picture, where the text itself has none; that it was corrected; and around
 * it its direction, since a reader shows it inside a page of another language.
 */
export function htmlOf(article: Article, site: Site): string {
  return directed(leadPicture(article) + correctionHtml(article, site) + article.html, article)
}

function correctionHtml(article: Article, site: Site): string {
  const correction = correctionOf(article, site)
  if (correction === undefined) return ''
  const { word, at, day, note } = correction
  const date = `<time${attributes({ datetime: at })}>${escapeText(day)}</time>`
  return `<p>${textElement('strong', word)} (${date})${note === '' ? '' : `: ${textElement('em', note)}`}</p>`
}

/** Page dumps and many feeds have their pictures beside the text, where half of all readers look for none. */
function leadPicture({ html, media }: Article): string {
  const picture = media.find(isShown)
  if (picture === undefined || /<img[\s/>]/.test(html)) return ''
  const { url, alt, caption, credit, width, height } = picture
  const image = `<img${attributes({ src: uriOf(url), alt: alt ?? caption ?? '', width, height })} />`
  const said = [caption, credit].filter(Boolean).join(' · ')
  return `<figure>${image}${said === '' ? '' : textElement('figcaption', said)}</figure>`
}

function isShown({ kind, url, pubStatus = 'usable' }: Media): boolean {
  return kind === 'image' && pubStatus === 'usable' && /^https?:\/\//i.test(url)
}

function directed(html: string, { language }: Article): string {
  return isRightToLeft(language) ? `<div${attributes({ dir: 'rtl', lang: language })}>${html}</div>` : html
}

/** RIGHT-TO-LEFT MARK: a letter that is not seen. Not an isolate, within which `dir="auto"` does not look (UAX #9, P2). */
const mark = '\u200F'

const rightToLeft = String.raw`\p{Script=Arab}\p{Script=Hebr}\p{Script=Syrc}\p{Script=Thaa}\p{Script=Nkoo}\p{Script=Adlm}\p{Script=Rohg}`
const letter = /\p{L}/u
const rightToLeftLetter = new RegExp(`[${rightToLeft}]`, 'u')
const atEnd = new RegExp(`(?=\\p{L})[${rightToLeft}]\\p{M}*$`, 'u')

/** A text without any letter of such a script is in another language than it says. */
function withMarkInFront(text: string): string {
  const first = letter.exec(text)?.[0] ?? ''
  return rightToLeftLetter.test(first) || !rightToLeftLetter.test(text) ? text : mark + text
}

function withMarkBehind(text: string): string {
  return atEnd.test(text.slice(-20)) || !rightToLeftLetter.test(text) ? text : text + mark
}

/** A pair of marks on a line, and what it stands around. */
const pair = /\*\*([^*\n]{1,500})\*\*/g
const punctuation = /[\p{P}\p{S}]/u
/** Letters of scripts that put no space between a word and what belongs to it. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Strong words over two paragraphs, and marks on a line of their own that are left of some. */
const overParagraphs = /^\*\*(?=[^\s*])([^*\n]{1,300})\n(?:[ \t]*\n){1,3}\*\*[ \t]*$/gm
const alone = /^[ \t]*\*\*[ \t]*$/gm
/** Strong words that are none, in front of a text. */
const emptyInFront = /^\*{4}(?=\p{L})(?!.{0,1000}\*{4})/gmu

/**
 * Strong words that CommonMark (6.2) leaves with their marks, though they can be meant in one way only: it asks for a space or a mark beside
 * a mark (`**「橋」**は`, `**Note:**text`), and editors that made Markdown of web pages left spaces within (`**Note: **`), or nothing.
 */
export function withStrongWords(markdown: string): string {
  if (!markdown.includes('**')) return markdown
  return markdown
    .replace(overParagraphs, '<strong>$1</strong>\n')
    .replace(alone, '')
    .replace(emptyInFront, '')
    .replace(pair, (all: string, inside: string, at: number, whole: string) => {
      const before = whole.slice(Math.max(0, at - 40), at)
      const behind = whole.slice(at + all.length, at + all.length + 40)
      if (/^[—–:,.!?-]+$/.test(inside)) return inside
      return isMeant(inside, before, behind) ? `<strong>${inside.trim()}</strong>${spaceBehind(inside, behind)}` : all
    })
}

function isMeant(inside: string, before: string, behind: string): boolean {
  const [first, last] = [inside.charAt(0), inside.at(-1)!]
  const [left, right] = [lastLetter(before), firstLetter(behind)]
  const [isOpen, isClosed] = [/\S/.test(first), /\S/.test(last)]
  const isFree = /^$|\s|\p{Ps}/u.test(left)
  if (/\p{Ps}/u.test(last)) return false
  if (isOpen && isClosed) {
    const opens = !(punctuation.test(first) && unspaced.test(left))
    const closes = !(punctuation.test(last) && (isFree ? /\p{L}/u : unspaced).test(right))
    return !(opens && closes)
  }
  const isAtEnd = /^[ \t]*(?:\n|$)/.test(behind)
  if (isOpen) return isFree && (isAtEnd || /[\p{Po}\p{Pe}]/u.test(right) || unspaced.test(right))
  return isClosed && startOfLine.test(before) && isAtEnd
}

const startOfLine = /(?:^|\n)[ \t]{0,9}(?:>[ \t]?|[-+][ \t]{1,9}|\d{1,9}[.)][ \t]{1,9}){0,5}$/

function lastLetter(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? ''
}

function firstLetter(text: string): string {
  return Array.from(text)[0] ?? ''
}

function spaceBehind(inside: string, behind: string): string {
  return /\s$/.test(inside) && /^[\p{L}\p{N}]/u.test(behind) ? ' ' : ''
}

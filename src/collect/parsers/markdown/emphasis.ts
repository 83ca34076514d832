/** A pair of marks on a line, and what it stands around. */
const pair = /\*\*([^*\n]{1,500})\*\*/g
const punctuation = /[\p{P}\p{S}]/u
/** Letters of scripts that put no space between a word and what belongs to it. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/**
 * Strong words that CommonMark (6.2) leaves with their marks, though they can be meant in one way only: it asks for a space or a mark beside
 * a mark (`**「橋」**は`), which some scripts never write; and editors that made Markdown of web pages left spaces within (`**Note: **`).
 */
export function withStrongWords(markdown: string): string {
  if (!markdown.includes('**')) return markdown
  return markdown.replace(pair, (all: string, inside: string, at: number) => {
    const before = markdown.slice(Math.max(0, at - 40), at)
    const behind = markdown.slice(at + all.length, at + all.length + 40)
    return isMeant(inside, before, behind) ? `<strong>${inside.trim()}</strong>${spaceBehind(inside, behind)}` : all
  })
}

function isMeant(inside: string, before: string, behind: string): boolean {
  const [first, last] = [inside.charAt(0), inside.at(-1)!]
  const [left, right] = [lastLetter(before), firstLetter(behind)]
  const opens = /^\S/.test(first) && !(punctuation.test(first) && unspaced.test(left))
  const closes = /\S$/.test(last) && !(punctuation.test(last) && unspaced.test(right))
  const isAtStart = /(?:^|\n)[ \t]*(?:>[ \t]?|[-+][ \t]+|\d{1,9}[.)][ \t]+)*$/.test(before)
  const isAtEnd = /^[ \t]*(?:\n|$)/.test(behind)
  if (/\S/.test(first) && /\S/.test(last)) return !(opens && closes)
  if (inside.trim() === '') return false
  if (/\S/.test(first))
    return /^$|\s|\p{Ps}/u.test(left) && (isAtEnd || /[\p{Po}\p{Pe}]/u.test(right) || unspaced.test(right))
  return /\S/.test(last) && isAtStart && isAtEnd
}

function lastLetter(text: string): string {
  return Array.from(text.slice(-2)).at(-1) ?? ''
}

function firstLetter(text: string): string {
  return Array.from(text)[0] ?? ''
}

function spaceBehind(inside: string, behind: string): string {
  return /\s$/.test(inside) && /^[\p{L}\p{N}]/u.test(behind) ? ' ' : ''
}

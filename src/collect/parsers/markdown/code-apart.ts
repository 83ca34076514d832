/** A piece of a text: code says what it says, the rest may hold marks of a system. */
export interface Piece {
  text: string
  isCode: boolean
}

const fence = /^[ \t]{0,20}(?:>[ \t]?){0,5}[ \t]{0,20}(?:[-*+][ \t]+)?(`{3,}|~{3,})(.*)$/
/** What indented lines behind it belong to: an item of a list, an admonition (MkDocs). */
const listItem = /^[ \t]{0,60}(?:[-*+]|\d{1,9}[.)]|!!!|\?\?\?\+?|===(?=[ \t]+"))[ \t]/
const indented = /^(?: {4}|\t)/
/** Tags that hold code, and become fences: Jekyll, Hexo, Hugo. */
const codeTag =
  /^[ \t]{0,20}(?:\{%-?\s{0,9}(highlight|codeblock|code)\b([^%]{0,200})%\}|\{\{[<%]\s{0,9}(highlight|code)\b([^{}]{0,200})[>%]\}\})(.*)$/
const htmlCode = /^[ \t]{0,9}<(pre|script|style)(?=[\s>])/i

/**
 * A Markdown text in pieces: blocks of code (fenced, indented, of a tag, `<pre>`) apart from what is between them. A fence without an end goes
 * to the end of the text, or of the item of a list that it stands in (CommonMark, 4.5).
 */
export function codeApart(markdown: string): Piece[] {
  const lines = markdown.split('\n')
  const pieces: Piece[] = []
  let text: string[] = []
  const put = (code: readonly string[]) => {
    if (text.length > 0) pieces.push({ text: `${text.join('\n')}\n`, isCode: false })
    text = []
    pieces.push({ text: `${code.join('\n')}\n`, isCode: true })
  }
  let isInList = false
  for (let at = 0; at < lines.length;) {
    const line = lines[at]!
    if (line !== '' && !/^[ \t]/.test(line)) isInList = listItem.test(line)
    else if (listItem.test(line)) isInList = true
    const code = fenced(lines, at, isInList) ?? tagged(lines, at) ?? indentedCode(lines, at, isInList)
    if (code) put(code.lines)
    else text.push(line)
    at = code?.end ?? at + 1
  }
  if (text.length > 0) pieces.push({ text: text.join('\n'), isCode: false })
  else if (pieces.length > 0) pieces.at(-1)!.text = pieces.at(-1)!.text.slice(0, -1)
  return pieces
}

interface Code {
  lines: string[]
  /** The line behind it. */
  end: number
}

function fenced(lines: readonly string[], at: number, isInList: boolean): Code | undefined {
  const line = lines[at]!.slice(0, 500)
  const [, mark, info = ''] = fence.exec(line) ?? []
  const html = htmlCode.exec(line)?.[1]?.toLowerCase()
  if (html !== undefined) {
    const end = lines.findIndex(
      (each, index) => index >= at && index < at + longestBlock && each.toLowerCase().includes(`</${html}`),
    )
    return end < 0 ? undefined : { lines: lines.slice(at, end + 1), end: end + 1 }
  }
  if (mark === undefined || (mark.startsWith('`') && info.includes('`'))) return undefined
  let end = at + 1
  const isInItem = isInList && /^[ \t]/.test(line)
  const farthest = line.indexOf(mark) + deeper
  while (end < lines.length && !closes(lines[end]!, mark, farthest)) {
    if (isInItem && /^[^ \t]/.test(lines[end]!)) return { lines: lines.slice(at, end), end }
    end++
  }
  return { lines: lines.slice(at, end + 1), end: end + 1 }
}

/** Lines of one piece of code in HTML. What is longer is looked through as text. */
const longestBlock = 2_000

/** Spaces by which the end of a fence may stand deeper than its beginning: with more it is part of the code (CommonMark, 4.5). */
const deeper = 3

function closes(line: string, mark: string, farthest: number): boolean {
  const start = line.slice(0, 500)
  const bare = start.replace(/^[ \t>]{0,40}/, '').trimEnd()
  if (start.indexOf(bare) > farthest) return false
  return bare.length >= mark.length && bare.startsWith(mark) && bare === mark.charAt(0).repeat(bare.length)
}

function tagged(lines: readonly string[], at: number): Code | undefined {
  const [, liquid, liquidInfo, hugo, hugoInfo, behind = ''] = codeTag.exec(lines[at]!.slice(0, 500)) ?? []
  const name = liquid ?? hugo
  if (name === undefined) return undefined
  const closing =
    liquid === undefined
      ? new RegExp(String.raw`\{\{[<%]\s{0,9}/\s{0,9}${name}\b`)
      : new RegExp(String.raw`\{%-?\s{0,9}end${name}\b`)
  const inside: string[] = []
  for (let end = at; end < lines.length && end < at + longestBlock; end++) {
    const line = end === at ? behind : lines[end]!
    const stop = closing.exec(line)
    if (stop)
      return { lines: asFence([...inside, line.slice(0, stop.index)], liquidInfo ?? hugoInfo ?? ''), end: end + 1 }
    inside.push(line)
  }
  return undefined
}

function asFence(code: readonly string[], info: string): string[] {
  const longest = Math.max(2, ...code.flatMap(line => Array.from(line.matchAll(/`+/g), ([run]) => run.length)))
  const mark = '`'.repeat(longest + 1)
  const inside = [...code]
  while (inside[0]?.trim() === '') inside.shift()
  while (inside.at(-1)?.trim() === '') inside.pop()
  const language = /^\s*([\w+#-]{1,30})(?=\s|$)/.exec(info)?.[1] ?? ''
  return ['', mark + language, ...inside, mark, '']
}

/** Behind a blank line, or at the top. In a list it is more of the item. */
function indentedCode(lines: readonly string[], at: number, isInList: boolean): Code | undefined {
  const isThere = (index: number) => indented.test(lines[index]!) && lines[index]!.trim() !== ''
  if (isInList || !isThere(at) || (at > 0 && lines[at - 1]!.trim() !== '')) return undefined
  let end = at + 1
  while (end < lines.length && isThere(end)) end++
  return { lines: lines.slice(at, end), end }
}

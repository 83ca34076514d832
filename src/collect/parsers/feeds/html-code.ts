/** A piece of HTML: what stands in `pre` and `code` apart from the rest. */
interface Piece {
  text: string
  isCode: boolean
}

/** The pieces of an HTML text in their order. An element that never ends is no code. */
export function codeSpansOfHtml(html: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const lastEnds = new Map(['pre', 'code'].map(name => [name, html.lastIndexOf(`</${name}>`)]))
  for (const { 1: name = '', index } of html.matchAll(/<(pre|code)(?=[\s>])/g)) {
    if (index < at || index > lastEnds.get(name)!) continue
    const end = html.indexOf(`</${name}>`, index) + name.length + 3
    pieces.push({ text: html.slice(at, index), isCode: false }, { text: html.slice(index, end), isCode: true })
    at = end
  }
  return [...pieces, { text: html.slice(at), isCode: false }]
}

/** Characters of one tag or expression. */
const longest = 2_000

/** Behind the `>` of the tag that begins there: one in quotes or braces is not its end. Undefined where it has none. */
export function endOfTag(text: string, at: number): number | undefined {
  return endOf(text, at + 1, '>')
}

/** Behind the brace that closes the one that stands there. */
export function endOfExpression(text: string, at: number): number | undefined {
  return endOf(text, at + 1, '}')
}

function endOf(text: string, from: number, close: string): number | undefined {
  const sign = /["'`{}>]|\n[ \t]*\n/g
  sign.lastIndex = from
  let depth = 0
  const window = text.slice(0, from + longest)
  for (let found = sign.exec(window); found !== null; found = sign.exec(window)) {
    const [mark] = found
    if (mark === close && depth === 0) return sign.lastIndex
    if (mark === '{') depth++
    else if (mark === '}') depth--
    else if (mark.startsWith('\n') && depth === 0) return undefined
    else if (/["'`]/.test(mark) && (depth > 0 || close === '}' || window[found.index - 1] === '=')) {
      const end = window.indexOf(mark, sign.lastIndex)
      if (end < 0) return undefined
      sign.lastIndex = end + 1
    }
    if (depth < 0) return undefined
  }
  return undefined
}

const begins =
  /^(?:import\s+(?:[\w*{][^'"\n]{0,500}\sfrom\s+)?['"][^'"\n]{1,300}['"];?\s*$|import\s+(?:type\s+)?[\w*{$,\s]{1,200}$|export\s+(?:const|let|var|function|default|class|async|type|interface)\b|export\s+[{*])/

/** Lines of one `import` or `export`. */
const mostLines = 300

/**
 * A text without the modules that MDX reads (https://mdxjs.com/docs/what-is-mdx/#esm): an `import` or `export` at the beginning of a line, up to
 * the line on which its brackets are closed.
 */
export function withoutModules(text: string, isMdx: boolean): string {
  if (!/^(?:import|export)\s/m.test(text)) return text
  const lines = text.split('\n')
  const shown: string[] = []
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!
    if (line.length > 1_000 || !begins.test(line) || !(isMdx || isPlainly(line))) shown.push(line)
    else at = endOfModule(lines, at)
  }
  return shown.join('\n')
}

/** In a file that is not said to be MDX: an address in quotes behind it, or what no sentence has. */
function isPlainly(line: string): boolean {
  return (
    /^import\s.*['"][^'"]+['"];?\s*$/.test(line) ||
    /^export\s+(?:const|let|var|function|class|async)\s+\w+.*[=({]/.test(line) ||
    /^(?:im|ex)port\s*\{/.test(line)
  )
}

/** The last line of the statement that begins on one; that line itself where it never ends. */
function endOfModule(lines: readonly string[], from: number): number {
  let depth = 0
  for (let at = from; at < lines.length && at < from + mostLines; at++) {
    const line = lines[at]!.slice(0, 5_000).replace(/(["'`])(?:[^"'`\\]|\\.)*\1/g, '')
    depth += (line.match(/[{([]/g)?.length ?? 0) - (line.match(/[})\]]/g)?.length ?? 0)
    if (depth <= 0 && !/[=,({[]\s*$/.test(line)) return at
  }
  return from
}

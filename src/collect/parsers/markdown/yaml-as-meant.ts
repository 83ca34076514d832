/** A key at the beginning of a line, and what stands behind it. */
const keyed = /^([ \t]*(?:- )?)("[^"]{1,100}"|[\p{L}\p{N}_][\p{L}\p{N}_.-]{0,100}?)[ \t]*:(?:[ \t]+(.*)|)$/u
/** The head of a block of text: what is indented below it is no YAML. */
const block = /^[|>][+-]?\d?[ \t]*$/

/**
 * YAML as people mean it who do not know all of it, line for line: a value with `: ` or ` #` in it, with marks of YAML in front or with quotes
 * within quotes is text; a quoted value may go on at the margin, as most parsers let it; tabs are spaces. Undefined where nothing was meant so.
 */
export function asMeant(yaml: string): string | undefined {
  let open: string | undefined
  let blockMargin = -1
  const lines = yaml.split('\n')
  const meant = lines.map((line, index) => {
    if (open !== undefined) {
      if (endsQuoted(line, open)) open = undefined
      // Deeper than its key: only then does our parser take it for more of the same.
      return line.trim() === '' ? line : `  ${line}`
    }
    if (blockMargin >= 0 && (line.trim() === '' || line.search(/\S/) > blockMargin)) return line
    blockMargin = -1
    const [, indent = '', key, value = ''] = keyed.exec(line.slice(0, 10_000)) ?? []
    if (key === undefined) return line.replace(/^[ \t]+/, space => space.replaceAll('\t', '  '))
    if (block.test(value)) blockMargin = indent.length
    const quote = /^["']/.exec(value)?.[0]
    if (quote !== undefined && !hasEnd(value, quote) && goesOn(lines, index, quote)) {
      open = quote
      return line
    }
    return `${indent.replaceAll('\t', '  ')}${key}:${value === '' ? '' : ` ${quotedAsNeeded(value)}`}`
  })
  const text = meant.join('\n')
  return text === yaml ? undefined : text
}

function hasEnd(value: string, quote: string): boolean {
  return value.length > 1 && endsQuoted(value.slice(1), quote)
}

function endsQuoted(line: string, quote: string): boolean {
  const bare = line.replace(/[ \t]+#[^"']*$/, '').trimEnd()
  return bare.endsWith(quote) && !(quote === '"' && /[^\\](?:\\\\)*\\"$/.test(bare.slice(-100)))
}

/** Lines that a value may run over. */
const longestValue = 40

/** Does a later line end the quotes, before another key begins at the margin with an end of its own? */
function goesOn(lines: readonly string[], index: number, quote: string): boolean {
  for (const line of lines.slice(index + 1, index + longestValue)) {
    if (keyed.test(line.slice(0, 1_000))) return false
    if (endsQuoted(line, quote)) return true
  }
  return false
}

/** A value that YAML would read as something else than text, in quotes. Lists, maps, blocks and what is quoted well stay. */
function quotedAsNeeded(value: string): string {
  const text = value.trimEnd()
  if (block.test(text) || /^\[.*\]$|^\{[^{%].*\}$/.test(text)) return text
  const quote = /^["']/.exec(text)?.[0]
  if (quote === undefined) return isAmbiguous(text) ? JSON.stringify(text) : text
  if (!hasEnd(text, quote)) return /["']/.test(text.slice(1)) ? JSON.stringify(text) : text
  const inside = text.slice(1, -1)
  // A quote within quotes of its kind ended the value too early; doubled or escaped it is YAML's own.
  const clashes = quote === '"' ? /(?:^|[^\\])"/.test(inside) : inside.replaceAll("''", '').includes("'")
  return clashes ? JSON.stringify(quote === '"' ? inside.replaceAll('\\"', '"') : inside) : text
}

function isAmbiguous(text: string): boolean {
  // A list that never ends was meant to be one.
  if (/^\[[^\]]*$|^\{[^}]*$/.test(text)) return false
  return /^[@`%&*!|>{}[\],?]/.test(text) || /:(?:\s|$)/.test(text)
}

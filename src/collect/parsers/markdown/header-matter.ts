import type { Fields, Tree } from './matter-tree.ts'

/** Characters. */
const longest = 20_000

const line = /^([A-Za-z][\w -]{0,40}):(?:[ \t]+(.*)|[ \t]*)$/

/** Some of these stand in the header of an article, none in that of an e-mail or an HTTP answer. */
const ours = new Set([
  'date',
  'author',
  'authors',
  'category',
  'categories',
  'tags',
  'slug',
  'status',
  'summary',
  'layout',
])
const foreign = /^(?:from|to|cc|subject|message-id|mime-version|received|content-type|return-path|reply-to)$/i

/** Front matter without fences: its fields, or YAML where a fence ends it. */
export type Header = { root: Fields; yaml?: never; body: string } | { yaml: string; body: string }

/**
 * Lines of `Key: value` at the top with a title among them: up to an empty line, as Pelican and MultiMarkdown have them, or up to `---`, which
 * is YAML whose first fence Hexo lets one leave out. Undefined for any other text.
 */
export function readHeader(text: string): Header | undefined {
  if (!line.test(text.slice(0, text.indexOf('\n') < 0 ? 0 : Math.min(text.indexOf('\n'), 1_000)))) return undefined
  const top = text.slice(0, longest)
  const hexo = /\n---[ \t]*(?:\n|$)/.exec(top)
  const blank = /\n[ \t]*(?:\n|$)/.exec(top)
  if (hexo && (!blank || hexo.index <= blank.index)) {
    const yaml = top.slice(0, hexo.index)
    const keys = yaml.split('\n').flatMap(each => line.exec(each.slice(0, 1_000))?.[1]?.toLowerCase() ?? [])
    return isOurs(keys) ? { yaml, body: text.slice(hexo.index + hexo[0].length) } : undefined
  }
  if (!blank) return undefined
  const fields = fieldsIn(top.slice(0, blank.index).split('\n'))
  return fields && isOurs([...fields.keys()])
    ? { root: { fields, line: 1 }, body: text.slice(blank.index + blank[0].length) }
    : undefined
}

function isOurs(keys: readonly string[]): boolean {
  return keys.includes('title') && keys.some(key => ours.has(key)) && !keys.some(key => foreign.test(key))
}

/** Undefined where a line is neither a field nor, indented, more of the one before. */
function fieldsIn(lines: readonly string[]): Map<string, Tree> | undefined {
  const fields = new Map<string, Tree>()
  let last: { text: string; line: number } | undefined
  for (const [index, each] of lines.entries()) {
    const [, key, text = ''] = line.exec(each.slice(0, 10_000)) ?? []
    if (key !== undefined) {
      last = { text: text.trim(), line: index + 1 }
      fields.set(key.toLowerCase(), last)
    } else if (last && /^[ \t]/.test(each)) last.text = `${last.text} ${each.trim()}`.trim()
    else return undefined
  }
  return fields
}

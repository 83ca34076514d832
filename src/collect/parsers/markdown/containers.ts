const opening = /^[ \t]{0,20}:{3,}[ \t]{0,9}(?:\{?[ \t]?\.?([\w-]{1,60}))?(.{0,500})$/
const admonition =
  /^([ \t]{0,20})(?:===[!+]?(?=[ \t]+")|(?:!!!|\?\?\?\+?)[ \t]+[\w -]{1,60})[ \t]*(?:"([^"\n]{0,300})")?[ \t]*$/
const leaf = /^[ \t]{0,20}::[\w-]{1,60}(?:\[([^\]\n]{0,300})\])?(?:\{[^{}\n]{0,500}\})?[ \t]*$/

/**
 * Markdown without the fences of containers (`:::note Title`, Docusaurus, VitePress, Pandoc) and the heads of admonitions (`!!! note "Title"`, MkDocs,
 * whose text is indented): the text in them stays, and their titles as a strong line.
 */
export function withoutContainers(markdown: string): string {
  if (!/^[ \t]{0,20}(?:::|!!!|\?\?\?|===)/m.test(markdown)) return markdown
  const shown: string[] = []
  let margin: string | undefined
  for (const line of markdown.split('\n')) {
    const [admonishes, indent = '', title = ''] = admonition.exec(line.slice(0, 1_000)) ?? []
    const isInside = margin !== undefined && (line.trim() === '' || /^(?: {4}|\t)/.test(line.slice(margin.length)))
    if (admonishes !== undefined) {
      margin = indent
      shown.push(...titleLines(title))
    } else if (isInside) {
      shown.push(line.slice(margin!.length).replace(/^(?: {4}|\t)/, ''))
    } else {
      margin = undefined
      shown.push(...linesFor(line))
    }
  }
  return shown.join('\n')
}

function linesFor(line: string): string[] {
  const [leaves, label = ''] = leaf.exec(line.slice(0, 1_000)) ?? []
  if (leaves !== undefined) return label === '' ? [''] : ['', label, '']
  const [opens, , rest = ''] = opening.exec(line) ?? []
  if (opens === undefined) return [line]
  const [, attribute] = /\btitle="([^"]{0,300})"/.exec(rest) ?? []
  const written = /^\[([^\]]{0,300})\]/.exec(rest.trim())?.[1] ?? rest.replace(/\{[^{}]*\}?|\}/g, '')
  return titleLines((attribute ?? written).replace(/^[\s:}]+|[\s:]+$/g, ''))
}

function titleLines(title: string): string[] {
  return title.trim() === '' ? [''] : ['', `**${title.trim()}**`, '']
}

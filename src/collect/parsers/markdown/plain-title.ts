import { plainOf } from '../plain.ts'
import { withoutCode } from './template-code.ts'
import { withoutMarkdown } from './without-markdown.ts'

/** Characters. */
const longest = 20_000

/** A title or summary of front matter as plain text: without tags, entities, Markdown and template code, which its system resolves. */
export function plainTitle(written: string): string {
  if (written.length > longest) return written
  const resolved = /\{[{%#]/.test(written) ? withoutCode(written) : written
  return withoutMarkdown(plainOf(resolved)).replace(/\s+/g, ' ').trim()
}

import { atom } from './feeds/atom.ts'
import type { Parser } from './draft.ts'
import { isMarkdownPath } from './file-name.ts'
import { wireChange } from './followed/wire-change.ts'
import { foreign, foreignText } from './foreign/foreign.ts'
import { html } from './html/html.ts'
import { jsonFeed } from './feeds/json-feed.ts'
import { markdown } from './markdown/markdown.ts'
import { newsmlG2 } from './newsml/newsml-g2.ts'
import type { ParserName } from './names.ts'
import { newsml1 } from './newsml-1/newsml-1.ts'
import { nitf } from './nitf/nitf.ts'
import { ninjs } from './ninjs/ninjs.ts'
import { pageDump } from './page-dump/page-dump.ts'
import { rss } from './feeds/rss.ts'

/** Every format that stored articles may have, by its name in the configuration. `auto` takes the first that recognises the text. */
export const parsers = {
  atom,
  html,
  'json-feed': jsonFeed,
  markdown,
  'newsml-1': newsml1,
  'newsml-g2': newsmlG2,
  ninjs,
  nitf,
  rss,
  // Recognises every text, so it stays the last.
  'page-dump': pageDump,
} satisfies Record<ParserName, Parser>

export type { ParserName }

/**
 * The parser for a source's `format`: the one of that name, or for `auto` the one whose format the text is in, or its name says. What is
 * no article in any format has a parser that says so, also where page dumps are expected, which any text could be.
 */
export function parserFor(format: string, text: string, path = ''): { parser: Parser; format: string } {
  // What another Feedwire tells is in no file.
  if (format === 'wire') return { parser: wireChange, format }
  const named = new Map<string, Parser>(Object.entries(parsers)).get(format)
  const { 'page-dump': last, ...told } = parsers
  if (named !== undefined && named !== last) return { parser: named, format }
  const isMarkdown = named === undefined && isMarkdownPath(path)
  const formats: [string, Parser][] = named === last ? [] : Object.entries(told)
  const strangers: [string, Parser][] = isMarkdown ? [] : [['foreign', foreignText]]
  const rivals = [...strangers, ...formats, ['foreign', foreign] as const]
  const rest = isMarkdown ? (['markdown', markdown] as const) : (['page-dump', last] as const)
  const [name, parser] = rivals.find(([, rival]) => rival.recognises(text)) ?? rest
  return { parser, format: name }
}

/** The names of the parsers, for those that name them and read nothing: their table loads every parser. */
export const parserNames = [
  'atom',
  'html',
  'json-feed',
  'markdown',
  'newsml-1',
  'newsml-g2',
  'ninjs',
  'nitf',
  'rss',
  'page-dump',
] as const

export type ParserName = (typeof parserNames)[number]

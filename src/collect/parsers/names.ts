/** The names of the parsers, for those that name them and read nothing: their table loads every parser. */
export const parserNames = ['atom', 'html', 'json-feed', 'markdown', 'newsml-g2', 'ninjs', 'rss', 'page-dump'] as const

export type ParserName = (typeof parserNames)[number]

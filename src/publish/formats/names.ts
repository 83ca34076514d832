/** The names of the formats of editions, for those that name them and render none: their table loads what renders. */
export const formatNames = ['rss', 'atom', 'json'] as const

export type FormatName = (typeof formatNames)[number]

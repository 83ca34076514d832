import type { Format } from './format.ts'

/**
 * Every format of editions; another is a file, and a line here. A name is also the ending of the URL, `/feeds/NAME.rss`. Who
 * likes several alike gets the earliest, and who asks for none the first. What renders is loaded by `index.ts`: whoever
 * only names formats needs none of it.
 */
export const formatTable = {
  rss: async () => (await import('./rss.ts')).rss,
  atom: async () => (await import('./atom.ts')).atom,
  json: async () => (await import('./json.ts')).json,
} satisfies Record<string, () => Promise<Format>>

export type FormatName = keyof typeof formatTable

export const formatNames = Object.keys(formatTable) as readonly FormatName[]

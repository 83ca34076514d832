import { atom } from './atom.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { rss } from './rss.ts'

/** Every format of editions. A name here is also the ending of the URL, `/feeds/NAME.rss`. */
export const formats = { rss, atom, json } satisfies Record<string, Format>
export type FormatName = keyof typeof formats

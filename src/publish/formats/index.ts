import { atom } from './atom.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import type { FormatName } from './names.ts'
import { rss } from './rss.ts'

/** Every format of editions. A name here is also the ending of the URL, `/feeds/NAME.rss`. */
export const formats = { rss, atom, json } satisfies Record<FormatName, Format>
export type { FormatName }

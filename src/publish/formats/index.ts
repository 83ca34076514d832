import { atom } from './atom.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { formatNames, type FormatName } from './names.ts'
import { rss } from './rss.ts'

/**
 * Every format of editions. A name here is also the ending of the URL, `/feeds/NAME.rss`. Who likes several alike gets the
 * earliest, and who asks for none the first.
 */
export const formats = { rss, atom, json } satisfies Record<FormatName, Format>
export { formatNames, type FormatName }

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}

/** Without charset, as links name it and clients ask for it. */
export function mediaTypeOf(name: FormatName): string {
  return formats[name].contentType.replace(/;.*/, '')
}

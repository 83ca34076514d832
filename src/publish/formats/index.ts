import type { Format } from './format.ts'
import { formatNames, formatTable, type FormatName } from './names.ts'

const loaded = await Promise.all(formatNames.map(async name => [name, await formatTable[name]()] as const))

/** Every format of editions, in the order of their table (`names.ts`). */
export const formats = Object.fromEntries(loaded) as Readonly<Record<FormatName, Format>>
export { formatNames, type FormatName }

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name)
}

/** Without charset, as links name it and clients ask for it. */
export function mediaTypeOf(name: FormatName): string {
  return formats[name].contentType.replace(/;.*/, '')
}

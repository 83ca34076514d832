import { bind, type Part } from '../edition.ts'
import { formats, type FormatName } from '../publish/formats/index.ts'

interface Whole {
  bytes: Buffer
  /** All its entries. */
  parts: readonly Part[]
  format: string
}

/** An edition as it would be with fewer of its entries: the same head and tail, and where the entries stand in it. */
export function withEntries(kept: readonly Part[], { bytes, parts, format }: Whole): Pick<Whole, 'bytes' | 'parts'> {
  const bound = bind(
    kept.map(({ start, end }) => bytes.subarray(start, end)),
    {
      head: bytes.subarray(0, parts[0]?.start),
      separator: Buffer.from(formats[format as FormatName].separator),
      tail: bytes.subarray(parts.at(-1)?.end ?? bytes.length),
    },
  )
  return { bytes: bound.bytes, parts: kept.map((part, at) => ({ ...part, ...bound.places[at]! })) }
}

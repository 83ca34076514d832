import type { Part } from '../edition.ts'
import { formats, type FormatName } from '../publish/formats/index.ts'

interface Whole {
  bytes: Buffer
  /** All its entries. */
  parts: readonly Part[]
  format: string
}

/** An edition as it would be with fewer of its entries: the same head and tail, and where the entries stand in it. */
export function withEntries(kept: readonly Part[], { bytes, parts, format }: Whole): Pick<Whole, 'bytes' | 'parts'> {
  const separator = Buffer.from(formats[format as FormatName].separator)
  const pieces = [bytes.subarray(0, parts[0]?.start)]
  const moved: Part[] = []
  let end = pieces[0]!.length
  for (const part of kept) {
    if (moved.length > 0) pieces.push(separator)
    const start = moved.length > 0 ? end + separator.length : end
    end = start + part.end - part.start
    pieces.push(bytes.subarray(part.start, part.end))
    moved.push({ ...part, start, end })
  }
  const tail = parts.length === 0 ? Buffer.alloc(0) : bytes.subarray(parts.at(-1)?.end)
  return { bytes: Buffer.concat([...pieces, tail]), parts: moved }
}

import type { Ref } from '../article.ts'
import { hashOf, type Edition } from '../edition.ts'
import { formats, type FormatName } from '../publish/formats/index.ts'
import { encode } from './coding.ts'

/**
 * The edition without the entries of articles that were taken away; the same one where it has none of them. It stands until it is published
 * anew, under the same date: that one's is later.
 */
export async function cutOut(edition: Edition, isTakenDown: (ref: Ref) => boolean): Promise<Edition> {
  const { changes, bodies, format, modified } = edition
  if (!changes?.parts.some(({ ref }) => isTakenDown(ref))) return edition
  const before = String(bodies.identity)
  const { separator } = formats[format as FormatName]
  const parts = []
  let text = before.slice(0, changes.parts[0]?.start)
  for (const part of changes.parts.filter(({ ref }) => !isTakenDown(ref))) {
    if (parts.length > 0) text += separator
    const start = text.length
    text += before.slice(part.start, part.end)
    parts.push({ ...part, start, end: text.length })
  }
  text += before.slice(changes.parts.at(-1)?.end)
  const identity = Buffer.from(text)
  const [gzip, br] = await Promise.all([encode(identity, 'gzip'), encode(identity, 'br')])
  // A delta would not tell that something is gone.
  const whole = { ...changes, parts, cut: modified + 1 }
  return { ...edition, hash: hashOf(text), bodies: { identity, gzip, br }, changes: whole }
}

import { readSlug, refOf, type Instant, type Ref } from './article.ts'
import type { Head } from './head.ts'

/** The newest word about an article that was taken away, or is released: what is needed to keep to it, and nothing of what it said. */
export interface Takedown {
  ref: Ref
  action: 'kill' | 'withhold' | 'release'
  /** Milliseconds since 1970. Of two words about one article the later counts. */
  at: number
  reason?: string
  /** Of a kill: it was the word of the Feedwire that the article comes from, and ends with it. */
  by?: 'source'
  /** What leads to it beside its uri, in this whole installation: `bytes:SHA-256`, `text:SHA-256 of a content`, `id:OWN ID`. */
  binds: string[]
  version: number
  language: string
  published: Instant
  file?: string
  ownId?: string
  ownVersion?: string
}

/** Without its moment, which the commit gives it. */
export type Told = Omit<Takedown, 'at'>

/** What a takedown tells of an article with this head. `binds` is what is known to lead to it besides its own id and its text. */
export function takedownOf(head: Head, action: Takedown['action'], binds: readonly string[]): Told {
  const { version, language, published, file, ownId, ownVersion, note, withheldBy: by } = head
  const kept = {
    version,
    language,
    published,
    file,
    ownId,
    ownVersion,
    ...(by === 'source' && action === 'kill' && { by }),
  }
  const all = [...binds, ...(ownId === undefined ? [] : [idBind(ownId)])]
  return { ref: refOf(head), action, ...(note !== undefined && { reason: note }), binds: [...new Set(all)], ...kept }
}

export function bytesBind(digest: string): string {
  return `bytes:${digest}`
}

export function textBind(digest: string): string {
  return `text:${digest}`
}

export function idBind(ownId: string): string {
  return `id:${ownId}`
}

/** As it stands in the store and in the list on disk: `AT JSON`. */
export function encodeTakedown({ at, ...told }: Takedown): string {
  return `${at} ${JSON.stringify(told)}`
}

/** Undefined for text that is none. */
export function decodeTakedown(text: string): Takedown | undefined {
  const [, at, told] = /^(\d{1,16}) (\{.*\})$/.exec(text) ?? []
  if (at === undefined || told === undefined) return undefined
  try {
    return { ...(JSON.parse(told) as Told), at: Number(at) }
  } catch {
    return undefined
  }
}

/** Names a takedown to partners and operators: `SOURCE-KEY.POSITION`, of the change on the wire that took the article away. */
export function takedownId(ref: Ref, position: number): string {
  return `${ref.replace('/', '-')}.${position}`
}

/** Undefined for text that is none. */
export function readTakedownId(id: string): { ref: Ref; position: number } | undefined {
  const [, slug = '', position] = /^(.{1,300})\.(\d{1,15})$/.exec(id) ?? []
  const named = readSlug(slug)
  return named === undefined ? undefined : { ref: refOf(named), position: Number(position) }
}

import { mintKey, refOf, type Ref } from '../article.ts'
import type { Config } from '../config.ts'
import type { Head } from '../head.ts'
import { decodeFile } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { knownSources } from './known-sources.ts'
import { kill } from './life.ts'

export interface TwinsOptions {
  config: Config
  store: Store
  /** Milliseconds since 1970. */
  now: number
}

/**
 * Kills what has the own id or the bytes of a killed article and came before its kill, in any source: later ones are
 * refused. Returns their heads as they were. By look-ups, however many articles there are.
 */
export async function killTwins(ref: Ref, reason: string, options: TwinsOptions): Promise<Head[]> {
  const { config, store, now } = options
  const sources = (await knownSources({ config, store })).map(({ name }) => name)
  const killed: Head[] = []
  const waiting = [ref]
  for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
    for (const twin of await twinsOf(one, sources, store)) {
      if (!(await kill(refOf(twin), reason, { store, now }))) continue
      killed.push(twin)
      // It is bound by its own bytes too.
      waiting.push(refOf(twin))
    }
  }
  return killed
}

async function twinsOf(ref: Ref, sources: readonly string[], store: Store): Promise<Head[]> {
  const { binds = [] } = (await store.takedowns.of(ref)) ?? {}
  const valuesOf = (kind: string) =>
    binds.flatMap(bind => (bind.startsWith(`${kind}:`) ? bind.slice(kind.length + 1) : []))
  const asked = sources.flatMap(source => [
    ...valuesOf('id').map(id => ofOwnId(source, id, store)),
    ...valuesOf('bytes').map(digest => ofBytes(source, digest, store)),
  ])
  return (await Promise.all(asked)).flat().filter(head => refOf(head) !== ref && head.pubStatus !== 'canceled')
}

/** As it was minted; a key that was taken got another number (design, "Identity and versions"). */
async function ofOwnId(source: string, id: string, store: Store): Promise<Head[]> {
  const minted = mintKey(id)
  const found: Head[] = []
  for (let suffix = 1; ; suffix++) {
    const head = await store.articles.head(`${source}/${suffix === 1 ? minted : `${minted}-${suffix}`}`)
    if (head === undefined) return found
    if (head.ownId === id) found.push(head)
  }
}

/** Of a file that holds nothing else. */
async function ofBytes(source: string, digest: string, store: Store): Promise<Head[]> {
  const path = await store.files.pathOfBytes(source, digest)
  const text =
    path === null ? null : ((await store.files.record(source, path)) ?? (await store.files.goneRecord(source, path)))
  const record = text === null ? undefined : decodeFile(text)
  const [key, ...others] = record?.digest === digest ? record.keys : []
  const head = key === undefined || others.length > 0 ? undefined : await store.articles.head(`${source}/${key}`)
  return head === undefined ? [] : [head]
}

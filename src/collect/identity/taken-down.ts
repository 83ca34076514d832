import { instant, refOf, uriOf } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import type { ArticleChange } from '../../store/commits.ts'
import { bindsOf } from '../../store/takedown-binds.ts'
import type { Store } from '../../store/store.ts'
import { bytesBind, idBind, takedownOf, textBind } from '../../takedown.ts'
import type { PackedReading } from '../reading/packed.ts'
import type { Cancellation } from '../reading/read.ts'
import type { Place } from './next-version.ts'

/** What it says was taken away under another uri: it stays a reject until that is released. */
export class TakenDown extends Unusable {
  constructor(
    message: string,
    /** As in `Takedown.binds`. */
    readonly bind: string,
  ) {
    super(message)
  }
}

/** By what an input may have been taken away, most telling first. */
export function bindsOfReading(reading: PackedReading | Cancellation, digest: string): string[] {
  const { ownId } = reading
  return [
    ...(digest === '' ? [] : [bytesBind(digest)]),
    ...(reading.pubStatus === 'canceled' ? [] : [textBind(reading.body.digest)]),
    ...(ownId === undefined ? [] : [idBind(ownId)]),
  ]
}

/** Refuses with `TakenDown` where one of the binds is that of another article than those named (refs). Returns what each is bound to, '' for nothing. */
export async function refuseTakenDown(
  binds: readonly string[],
  own: readonly string[],
  store: Store,
): Promise<Record<string, string>> {
  const bound = await Promise.all(binds.map(bind => store.takedowns.boundTo(bind)))
  for (const [index, ref] of bound.entries()) {
    const bind = binds[index] ?? ''
    if (ref !== undefined && !own.includes(ref)) throw new TakenDown(await wordingOf(bind, ref, store), bind)
  }
  return Object.fromEntries(binds.map((bind, index) => [bind, bound[index] ?? '']))
}

const named = { bytes: 'these bytes were', text: 'this text was', id: 'what has its id was' } as const

async function wordingOf(bind: string, ref: string, store: Store): Promise<string> {
  const [{ site }, told] = await Promise.all([store.definitions.current(), store.takedowns.of(ref)])
  const what = named[bind.slice(0, bind.indexOf(':')) as keyof typeof named]
  const done = told?.action === 'withhold' ? 'withheld' : 'killed'
  const when = told === undefined ? '' : ` on ${instant(told.at)}`
  return `${what} ${done}${when} as ${uriOf(site.authority, ref)}; \`release\` would lift that`
}

/**
 * The change of an article that is taken away now, or was before, with all that leads to it by now: what its file says
 * since then must not come back as another's either. `digest`: of that file where it holds nothing else, else ''.
 */
export async function keepDown(
  { was, reading }: Place,
  change: ArticleChange | undefined,
  digest: string,
  store: Store,
): Promise<ArticleChange | undefined> {
  const head = change?.head ?? was
  const isKilled = head?.pubStatus === 'canceled'
  if (change !== undefined && was?.pubStatus === 'canceled' && !isKilled) return await lifted(change, store)
  if (head === undefined || (!isKilled && head.withheldBy !== 'operator')) return change
  const here = reading.pubStatus === 'canceled' ? [] : bindsOfReading(reading, digest)
  const before = was === undefined ? [] : await bindsOf(was, store)
  const isNew = was?.pubStatus !== head.pubStatus
  if (!isNew && here.every(bind => before.includes(bind) || bind.startsWith('id:'))) return change
  const takedown = takedownOf(head, isKilled ? 'kill' : 'withhold', [...before, ...here])
  return { ...(change ?? { ref: refOf(head), was: head, head }), takedown }
}

/** The one who killed it has released it: what led to it is free. */
async function lifted(change: ArticleChange, store: Store): Promise<ArticleChange> {
  const told = await store.takedowns.of(change.ref)
  return { ...change, takedown: takedownOf(change.head, 'release', told?.binds ?? []) }
}

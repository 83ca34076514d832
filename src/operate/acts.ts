import { instant } from '../article.ts'
import type { Act } from '../store/audit.ts'
import type { Store } from '../store/store.ts'

export interface ActOptions {
  store: Store
  /** Milliseconds since 1970. */
  now: number
  /** Who acts. */
  operator?: string | undefined
}

/** Notes what an operator did: who, what, before, after, why. */
export async function recordAct(
  act: Omit<Act, 'at' | 'operator'>,
  { store, now, operator = 'unknown' }: ActOptions,
): Promise<void> {
  await store.audit.addAct({ at: instant(now), operator, ...act })
}

import type { Who } from '../../wire/caller.ts'

/** Who asks, as a request tells it. */
export interface Asker {
  /** Another for another caller: those of one key are told the same. */
  key: string
  who: Who
  /** Absent: nobody in particular. */
  partner?: string
  hasToken: boolean
}

import { publishDue } from '../collect/rounds/due.ts'
import type { SoleStage, Works } from './stage.ts'

/** What was held back comes out in its second. */
export const releaseStage: SoleStage = {
  name: 'release',
  async round(works, { moved }) {
    const released = await releaseDue(works)
    if (released === 0) return
    works.log.info({ released }, 'released what was held back')
    await moved()
  },
}

/** One round of the articles that were held back. Returns how many are due and out now. */
export async function releaseDue({ store, takedowns, clock }: Works): Promise<number> {
  await takedowns.inForce()
  return await publishDue(store, clock())
}

import { behindFor } from '../operate/behind-for.ts'
import { publish, type Published } from '../publish/publish.ts'
import { keys } from '../store/keys.ts'
import type { NudgedStage, Works } from './stage.ts'

/** Of each feed the editions follow the wire. */
export const publishStage: NudgedStage = {
  name: 'publish',
  concurrency: 8,
  clock: 'republish',
  names: ({ feeds }) => feeds.filter(({ gone }) => !gone).map(({ name }) => name),
  behind: ({ members }) => members.behind(),
  async round(name, works) {
    const editions = await publishFeed(name, works)
    const changed = editions.filter(edition => edition.changed).map(({ format }) => format)
    if (changed.length > 0) works.log.info({ feed: name, changed }, 'published')
  },
  watch(works) {
    publishTakedownsFirst(works)
    return []
  },
}

/** One round of a feed by its name. */
export async function publishFeed(
  name: string,
  { store, takedowns, entries, sealer, log, clock }: Works,
  { force = false } = {},
): Promise<Published[]> {
  await takedowns.inForce()
  return await publish(name, { store, entries: await entries(), sealer: await sealer(), log, clock, force })
}

/** What is taken away leaves its feeds at once, beside all that waits in the queue. Workers that do so together do no harm. */
function publishTakedownsFirst(works: Works): void {
  const { store, takedowns, log, listen } = works
  const publishWithout = async (ref: string) => {
    const head = takedowns.headOf(ref) && (await store.articles.head(ref))
    if (head === undefined) return
    for (const feed of await behindFor([head], store)) await publishFeed(feed, works)
  }
  takedowns.onTold(ref => {
    // Where it fails, the feed is behind all the same, and its turn comes.
    publishWithout(ref).catch((error: unknown) => log.debug({ ref, error: String(error) }, 'takedown not published'))
  })
  const subscriber = listen()
  subscriber.on('message', (_channel: string, text: string) => takedowns.hear(text))
  subscriber.subscribe(keys.takenDown).catch(() => undefined)
}

import { hubOf } from '../feed.ts'
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

/** One round of a feed by its name. The hub that it names is told of what changed. */
export async function publishFeed(name: string, works: Works, { force = false } = {}): Promise<Published[]> {
  const { store, takedowns, entries, sealer, log, clock } = works
  await takedowns.inForce()
  const published = await publish(name, { store, entries: await entries(), sealer: await sealer(), log, clock, force })
  const changed = published.filter(edition => edition.changed)
  if (changed.length > 0) await tellHub(name, changed, works)
  return published
}

/** By the definitions that the editions were rendered with. */
async function tellHub(name: string, changed: readonly Published[], { store, pings }: Works): Promise<void> {
  const { site, feeds } = await store.definitions.current()
  const feed = feeds.get(name)
  const hub = feed && hubOf(site, feed)
  if (hub === undefined) return
  ;(await pings()).tell(
    hub,
    changed.map(({ format }) => `${site.url}/feeds/${name}.${format}`),
  )
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

import { createHash } from 'node:crypto'
import { instant, refFromUri } from '../../article.ts'
import type { WireChange, WirePage } from '../../client/follow.ts'
import type { WireSource } from '../../source.ts'
import type { Change } from '../../store/commits.ts'
import { encodeWarnings } from '../../store/files.ts'
import { encodeFollowed, type FollowState } from '../../store/followed.ts'
import { version } from '../../version.ts'
import type { Desk } from '../identity/place.ts'
import type { Stored } from '../reading/inputs.ts'
import { settingsDigest } from '../reading/settings.ts'
import { isDue, nextMoment } from '../sources/freshness.ts'
import type { WebClient } from '../sources/web-client.ts'
import { askParent, clientOf, uriIn, WireFault } from '../sources/wire.ts'
import { Intake, type Counts, type RoundOptions } from './intake.ts'
import { unseen } from './unseen.ts'
import { widowed } from './vanished.ts'

/** So many pages are read in one round, of this many changes each: others have their turn too. */
const most = { pages: 200, changes: 500 }

/** Another round has followed the wire further, or begun anew: what is known here is void. */
class Overtaken extends Error {
  override name = 'Overtaken'
}

/**
 * One round of the wire of another Feedwire: what it has to tell behind the cursor that is kept, to its end. Each page is committed
 * before the cursor behind it, and each commit only while that cursor stands: whoever dies repeats a page, and whoever is late changes
 * nothing. Where the wire has lost the cursor everything is walked through from nothing, and what is not told is withheld.
 */
export class WireRound {
  readonly counts: Counts
  /** It asked to be left alone for a while: nothing was asked. */
  stillFails = false
  readonly #source: WireSource
  readonly #options: RoundOptions
  readonly #intake: Intake
  #through = 0
  #state!: FollowState
  #were: Record<string, string> = {}

  constructor(source: WireSource, options: RoundOptions) {
    this.#source = source
    this.#options = options
    this.#intake = new Intake(
      () => this.#desk(),
      options,
      () => this.#through++,
    )
    this.counts = this.#intake.counts
  }

  /** Throws where the other one cannot be asked, or does not answer as a wire does; the next round asks again. */
  async run(): Promise<void> {
    const { store, clock, signal } = this.#options
    const { name } = this.#source
    const asked = await store.polls.get(name)
    this.stillFails = asked !== undefined && !isDue(asked.next, clock())
    if (this.stillFails) return
    try {
      await this.#follow()
      if (asked !== undefined) await store.polls.keep(name, { settings: '', next: instant(clock()), failures: 0 })
    } catch (error) {
      if (error instanceof Overtaken || signal?.aborted) return
      const wait = error instanceof WireFault ? error.wait : 0
      // No later than it asks for: a takedown may be what waits there.
      const next = nextMoment(clock(), wait, 0)
      if (wait > 0) await store.polls.keep(name, { settings: '', next, failures: 1 })
      throw error
    }
  }

  async #follow(): Promise<void> {
    const { site } = await this.#options.store.definitions.current()
    await using client = clientOf(this.#source, `Feedwire/${version} (+${site.url})`)
    await this.#begin()
    // Kills come first: a walk from nothing does not tell of them.
    if (this.#state.after !== undefined && !(await this.#read(client, false))) return
    if (this.#state.walk === undefined || !(await this.#read(client, true))) return
    await this.#sweep()
    const { walk, after = walk.after, ...state } = this.#state
    await this.#keep({ ...state, ...(after !== undefined && { after }) })
  }

  /** Walks through everything where it was never done, the settings are others, or a text that was taken away is wanted again. */
  async #begin(): Promise<void> {
    const { state, were, again } = await this.#options.store.followed.get(this.#source.name)
    this.#were = were
    const { wire, feeds } = this.#source
    const of = createHash('sha256')
      .update(JSON.stringify([wire, feeds]))
      .digest('base64url')
      .slice(0, 16)
    const by = settingsDigest(this.#source)
    const isWanted = again || !(await widowed(this.#desk()).next()).done
    if (state?.of === of && state.by === by && !isWanted) {
      this.#state = state
      return
    }
    const kept = state?.of === of && state.after !== undefined ? { after: state.after } : {}
    await this.#keep({ of, by, mark: (state?.mark ?? 0) + 1, ...kept, walk: {} })
  }

  /** To the end of what there is, from the cursor or on the walk. False: it is not there yet. */
  async #read(client: WebClient, walks: boolean): Promise<boolean> {
    const { clock, signal } = this.#options
    for (let left = most.pages; left > 0; left--) {
      if (signal?.aborted) return false
      const { after } = walks ? (this.#state.walk ?? {}) : this.#state
      const question = { after, limit: most.changes, now: clock(), signal }
      const page = await askParent(this.#source, client, question)
      if (page === 'lost') return await this.#lose(walks)
      const { cursor, more, changes } = page
      const { host } = new URL(this.#source.wire)
      if (cursor === after && (more || changes.length > 0))
        throw new WireFault(`${host} tells the same again and again`)
      await this.#take(page)
      if (cursor !== after)
        await this.#keep({ ...this.#state, ...(walks ? { walk: { after: cursor } } : { after: cursor }) })
      if (!more) return true
    }
    return false
  }

  /** The other one was put back to an earlier copy: true where the walk through everything may begin at once. */
  async #lose(walks: boolean): Promise<true> {
    const { after, ...state } = this.#state
    await this.#keep({ ...state, ...(walks && after !== undefined && { after }), mark: state.mark + 1, walk: {} })
    const { host } = new URL(this.#source.wire)
    this.#options.log.warn(
      { source: this.#source.name, host },
      'the wire has lost its cursor: all of it is walked through',
    )
    if (walks) throw new WireFault(`${host} has lost the cursor that it gave just now`)
    return true
  }

  async #take({ changes }: WirePage): Promise<void> {
    const { store, progress } = this.#options
    const { site } = await store.definitions.current()
    const theirs = changes.filter(change => !isOurs(change, site.authority))
    if (theirs.length < changes.length) await this.#warn()
    if (theirs.length === 0) return
    this.#through = 0
    await this.#intake.send({ source: this.#source, stored: theirs.map(change => this.#stored(change)) })
    await this.#intake.settled()
    if (this.#through < theirs.length) throw new Error('articles are changed by others all the time')
    progress?.(this.counts.read)
  }

  /** Without what says only where on the wire it stands: the same words are the same bytes. */
  #stored(change: WireChange): Stored {
    const { article, corrected, reason, at } = change ?? {}
    const isNotice = article?.pubStatus !== 'usable'
    const said = { article, corrected, ...(isNotice && { reason, at }) }
    const path = uriIn(change) ?? 'a change without a uri'
    return { path, bytes: Buffer.from(JSON.stringify(said)), charset: 'utf-8', state: String(this.#state.mark) }
  }

  /** Two that follow each other, or one that follows itself, would tell each other the same for ever. */
  async #warn(): Promise<void> {
    const { store, clock } = this.#options
    const { name, wire } = this.#source
    const path = new URL(wire).origin
    const standing = await store.files.warning(name, path)
    if (standing !== undefined) return
    const warning = 'Articles of this Feedwire itself come back by it: they are passed over.'
    const warnings = { [path]: encodeWarnings({ warnings: [{ warning }], since: instant(clock()) }) }
    await this.#commit({ warnings })
  }

  async #sweep(): Promise<void> {
    const { store } = this.#options
    const desk = this.#desk()
    for await (const { changes, articles } of unseen(desk, String(this.#state.mark))) {
      const fenced = changes.map(change => ({ ...change, followedWere: this.#were }))
      const outcomes = await store.commits.commit(fenced, desk.now)
      if (outcomes.some(({ committed }) => !committed)) throw new Overtaken()
      this.counts.updated += articles
    }
  }

  async #keep(state: FollowState): Promise<void> {
    const followed = encodeFollowed(this.#source.name, state)
    await this.#commit({ followed })
    this.#state = state
    this.#were = followed
  }

  async #commit(change: Partial<Change>): Promise<void> {
    const { store, clock } = this.#options
    const whole = { source: this.#source.name, followedWere: this.#were, articles: [], ...change }
    const [outcome] = await store.commits.commit([whole], clock())
    if (!outcome?.committed) throw new Overtaken()
  }

  #desk(): Desk {
    // Whether it is there still is for the wire to say.
    const origin = { isThere: () => true, digestOf: () => undefined }
    const { store, prober, clock } = this.#options
    const were = this.#were
    const confirm = async () => {
      const now = await store.followed.get(this.#source.name)
      if (Object.entries(were).some(([field, value]) => now.were[field] !== value)) throw new Overtaken()
    }
    return { source: this.#source, origin, store, prober, now: clock(), followed: { were, confirm } }
  }
}

/** An article that went out from here: by its uri, or by one that it had on its way. */
function isOurs(change: WireChange, authority: string): boolean {
  const { altIds } = (change?.article ?? {}) as { altIds?: unknown }
  const earlier = Array.isArray(altIds) ? altIds.map(each => (each as { value?: unknown } | null)?.value) : []
  return [uriIn(change), ...earlier].some(id => typeof id === 'string' && refFromUri(authority, id) !== undefined)
}

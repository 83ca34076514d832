import type { IncomingMessage } from 'node:http'
import type { Feed } from '../../feed.ts'
import type { Logger } from '../../log.ts'
import { keys } from '../../store/keys.ts'
import type { RedisClient } from '../../store/redis/connect.ts'
import type { Store } from '../../store/store.ts'
import { partnerCaller } from '../../partners/partner-caller.ts'
import type { Ledger } from '../../partners/ledger.ts'
import type { PartnerList } from '../../partners/partner-list.ts'
import type { Admission } from '../http/admission.ts'
import { Refused } from '../../wire/refused.ts'
import { Digests, type Digest } from '../../wire/digests.ts'
import type { Gone } from '../../wire/looking.ts'
import type { Page, PageQuestion } from '../../wire/page.ts'
import { ToldArticles } from '../../wire/told-articles.ts'
import { publicCaller } from '../../wire/public-caller.ts'
import type { Ask } from './ask.ts'
import type { Asker } from './asker.ts'
import { InTurn } from './in-turn.ts'
import { PagesAhead } from './pages-ahead.ts'
import type { Poll, Rest } from './poll.ts'
import type { StreamParts } from './stream.ts'
import { Streams } from './streams.ts'
import { WaitingRoom, type Seat, type Watch } from './waiting-room.ts'

export interface WireDeskOptions {
  store: Store
  gone: Gone
  /** A connection that listens, role `wait`. */
  subscriber: RedisClient
  /** As this process is configured. */
  feeds: readonly Feed[]
  partners: PartnerList
  ledger: Ledger
  admission: Admission
  log: Logger
}

/** Key of whoever has no token, and how what they watch is named. */
const nobody = ''
const nobodysKey = JSON.stringify([nobody]).slice(0, -1)

/** Bytes that an answer may have, but for what stands around its changes. */
export const mostBytes = 7_900_000

/** Where the wire is asked: one in each process, so that what many ask is answered once. */
export class WireDesk implements AsyncDisposable {
  readonly room: WaitingRoom
  readonly streams: Streams
  /** Those who wait. */
  readonly polls = new Set<Poll>()
  /** What all streams have in common. */
  readonly streaming: StreamParts
  readonly #options: WireDeskOptions
  readonly #pages = new InTurn<Page>()
  readonly #ahead: PagesAhead
  readonly #counted = new InTurn<Digest | undefined>()
  readonly #digests: Digests
  readonly #draining = new AbortController()
  readonly #nobody: Asker

  constructor(options: WireDeskOptions) {
    const { store, subscriber, feeds, partners, log } = options
    this.#options = options
    this.#ahead = new PagesAhead({ store, gone: options.gone, told: new ToldArticles() })
    this.#digests = new Digests(options)
    this.#nobody = { key: nobody, who: publicCaller(store, feeds), hasToken: false }
    const read = (watch: Watch, after: string | undefined) => this.read(watch, after)
    this.room = new WaitingRoom({ read, newest: () => store.wire.newest(), log })
    this.streaming = { read, room: this.room }
    this.streams = new Streams({ digest: (asker, names) => this.digest(asker, names), draining: this.draining })
    subscriber.on('message', (channel: string, message: string) => {
      if (channel === keys.stirred) this.room.hear(message)
    })
    // Who waits by a token that was revoked is told so.
    partners.onChanged(() => this.room.lookAgain(key => !key.startsWith(nobodysKey)))
    // ioredis subscribes again by itself after an outage.
    subscriber.subscribe(keys.stirred).catch(() => undefined)
  }

  /** Aborted when this process takes its leave: nobody is held any longer. */
  get draining(): AbortSignal {
    return this.#draining.signal
  }

  /** Throws `Refused` for a token that is good for nothing. */
  askerOf(request: IncomingMessage): Asker {
    const { partners, admission, ledger } = this.#options
    const reader = admission.readerOf(request)
    if (reader.kind === 'anyone') return this.#nobody
    if (reader.kind !== 'partner') throw new Refused('token', 'This token is good for nothing.')
    const { partner, token } = reader.known
    const key = `${partner.name}/${token.id}`
    const who = partnerCaller(reader.known, { partners, ledger, everybody: this.#nobody.who })
    return { key, who, partner: partner.name, hasToken: true }
  }

  /** A page with changes, or the end of the view. Throws `Refused`; rejects while Redis cannot be asked. */
  async read(watch: Watch, after: string | undefined): Promise<Page> {
    for (let cursor = after; ;) {
      const question = { ...watch, after: cursor }
      const page = await this.#pages.ask(`${watch.key} ${cursor ?? ''}`, () => this.#readPage(question))
      if (page.changes.length > 0 || !page.more) return page
      cursor = page.cursor
    }
  }

  /** What a partner gets is known to the store before it leaves: also another process may have to take it away from them. */
  async #readPage(question: Watch & PageQuestion): Promise<Page> {
    const { ledger } = this.#options
    const page = await this.#ahead.read(question.key, question)
    const { partner, way } = question
    if (partner === undefined || page.parcel.articles.length === 0) return page
    ledger.give(partner, way, page.parcel)
    await ledger.told()
    return page
  }

  /** Whoever asks behind a position knows all up to there. */
  passed({ partner, feeds }: Watch, position: number): void {
    if (partner === undefined) return
    // By feeds, of which there are few, and not by what can be asked for together.
    for (const feed of feeds ?? [undefined])
      this.#options.ledger.passed({ partner, position, ...(feed !== undefined && { feed }) })
  }

  /** The same, and where there is nothing yet, what comes within so many seconds; nothing once the poll has ended. */
  next(watch: Watch, { after, wait }: Pick<Ask, 'after' | 'wait'>, poll: Poll): Promise<Page | Rest> {
    const seat = wait === 0 || after === undefined ? undefined : this.room.seatAt(watch, after, poll)
    if (seat === undefined) return this.#readOrWait(watch, { after, wait }, poll)
    this.passed(watch, seat.position)
    return this.#wait(seat, wait, poll)
  }

  async #readOrWait(watch: Watch, { after, wait }: Pick<Ask, 'after' | 'wait'>, poll: Poll): Promise<Page | Rest> {
    const page = await this.read(watch, after)
    this.passed(watch, page.from)
    if (wait === 0 || page.changes.length > 0 || poll.isOver) return page
    return await this.#wait(this.room.enter(watch, page, poll), wait, poll)
  }

  #wait(seat: Seat, wait: number, poll: Poll): Promise<Page | Rest> {
    const answer = poll.wait(seat, wait * 1000)
    if (this.draining.aborted) poll.end()
    return answer
  }

  /** Undefined where the view does not hold still. Throws `Refused`; rejects while Redis cannot be asked. */
  digest({ key, who }: Asker, feeds: readonly string[] | undefined): Promise<Digest | undefined> {
    const name = JSON.stringify([key, feeds])
    return this.#counted.ask(name, () => this.#digests.of(name, { who, feeds }))
  }

  /** What one who waits at the end of a view would be told. */
  watch({ key, who, partner }: Asker, { feeds, limit, version }: Ask, way: Watch['way'], bytes = mostBytes): Watch {
    const name = JSON.stringify([key, feeds, limit, version, way])
    return { key: name, who, ...(partner !== undefined && { partner }), way, feeds, limit, version, bytes }
  }

  /** What went wrong with an answer. */
  complain(error: unknown): void {
    this.#options.log.debug({ err: error }, 'the wire could not be told')
  }

  drain(): void {
    this.#draining.abort()
    for (const poll of this.polls) poll.end()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.drain()
    this.room[Symbol.dispose]()
    this.#ahead[Symbol.dispose]()
    await Promise.resolve()
  }
}

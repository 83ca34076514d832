import type { Logger } from '../../log.ts'
import type { Page, PageQuestion } from '../../wire/page.ts'
import { Refused } from '../../wire/refused.ts'
import { encodePlace } from '../../wire/view-cursor.ts'
import type { View } from '../../wire/view.ts'

/** Somebody who stands at the end of a view. */
export interface Waiter {
  /** What came behind that. Answers whether it waits on, behind the page. */
  told: (page: Page) => boolean
  failed: (refused: Refused) => void
}

/** Where somebody waits. */
export interface Seat {
  /** A cursor no older than the one that it came with. */
  readonly cursor: string
  /** On the wire. */
  readonly position: number
  leave: () => void
}

/** What is asked behind each cursor. `key` names it, and who asks. */
export interface Watch extends Omit<PageQuestion, 'after'> {
  key: string
  /** Whom it is told, and how. Absent: nobody in particular. */
  partner?: string
  way: 'wire' | 'stream'
}

export interface WaitingRoomOptions {
  /** One answer for all who wait for it. */
  read: (watch: Watch, after: string) => Promise<Page>
  /** The newest position. */
  newest: () => Promise<{ position: number; incarnation: string }>
  log: Logger
}

/** Those who watch the same and stand at the same place. */
interface Group {
  watch: Watch
  /** What was found when it was last read. */
  at: Pick<Page, 'position' | 'incarnation' | 'view' | 'revision'>
  waiters: Set<Waiter>
  /** Something has come, or may have, since it is being read, or since it could not be. */
  isStale: boolean
  /** The group that this one went into. */
  into?: Group
}

/** Milliseconds between two looks at the newest position, should a message be lost. */
const interval = 1000

/**
 * Everybody in this process who waits for something to come on the wire, by what they watch and where they stand: a change costs one question for
 * all who are told the same, and where nothing changes waiting costs a look each second.
 */
export class WaitingRoom implements Disposable {
  readonly #options: WaitingRoomOptions
  /** By what is watched, and by position. */
  readonly #groups = new Map<string, Map<number, Group>>()
  /** Those for which is being read what has come. Who comes meanwhile is not among them: nobody is told what is older than the question. */
  readonly #read = new Set<Group>()
  /** As far as this process has heard. */
  #newest = 0
  #clock: NodeJS.Timeout | undefined

  constructor(options: WaitingRoomOptions) {
    this.#options = options
  }

  /** How many wait. */
  get size(): number {
    return [...this.#all(), ...this.#read].reduce((sum, { waiters }) => sum + waiters.size, 0)
  }

  /** Where who comes with this cursor may sit down without asking: others stand there, and nothing has come. */
  seatAt(watch: Watch, cursor: string, waiter: Waiter): Seat | undefined {
    for (const group of this.#groups.get(watch.key)?.values() ?? []) {
      const isNewest = group.at.position === this.#newest && !group.isStale
      if (isNewest && cursorOf(group) === cursor) return this.#sit(group, waiter)
    }
    return undefined
  }

  /** Behind a page that has nothing more behind it. */
  enter(watch: Watch, { position, incarnation, view, revision }: Page, waiter: Waiter): Seat {
    this.#clock ??= setInterval(() => void this.#lookRound(), interval).unref()
    const at = { position, incarnation, view, revision }
    const group = this.#place({ watch, at, waiters: new Set([waiter]), isStale: false })
    // Something was told meanwhile.
    if (position < this.#newest) this.#look(group)
    return this.#sit(group, waiter)
  }

  /** `REVISION INCARNATION FROM TO FEED ...`, as every commit tells it. Anything else is passed over. */
  hear(message: string): void {
    const [, revision = '', incarnation = '', from, to, names = ''] =
      /^(\S*) (\S*) (\d{1,15}) (\d{1,15}) ?(.*)$/.exec(message) ?? []
    if (from === undefined) return
    const touched = new Set(names.split(' '))
    const [before, position] = [Number(from), Number(to)]
    this.#newest = position
    for (const group of this.#read) group.isStale = true
    for (const group of this.#all()) {
      const { at } = group
      if (touched.has('*') || revision !== at.revision || isIn(touched, at.view)) this.#look(group)
      // Of another incarnation it may be another position, which the store has given out twice.
      else if (at.incarnation !== incarnation) this.#look(group)
      else if (at.position === before) this.#move(group, { ...at, position })
      else if (at.position < position) this.#look(group)
    }
  }

  /** Reads anew for those whose key fits: what they may have has changed. */
  lookAgain(fits: (key: string) => boolean): void {
    for (const group of this.#read) group.isStale = true
    for (const group of this.#all()) if (fits(group.watch.key)) this.#look(group)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#clock)
    this.#groups.clear()
  }

  #all(): Group[] {
    return [...this.#groups.values()].flatMap(groups => [...groups.values()])
  }

  /** For those whom no message has reached: they stand behind the wire, or beyond it since the store was put back. */
  async #lookRound(): Promise<void> {
    if (this.#groups.size === 0 && this.#read.size === 0) {
      clearInterval(this.#clock)
      this.#clock = undefined
      return
    }
    try {
      const { position, incarnation } = await this.#options.newest()
      this.#newest = position
      for (const group of this.#all()) {
        const isThere = group.at.position === position && group.at.incarnation === incarnation
        if (group.isStale || !isThere) this.#look(group)
      }
    } catch (error) {
      this.#options.log.debug({ error: String(error) }, 'the wire cannot be looked at')
    }
  }

  #look(found: Group): void {
    const group = standing(found)
    if (this.#read.has(group)) {
      group.isStale = true
      return
    }
    this.#take(group)
    group.isStale = false
    this.#read.add(group)
    this.#options.read(group.watch, cursorOf(group)).then(
      page => this.#tell(group, page),
      (error: unknown) => this.#fail(group, error),
    )
  }

  #tell(group: Group, page: Page): void {
    this.#read.delete(group)
    if (page.changes.length > 0) {
      for (const waiter of group.waiters) if (!waiter.told(page)) group.waiters.delete(waiter)
    }
    if (group.waiters.size === 0) return
    const { position, incarnation, view, revision } = page
    group.at = { position, incarnation, view, revision }
    const { isStale } = group
    const placed = this.#place(group)
    if (isStale || position < this.#newest) this.#look(placed)
  }

  #fail(group: Group, error: unknown): void {
    this.#read.delete(group)
    if (error instanceof Refused) {
      for (const waiter of group.waiters) waiter.failed(error)
      return
    }
    // Redis is away: the next round sees to it.
    this.#options.log.debug({ error: String(error) }, 'nothing can be told')
    group.isStale = true
    if (group.waiters.size > 0) this.#place(group)
  }

  /** Nothing of what has come since concerns it. */
  #move(group: Group, at: Group['at']): void {
    this.#take(group)
    group.at = at
    this.#place(group)
  }

  /** With the others who stand there. */
  #place(group: Group): Group {
    const { key } = group.watch
    const groups = this.#groups.get(key) ?? new Map<number, Group>()
    this.#groups.set(key, groups)
    const other = groups.get(group.at.position)
    if (other === undefined) {
      groups.set(group.at.position, group)
      return group
    }
    const [small, large] = other.waiters.size < group.waiters.size ? [other, group] : [group, other]
    for (const waiter of small.waiters) large.waiters.add(waiter)
    large.isStale ||= small.isStale
    small.into = large
    groups.set(large.at.position, large)
    return large
  }

  /** Where it stood another may stand by now. */
  #take(group: Group): void {
    const { key } = group.watch
    const { position } = group.at
    const groups = this.#groups.get(key)
    if (groups?.get(position) === group) groups.delete(position)
    if (groups?.size === 0) this.#groups.delete(key)
  }

  #sit(group: Group, waiter: Waiter): Seat {
    group.waiters.add(waiter)
    return new Sitting(group, waiter, this.#leave)
  }

  readonly #leave = (group: Group, waiter: Waiter): void => {
    group.waiters.delete(waiter)
    if (group.waiters.size === 0 && !this.#read.has(group)) this.#take(group)
  }
}

class Sitting implements Seat {
  #group: Group

  constructor(
    group: Group,
    private readonly waiter: Waiter,
    private readonly left: (group: Group, waiter: Waiter) => void,
  ) {
    this.#group = group
  }

  get cursor(): string {
    return cursorOf(this.#standing())
  }

  get position(): number {
    return this.#standing().at.position
  }

  leave(): void {
    this.left(this.#standing(), this.waiter)
  }

  /** A group that went into another is not held by who sat there. */
  #standing(): Group {
    this.#group = standing(this.#group)
    return this.#group
  }
}

/** The group that this one has become part of, if it has. */
function standing(group: Group): Group {
  let now = group
  while (now.into !== undefined) now = now.into
  return now
}

/** Thousands come with the same, and each is compared with it. */
const cursors = new WeakMap<Group['at'], string>()

function cursorOf({ at }: Group): string {
  const { incarnation, position, view } = at
  const cursor = cursors.get(at) ?? encodePlace({ incarnation, position }, view.binding)
  cursors.set(at, cursor)
  return cursor
}

function isIn(names: ReadonlySet<string>, view: View): boolean {
  return view.grants.some(({ feed }) => names.has(feed.name))
}

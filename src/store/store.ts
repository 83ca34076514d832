import { Articles } from './articles.ts'
import { Audit } from './audit.ts'
import { Commits } from './commits.ts'
import type { RedisClient } from './redis/connect.ts'
import { Definitions } from './definitions.ts'
import { Editions } from './editions.ts'
import { Files } from './files.ts'
import { Holders } from './holders.ts'
import { FollowStates } from './followed.ts'
import { keys } from './keys.ts'
import { Members } from './members.ts'
import { Partners } from './partners.ts'
import { PollStates } from './polls.ts'
import { Probes } from './probes.ts'
import { Takedowns } from './takedowns.ts'
import { Tellings } from './tellings.ts'
import { prune, type Pruned, type PruneOptions } from './prune.ts'
import { Pulse } from './pulse.ts'
import { Usage } from './usage.ts'
import { Views } from './views.ts'
import { Wire } from './wire.ts'

/** Where the stages meet: everything that is kept in Redis, by what it is. */
export class Store {
  readonly definitions: Definitions
  readonly commits: Commits
  readonly articles: Articles
  readonly files: Files
  readonly polls: PollStates
  readonly followed: FollowStates
  readonly probes: Probes
  readonly members: Members
  readonly wire: Wire
  readonly views: Views
  readonly editions: Editions
  readonly takedowns: Takedowns
  readonly pulse: Pulse
  readonly partners: Partners
  readonly holders: Holders
  readonly tellings: Tellings
  readonly audit: Audit
  readonly usage: Usage

  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
    this.definitions = new Definitions(redis)
    this.commits = new Commits(redis, this.definitions)
    this.articles = new Articles(redis)
    this.files = new Files(redis)
    this.polls = new PollStates(redis)
    this.followed = new FollowStates(redis)
    this.probes = new Probes(redis)
    this.members = new Members(redis, this.definitions)
    this.wire = new Wire(redis)
    this.views = new Views(redis)
    this.editions = new Editions(redis)
    this.takedowns = new Takedowns(redis)
    this.pulse = new Pulse(redis)
    this.partners = new Partners(redis)
    this.holders = new Holders(redis)
    this.tellings = new Tellings(redis, this.holders)
    this.audit = new Audit(redis)
    this.usage = new Usage(redis)
  }

  /** Takes a lock for some milliseconds; false where another has it. */
  async lock(name: string, milliseconds: number): Promise<boolean> {
    return (await this.#redis.set(keys.lock(name), '1', 'PX', Math.max(1, Math.ceil(milliseconds)), 'NX')) === 'OK'
  }

  /** Drops what is no longer to be kept. */
  prune(options: PruneOptions): Promise<Pruned> {
    return prune(this.#redis, options)
  }
}

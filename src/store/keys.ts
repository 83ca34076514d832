import type { Ref } from '../article.ts'

/**
 * Every name in Redis. All that one commit touches begins with `{wire}`, so that it lies in one hash slot of a
 * Cluster; bodies and editions are spread over the nodes.
 */
export const keys = {
  /** string: in which form feeds and positions are kept; another stands for what earlier versions of this program wrote. */
  layout: '{wire}:layout',
  /** string: names this store; another name means that its data were lost. */
  epoch: '{wire}:epoch',
  /** integer: the newest position on the wire. */
  position: '{wire}:position',
  /** list of `NAME FOUND RUN SECONDS`: each time that Redis ran anew, the position found then, its run_id, and when. */
  incarnations: '{wire}:incarnations',
  /** sorted set in pieces (lua/sorted.lua) of refs by the position of their last change. */
  told: '{wire}:told',
  /** the same for one feed, with what has left it; and with what a new rule brought or took. */
  toldOf: (feed: string) => `{wire}:feed:${feed}:told`,
  /** sorted set of seconds since 1970 by the last position that was given out in them. */
  moments: '{wire}:moments',
  /** hash ref -> Head (`encodeHead`). */
  heads: '{wire}:heads',
  /** list of Heads (`encodeHead`): what an article was, newest first. */
  past: (ref: Ref) => `{wire}:past:${ref}`,
  /** sorted set in pieces of refs by publication, in seconds since 1970. */
  members: (feed: string) => `{wire}:feed:${feed}:members`,
  /** hash feed -> how many articles it holds. */
  sizes: '{wire}:sizes',
  /** list of every ref that was ever a member, in the order in which they first became one. */
  entered: (feed: string) => `{wire}:feed:${feed}:entered`,
  /** sorted set of refs by publication: what enters it while it is being filled. */
  entering: (feed: string) => `{wire}:feed:${feed}:entering`,
  /** hash feed -> its number in `places`; hashes ref -> where the article stands (lua/places.lua), by how its key begins. */
  numbers: '{wire}:numbers',
  places: (beginning: string) => `{wire}:places:${beginning}`,
  /** hash feed -> position of the last change that touched it. */
  touched: '{wire}:touched',
  /** hash feed -> seconds since 1970 of the newest change that added, changed or removed an article of it. */
  changed: '{wire}:changed',
  /** sorted set of refs by the moment from which they may be published, in seconds since 1970. */
  held: '{wire}:held',
  /** sorted set of refs by the moment at which something of them changes by itself, in seconds since 1970. */
  turning: '{wire}:turning',
  /** hash: `uri:REF` -> Takedown (`encodeTakedown`); `bytes:DIGEST`, `text:DIGEST`, `id:OWNID` -> REF; `newest` -> another text after each; `complete` where every head that is taken away is told here. */
  takedowns: '{wire}:takedowns',
  /** hash name -> Partner as JSON. */
  partners: '{wire}:partners',
  /** integer: rises with every change of a partner. */
  partnersRevision: '{wire}:partners:revision',
  /** hash `NAME/ID` of a partner's token -> when it was used last, in seconds since 1970. */
  tokenUses: '{wire}:tokens:used',
  /** hash feed -> positions at which it was opened to everybody, closed, opened again: `FROM`, `FROM UNTIL`, `FROM UNTIL FROM`. */
  opened: '{wire}:opened',
  /** integer: position of the newest act that gave feeds to partners or took them. */
  act: '{wire}:act',
  /** hash: `revision`, `document` (site and feeds as JSON). */
  definitions: '{wire}:definitions',
  /** hash feed -> digest of the rule by which its members were chosen. */
  rules: '{wire}:rules',
  /** hash feed -> position on the wire at which it got a new rule: it has to be filled anew. */
  filling: '{wire}:filling',
  /** hash path -> FileRecord of a file seen by the last round. */
  files: (source: string) => `{wire}:files:${source}`,
  /** hash path -> FileRecord of a file that is there no longer. */
  gone: (source: string) => `{wire}:gone:${source}`,
  /** hash SHA-256 of a file's bytes -> the path that stands for them. */
  bytes: (source: string) => `{wire}:bytes:${source}`,
  /** hash path -> Reject as JSON. */
  rejects: (source: string) => `{wire}:rejects:${source}`,
  /** hash path -> `encodeWarnings`: what was read of the file in spite of a fault. */
  warnings: (source: string) => `{wire}:warnings:${source}`,
  /** hash source -> its last round, as JSON: also one that failed. */
  rounds: '{wire}:rounds',
  /** hash source -> PollState as JSON. */
  polls: '{wire}:polls',
  /** hash source -> FollowState as JSON; `again SOURCE` where all of it is wanted anew. */
  followed: '{wire}:followed',
  /** hash id of a process -> Beat as JSON. */
  processes: '{wire}:processes',
  /** string that expires: whether writes are taken. */
  trial: '{wire}:trial',
  /** string: a Content as compressed JSON. Each article has its own, so that a kill can take it away. */
  body: (ref: Ref, digest: string) => `body:${ref}:${digest}`,
  /** string: what the address of a medium answered, as JSON; it expires. */
  probe: (digest: string) => `probe:${digest}`,
  /** hash: `epoch`, `revision` and `position`, `replaced` (how often), `formats`, `leftOut`, and for each format its meta, its codings and where its entries stand. */
  editions: (feed: string) => `edition:{${feed}}`,
  /** sorted set of `FORMAT:HASH` of a feed's editions of the last week, by their `modified`. */
  known: (feed: string) => `known:{${feed}}`,
  /** hash feed -> `REVISION:POSITION` at which its editions stand. */
  published: '{wire}:published',
  /** set of the feeds whose editions go without articles. */
  incomplete: '{wire}:incomplete',
  /** sorted set of refs that were taken away and are not back, by the position at which that was. */
  away: '{wire}:away',
  /** hash ref -> who was ever given the article (lua/holders.lua), by how its key begins; and hash name of a partner -> their number there. */
  holders: (ref: Ref) => `holders:${/\/(..?)/.exec(ref)?.[1] ?? ''}`,
  holderNumbers: 'holders',
  /** list of packed lines of a day, `2026-11-27`: who was given what; set of the days; and hash id -> what was given, of a month. */
  given: (date: string) => `{audit}:given:${date}`,
  givenDays: '{audit}:days',
  parcels: (month: string) => `{audit}:parcels:${month}`,
  /** hash `JOURNAL DAY` -> number of the last line of it that stands in the audit. */
  journals: '{audit}:journals',
  /** list of Acts as JSON: what operators did. */
  acts: '{audit}:acts',
  /** hash `PARTNER FEED`, `*` for all of theirs -> position up to which they have read it. */
  marks: '{audit}:marks',
  /** hash `POSITION PARTNER` -> `told MILLISECONDS` or `confirmed MILLISECONDS`, for a takedown of this article. */
  tellings: (ref: Ref) => `tellings:${ref}`,
  /** string that expires: how much a partner has asked lately (lua/usage.lua). */
  usage: (partner: string) => `usage:${partner}`,
  /** string: held by the worker that runs a scheduled task. */
  lock: (task: string) => `lock:${task}`,
  /** pub/sub channel: the name of a feed whose editions were replaced. */
  replaced: 'feedwire:replaced',
  /** pub/sub channel: the revision of the partners, when it has risen. */
  partnersChanged: 'feedwire:partners',
  /** pub/sub channel: `REVISION INCARNATION FROM TO FEED ...`, what has changed on the wire. */
  stirred: 'feedwire:told',
  /** pub/sub channel: a Takedown, as it is committed. */
  takenDown: 'feedwire:takendown',
} as const

import { instant, type Instant, type PubStatus } from '../article.ts'
import type { Head, WireAction } from '../head.ts'

const statuses: PubStatus[] = ['usable', 'withheld', 'canceled']

/** The texts of heads that were read: a commit expects them to the letter, also where another version wrote them. */
const read = new WeakMap<Head, string>()

/**
 * How a head is kept: without the names of what nearly every head has, and moments as seconds since 1970. What few
 * heads have stands behind it by its name, also what this version of the program does not know.
 */
export function encodeHead(head: Head): string {
  const { source, key, version, pubStatus, title, language, section, keywords, media, ...others } = head
  const { published, changed, body, file, onWire, action, ...seldom } = others
  const told = onWire === true && action !== undefined
  const last = { ...seldom, ...(!told && { onWire, action }) }
  const common = [
    `${source}/${key}`,
    version,
    statuses.indexOf(pubStatus),
    title,
    language,
    section ?? 0,
    keywords.length > 0 ? keywords : 0,
    media ?? 0,
    secondsOf(published),
    changed === published ? 0 : secondsOf(changed),
    body,
    file ?? 0,
    told ? (action === 'publish' ? 1 : action) : 0,
  ]
  return JSON.stringify(Object.values(last).some(value => value !== undefined) ? [...common, last] : common)
}

/** Reads also what earlier versions of this program wrote: an object. */
export function decodeHead(text: string): Head {
  const kept = JSON.parse(text) as Kept | Head
  const head = Array.isArray(kept) ? headOf(kept) : kept
  read.set(head, text)
  return head
}

/** As it stands in the store, where it was read there. */
export function textOf(head: Head): string {
  return read.get(head) ?? encodeHead(head)
}

type Kept = [
  ref: string,
  version: number,
  pubStatus: number,
  title: string,
  language: string,
  section: string | 0,
  keywords: string[] | 0,
  media: NonNullable<Head['media']> | 0,
  published: number | Instant,
  changed: number | Instant,
  body: string,
  file: string | 0,
  action: WireAction | 1 | 0,
  seldom?: Partial<Head>,
]

function headOf(kept: Kept): Head {
  const [ref, version, status, title, language, section, keywords, media, ...others] = kept
  const [published, changed, body, file, told, seldom] = others
  const slash = ref.indexOf('/')
  return {
    source: ref.slice(0, slash),
    key: ref.slice(slash + 1),
    version,
    pubStatus: statuses[status]!,
    title,
    language,
    ...(section !== 0 && { section }),
    keywords: keywords === 0 ? [] : keywords,
    ...(media !== 0 && { media }),
    published: momentOf(published),
    changed: changed === 0 ? momentOf(published) : momentOf(changed),
    body,
    ...(file !== 0 && { file }),
    ...(told !== 0 && { onWire: true, action: told === 1 ? 'publish' : told }),
    ...seldom,
  }
}

/** The second, where it says all; else the text. 0 stands for none. */
function secondsOf(moment: Instant): number | Instant {
  const second = Date.parse(moment) / 1000
  return second !== 0 && Number.isInteger(second) && instant(second * 1000) === moment ? second : moment
}

function momentOf(kept: number | Instant): Instant {
  return typeof kept === 'number' ? instant(kept * 1000) : kept
}

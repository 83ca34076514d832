import type { Media } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import { packBody, type Body } from '../../store/body.ts'
import { oneLine } from '../../text.ts'
import type { Cancellation, Outcome, Reading } from './read.ts'

const told = ['title', 'language', 'section', 'keywords', 'published', 'modified', 'embargoed', 'expires'] as const

/** A kind of media that it has, with the moments at which one of that kind begins and ceases to be shown. */
export type TimedKind = Pick<Media, 'kind' | 'embargoed' | 'expires'>

/** A reading as the store takes it: what its head needs at hand, and all that it says packed. */
export interface PackedReading extends Omit<Reading, 'content'> {
  told: Pick<Reading['content'], (typeof told)[number]> & {
    media: TimedKind[]
    /** That it corrects what was wrong, in the source's words. */
    correction?: string
  }
  /** Without a publication date where the source tells none. */
  body: Body
}

/** Why something cannot be used: what `Unusable` tells, as data. */
export interface Refusal {
  reason: string
  line?: number
}

/** An outcome that may cross between threads: data alone. */
export type PackedOutcome = PackedReading | Cancellation | Refusal

export function pack(outcome: Outcome): PackedOutcome {
  if (outcome instanceof Unusable) return refusalOf(outcome)
  if (outcome.pubStatus === 'canceled') return outcome
  const { content, ...reading } = outcome
  const kept = Object.fromEntries(told.map(name => [name, content[name]])) as Pick<
    typeof content,
    (typeof told)[number]
  >
  const correction = correctionOf(content)
  const media = kindsOf(content.media)
  return {
    ...reading,
    told: { ...kept, media, ...(correction !== undefined && { correction }) },
    body: packBody(content),
  }
}

/** Each once. */
function kindsOf(media: readonly Media[]): TimedKind[] {
  const kinds = media.map(({ kind, embargoed, expires }) => ({
    kind,
    ...(embargoed && { embargoed }),
    ...(expires && { expires }),
  }))
  return [...new Map(kinds.map(each => [JSON.stringify(each), each])).values()]
}

/** UTF-16 units of a note, which stands in every list of articles. */
const longestNote = 2_000

/** The note of a correction; '' for one that does not say what it corrects. */
function correctionOf({ isCorrection, edNote }: Reading['content']): string | undefined {
  if (isCorrection !== true) return undefined
  const note = oneLine(edNote ?? '')
  if (note.length <= longestNote) return note
  const end = note.lastIndexOf(' ', longestNote - 1)
  return `${note.slice(0, end < 0 ? longestNote - 1 : end)}…`
}

export function refusalOf({ message, line }: Unusable): Refusal {
  return { reason: message, ...(line !== undefined && { line }) }
}

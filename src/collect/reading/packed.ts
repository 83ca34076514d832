import type { Media } from '../../article.ts'
import { Unusable } from '../../errors.ts'
import { packBody, type Body } from '../../store/body.ts'
import type { Cancellation, Outcome, Reading } from './read.ts'

type Told = 'title' | 'language' | 'section' | 'keywords' | 'published' | 'modified' | 'embargoed'

/** A reading as the store takes it: what its head needs at hand, and all that it says packed. */
export interface PackedReading extends Omit<Reading, 'content'> {
  told: Pick<Reading['content'], Told> & { kinds?: Media['kind'][] }
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
  const { title, language, section, keywords, published, modified, embargoed } = content
  const told = { title, language, section, keywords, published, modified, embargoed, kinds: kindsOf(content.media) }
  return { ...reading, told, body: packBody(content) }
}

function kindsOf(media: readonly Media[]): Media['kind'][] | undefined {
  return media.length === 0 ? undefined : [...new Set(media.map(({ kind }) => kind))]
}

export function refusalOf({ message, line }: Unusable): Refusal {
  return { reason: message, ...(line !== undefined && { line }) }
}

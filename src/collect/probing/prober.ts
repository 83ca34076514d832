import type { Media } from '../../article.ts'
import type { Logger } from '../../log.ts'
import type { Source } from '../../source.ts'
import type { Probed, Probes } from '../../store/probes.ts'
import { probe } from './probe.ts'
import { WebClient } from '../sources/web-client.ts'

/** As many as a browser opens to one host. */
const atOnce = 6

/** Media of one article; a gallery has fewer. */
const mostOfArticle = 50

/** Media in a row that a host did not answer for, after which it is left alone. */
const mostFailures = 3

export interface ProberOptions {
  probes: Probes
  log: Logger
  /** `Feedwire/VERSION (+ADDRESS)`. */
  userAgent: string
  /** Stops asking; what is known is still used. */
  signal?: AbortSignal
  /** Of one round: questions to one host, and milliseconds from the first question to the last. */
  limits?: { perHost: number; whole: number }
  /** Milliseconds for one medium with its redirects. */
  patience?: number
}

/** What probing came to for the media of one article. */
export interface Completed {
  media: Media[]
  /** Everything that was asked has been answered: nothing more will be learned. */
  answered: boolean
  /** The round's limits left something out. */
  later: boolean
}

type Answered = Probed | 'failed' | 'later'

/**
 * Learns in one round of a source what it does not tell of its media, by asking their addresses. Each is asked once, then its answer is
 * kept for a while. A medium that cannot be reached, or may not be, stays as the source told it.
 */
export class Prober implements AsyncDisposable {
  readonly #options: ProberOptions & Required<Pick<ProberOptions, 'limits'>>
  readonly #source: Source
  readonly #client: WebClient
  readonly #hosts = new Map<string, { asked: number; failures: number }>()
  readonly #underWay = new Map<string, Promise<Answered>>()
  readonly #waiting: (() => void)[] = []
  readonly #counts = { asked: 0, learned: 0, failed: 0, later: 0 }
  #running = 0
  #until = Infinity

  constructor(source: Source, options: ProberOptions) {
    const { userAgent, patience = 5_000, limits = { perHost: 1_000, whole: 60_000 } } = options
    this.#source = source
    this.#options = { ...options, limits }
    const times = { connect: patience, headers: patience, whole: patience }
    this.#client = new WebClient({ private: 'private' in source && source.private }, userAgent, times)
  }

  /** The media of an article with what was learned of them; what the source tells stands. */
  async complete(media: readonly Media[]): Promise<Completed> {
    const lacking = media.filter(lacks).slice(0, mostOfArticle)
    const answers = await Promise.all(lacking.map(medium => this.#answerOf(medium)))
    const learned = new Map(lacking.map((medium, index) => [medium, answers[index]]))
    return {
      media: media.map(medium => completed(medium, learned.get(medium))),
      answered: answers.every(answer => typeof answer === 'object'),
      later: answers.includes('later'),
    }
  }

  /** One line of what the round asked, where it asked anything. */
  async [Symbol.asyncDispose](): Promise<void> {
    const { asked, later } = this.#counts
    if (asked + later > 0) this.#options.log.info({ source: this.#source.name, ...this.#counts }, 'probed')
    await this.#client[Symbol.asyncDispose]()
  }

  /** Of articles that share a medium the first asks. */
  #answerOf(medium: Media): Promise<Answered> {
    const name = `${medium.kind} ${medium.url}`
    const running = this.#underWay.get(name)
    if (running) return running
    const asking = this.#recall(medium).finally(() => this.#underWay.delete(name))
    this.#underWay.set(name, asking)
    return asking
  }

  async #recall(medium: Media): Promise<Answered> {
    return (await this.#options.probes.get(medium)) ?? (await this.#inTurn(() => this.#ask(medium)))
  }

  async #ask(medium: Media): Promise<Answered> {
    const { limits, signal, probes } = this.#options
    const { host } = new URL(medium.url)
    const met = this.#hosts.get(host) ?? { asked: 0, failures: 0 }
    if (met.failures >= mostFailures || signal?.aborted) return 'failed'
    if (this.#until === Infinity) this.#until = performance.now() + limits.whole
    if (met.asked >= limits.perHost || performance.now() > this.#until) {
      this.#counts.later++
      return 'later'
    }
    this.#hosts.set(host, met)
    met.asked++
    this.#counts.asked++
    const answer = await this.#probe(medium, met)
    // A question that was stopped is no answer.
    if (answer === 'failed' && signal?.aborted) return answer
    if (answer === 'failed') this.#counts.failed++
    else if (answer.type !== undefined) this.#counts.learned++
    await probes.keep(medium, answer)
    return answer
  }

  async #probe(medium: Media, met: { failures: number }): Promise<Probed | 'failed'> {
    const { signal, log } = this.#options
    try {
      const answer = await probe(medium, this.#client, signal)
      met.failures = 0
      return answer
    } catch (error) {
      met.failures++
      log.debug({ source: this.#source.name, error: String(error) }, 'a medium was not probed')
      return 'failed'
    }
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    while (this.#running >= atOnce) await new Promise<void>(go => this.#waiting.push(go))
    this.#running++
    try {
      return await work()
    } finally {
      this.#running--
      this.#waiting.shift()?.()
    }
  }
}

/** Its type, its length, which an `enclosure` must name, or an image's pixels. */
function lacks({ kind, type, length, width, height }: Media): boolean {
  return type === undefined || length === undefined || (kind === 'image' && width === undefined && height === undefined)
}

/** Of a picture's two measures one that the source tells stands alone: it may be that of a smaller print. */
function completed(medium: Media, answer: Answered | undefined): Media {
  if (answer === undefined || typeof answer === 'string') return medium
  const { width, height, ...told } = answer
  const measures = medium.width === undefined && medium.height === undefined && { width, height }
  // In the order in which they stood: the same words are the same bytes.
  return { ...medium, ...told, ...(width !== undefined && measures), ...medium }
}

import type { Coding } from '../../edition.ts'
import { formatNames, formats, mediaTypeOf, type FormatName } from '../../publish/formats/index.ts'

/** The best first: where a client likes two alike, it gets the smaller. */
const codings: readonly Coding[] = ['br', 'gzip', 'identity']
/** The world sends a few dozen different values; the bound is for those who send others on purpose. */
const cacheLimit = { entries: 256, length: 200 }

const codingFor = remembering(bestCoding)
const formatFor = remembering(bestFormat)

/** The coding for an `Accept-Encoding` value (RFC 9110, 12.5.3). What the client cannot be satisfied with, it gets plain. */
export function chooseCoding(header: string | undefined): Coding {
  // No field would allow any coding, but who cannot decode does not send one either.
  return header === undefined ? 'identity' : codingFor(header)
}

/**
 * What `/feeds/NAME` gives for an `Accept` value, by weight and specificity (RFC 9110, 12.5.1); undefined: nothing fits.
 * Of equal weights, the type that is named goes before one that only a wildcard allows.
 */
export function chooseFormat(header: string | undefined): FormatName | 'html' | undefined {
  return formatFor(header ?? '')
}

function remembering<Choice>(choose: (header: string) => Choice): (header: string) => Choice {
  const known = new Map<string, { choice: Choice }>()
  return header => {
    const cached = known.get(header)
    if (cached !== undefined) return cached.choice
    const choice = choose(header)
    if (header.length <= cacheLimit.length) {
      if (known.size >= cacheLimit.entries) known.clear()
      known.set(header, { choice })
    }
    return choice
  }
}

function bestCoding(header: string): Coding {
  const weights = readWeights(header)
  const any = weights.get('*') ?? 0
  const weightOf: Record<Coding, number> = {
    br: weights.get('br') ?? any,
    gzip: weights.get('gzip') ?? weights.get('x-gzip') ?? any,
    // Where it is not named it stays acceptable, as the last resort.
    identity: weights.get('identity') ?? any,
  }
  const best = codings.reduce((first, second) => (weightOf[second] > weightOf[first] ? second : first))
  return weightOf[best] > 0 ? best : 'identity'
}

interface Offer {
  name: FormatName | 'html'
  type: string
  /** Ranges that mean this offer where they are written as such. */
  aliases: readonly string[]
  /** Given to those only who write the type, never to a wildcard. */
  named?: true
}

/** What `/feeds/NAME` can be. Between equals the earlier wins. */
const offers: readonly Offer[] = [
  ...formatNames.map(name => ({ name, type: mediaTypeOf(name), aliases: formats[name].aliases })),
  { name: 'html', type: 'text/html', aliases: [], named: true },
]

function bestFormat(header: string): FormatName | 'html' | undefined {
  const ranges = readWeights(header)
  if (ranges.size === 0) return formatNames[0]
  const [best] = offers
    .map(offer => ({ name: offer.name, ...standing(offer, ranges) }))
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight || b.specificity - a.specificity)
  return best?.name
}

interface Standing {
  weight: number
  specificity: number
}

function standing({ type, aliases, named }: Offer, ranges: ReadonlyMap<string, number>): Standing {
  const wildcards = named ? [] : [`${type.split('/')[0]}/*`, '*/*', '*']
  // The most specific range alone speaks for the type itself.
  const own = [type, ...wildcards].find(range => ranges.has(range))
  return [own, ...aliases]
    .filter(range => range !== undefined)
    .map(range => ({ weight: ranges.get(range) ?? 0, specificity: 2 - range.split('*').length }))
    .reduce((a, b) => (b.weight > a.weight ? b : a), { weight: 0, specificity: 0 })
}

const weight = /^q[\t ]*=[\t ]*(?:[01](?:\.\d*)?|\.\d+)$/

/** `a, b;q=0.5` -> each member in lower case with its weight (RFC 9110, 12.4.2). Other parameters do not count, a malformed weight drops its member. */
function readWeights(header: string): Map<string, number> {
  const weights = new Map<string, number>()
  for (const member of header.toLowerCase().split(',')) {
    const [value = '', ...parameters] = member.split(';').map(part => part.trim())
    const parameter = parameters.find(part => /^q[\t ]*=/.test(part)) ?? 'q=1'
    const q = weight.test(parameter) ? Number(parameter.slice(parameter.indexOf('=') + 1)) : 2
    if (value !== '' && q <= 1) weights.set(value, q)
  }
  return weights
}

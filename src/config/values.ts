import { isIP } from 'node:net'
import { DateTime, IANAZone } from 'luxon'
import { validate as isCron } from 'node-cron'
import { z } from 'zod'

/*
 * The kinds of values in the configuration. The error of each says what is expected, as a noun phrase:
 * `explain.ts` puts the place, the key and what was found around it.
 */

/** One line of text; white space is folded and Unicode composed, as in articles, so that both compare. */
export const text = z
  .string({ error: 'a text' })
  .transform(written => written.trim().replace(/\s+/g, ' ').normalize('NFC'))
  .refine(line => line !== '', { error: 'a text that is not empty' })
  .refine(line => !/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(line), { error: 'a text without control characters' })

export const flag = z.boolean({ error: 'true or false' })

export const name = z
  .string({ error: 'a name' })
  .regex(/^[a-z0-9-]+$/, { error: 'a name of small letters a-z, digits and hyphens' })

/** BCP 47, in its canonical spelling. */
export const language = converted('a language tag (BCP 47) such as en, pt-BR or ar', written =>
  canonicalLanguage(written),
)

export const timezone = converted('a time zone of the IANA database such as UTC or Europe/Lisbon', written =>
  IANAZone.isValidZone(written) ? written : undefined,
)

/** node-cron writes ranges out before it looks at their bounds: a long number would end the process. */
export const cron = converted('a cron pattern (minute hour day month weekday) such as "0 4 * * *"', written =>
  written.length <= 100 && !/\d{5}/.test(written) && isCron(written) ? written : undefined,
)

/** Of a page or an image: byte for byte as written. */
export const url = converted('an absolute address that begins with https:// or http://', written =>
  parseHttp(written) ? written : undefined,
)

/** Of another Feedwire's `/wire`, also below `/p/TOKEN`: what is asked stands elsewhere. */
export const wire = converted('the address of a wire, such as https://other.example/wire', written =>
  parseHttp(written)?.pathname.endsWith('/wire') && !/[?#]/.test(written) ? written : undefined,
)

/** Of a hub, in the one spelling in which readers compare it: as a browser would write it. */
export const hub = converted('an absolute address that begins with https:// or http://', written => {
  const address = parseHttp(written)
  return address?.hash === '' ? address.href : undefined
})

export const email = converted('an e-mail address such as desk@example.com', written => {
  const [, domain = ''] = /^[\w.+'-]{1,64}@([^@]+)$/.exec(written) ?? []
  return isHostName(domain) && domain.includes('.') ? written : undefined
})

/** An address under which things are served: no query, no fragment, no login, no slash at the end. */
export const publicAddress = converted(
  'an address such as https://example.com, without query, fragment or login',
  parsePublicAddress,
)

/** Bytes. */
export const size = z
  .union([z.number().transform(String), z.string().regex(/[a-z]/i)], { error: sizeExpected() })
  .transform(toBytes)
  .refine(bytes => bytes >= 1 && bytes <= 1e9 && Number.isInteger(bytes), { error: sizeExpected() })

/** Milliseconds. */
export const duration = converted('a number of days, hours or minutes such as 90d, 12h or 30m', written => {
  const [, count, unit] = /^(\d{1,5})([dhm])$/.exec(written) ?? []
  const milliseconds = Number(count) * ({ d: 86_400_000, h: 3_600_000, m: 60_000 }[unit ?? ''] ?? NaN)
  return milliseconds > 0 ? milliseconds : undefined
})

/** RFC 4151, 2.1: `authorityName,date`. */
export const authority = converted(
  'a domain or e-mail address and a day on which it was yours, such as example.com,2023 (RFC 4151)',
  written => {
    const [, owner = '', date = ''] = /^([^,]{1,254}),([-\d]{4,10})$/.exec(written) ?? []
    const isDate = /^\d{4}(-\d\d){0,2}$/.test(date) && DateTime.fromISO(date).isValid
    return isDate && isHostName(owner.replace(/^[\w.-]+@/, '')) ? written : undefined
  },
)

/** A pattern of paths below a folder. */
export const glob = converted('a pattern of paths below the folder such as "**/*.txt"', written =>
  written.trim() !== '' && !/^\/|\\|(^|\/)\.\.(\/|$)/.test(written) ? written : undefined,
)

export const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'the name of an HTTP header' })

export function oneOf<const Choice extends string>(choices: readonly Choice[]): z.ZodType<Choice> {
  return z.enum(choices, { error: `one of ${choices.join(', ')}` })
}

export function listOf<Item extends z.ZodType>(item: Item, what: string): z.ZodArray<Item> {
  return z.array(item, { error: `a list of ${what}` })
}

/** A mapping that holds these keys and no other. For an unknown key the error names all known ones. */
export function mapping<Shape extends z.ZodRawShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = Object.keys(shape).join(' ')
  return z.strictObject(shape, { error: issue => (issue.code === 'unrecognized_keys' ? known : 'a mapping') })
}

/** The address without a slash at the end; undefined if nothing can be served under it. */
export function parsePublicAddress(written: string): string | undefined {
  const parsed = parseHttp(written)
  return parsed && !/[?#]/.test(written) ? parsed.href.replace(/\/+$/, '') : undefined
}

/** A name that DNS could know (RFC 1123, 2.1). */
export function isHostName(written: string): boolean {
  const labels = written.split('.')
  return written.length <= 253 && labels.every(label => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label))
}

/** Something to listen on: an IP address (without a zone, which no URL can hold) or a host name. */
export function isHost(written: string): boolean {
  return (isIP(written) !== 0 && !written.includes('%')) || (isHostName(written) && !/^[\d.]+$/.test(written))
}

/** Credentials in an address would end in logs and pages. */
function parseHttp(written: string): URL | undefined {
  if (!/^https?:\/\/[^\s/?#]/i.test(written) || /\s/.test(written) || !URL.canParse(written)) return undefined
  const parsed = new URL(written)
  return parsed.username === '' && parsed.password === '' ? parsed : undefined
}

/** A text that is read as something else; `convert` says `undefined` where it is not what is `expected`. */
export function converted<Value>(expected: string, convert: (written: string) => Value | undefined): z.ZodType<Value> {
  return z.string({ error: expected }).transform((written, context) => {
    const value = convert(written)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: expected })
    return z.NEVER
  })
}

const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/**
 * Words are well-formed tags too (`english`), but no language has more than three letters. Those of two letters
 * (ISO 639-1) are all known by name, which a country's code in their place seldom is.
 */
function canonicalLanguage(written: string): string | undefined {
  try {
    const [tag = ''] = Intl.getCanonicalLocales(written)
    const { language: primary } = new Intl.Locale(tag)
    const exists = primary.length === 2 ? languageNames.of(primary) !== undefined : primary.length === 3
    return exists ? tag : undefined
  } catch {
    return undefined
  }
}

function sizeExpected(): string {
  return 'a size of at most 1GB such as 10MB, 500kB or a number of bytes'
}

function toBytes(written: string): number {
  const [, count, unit = 'b'] = /^(\d{1,12}(?:\.\d{1,3})?) ?([kmg]?i?b)?$/i.exec(written) ?? []
  const factor = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, kib: 1024, mib: 1024 ** 2, gib: 1024 ** 3 }[unit.toLowerCase()]
  return Number(count) * (factor ?? NaN)
}

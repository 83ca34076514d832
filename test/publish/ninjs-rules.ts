import { z } from 'zod'

/*
 * The part of IPTC's ninjs 3.1 (https://iptc.org/standards/ninjs/) that our documents use, and nothing besides: a property that
 * it does not know, a word that it does not list and a value of another type are faults.
 */

const address = z.string().refine(value => URL.canParse(value), 'is no absolute address')
const instant = z.iso.datetime({ offset: true })
const amount = z.int().nonnegative()
const mediaType = z.string().regex(/^[^\s/]+\/[^\s/]+$/, 'is no media type')

const text = z.strictObject({ role: z.string(), contentType: mediaType, value: z.string() })

const named = z.array(
  z.strictObject({ name: z.string(), rel: z.string(), uri: address.optional(), literal: z.string().optional() }),
)

const rendition = z.strictObject({
  name: z.string(),
  href: address,
  contentType: mediaType.optional(),
  width: amount.optional(),
  height: amount.optional(),
  sizeInBytes: amount.optional(),
  duration: z.number().nonnegative().optional(),
})

const association = z.strictObject({
  name: z.string(),
  uri: address,
  type: z.enum(['text', 'audio', 'video', 'picture', 'graphic', 'composite', 'planning', 'component', 'event']),
  by: z.string().optional(),
  copyrightNotice: z.string().optional(),
  descriptions: z.array(text),
  renditions: z.array(rendition),
})

const ninjs = z.strictObject({
  standard: z.strictObject({
    name: z.literal('ninjs'),
    version: z.literal('3.1'),
    schema: z.literal('http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#'),
  }),
  uri: address,
  type: association.shape.type.optional(),
  representationType: z.enum(['full', 'partial']),
  version: z.string(),
  versionCreated: instant,
  firstCreated: instant.optional(),
  embargoedUntil: instant.optional(),
  pubStatus: z.enum(['usable', 'withheld', 'canceled']),
  edNote: z.string().optional(),
  copyrightNotice: z.string().optional(),
  usageTerms: z.string().optional(),
  language: z.string().optional(),
  headlines: z.array(text).optional(),
  descriptions: z.array(text).optional(),
  bodies: z.array(text).optional(),
  by: z.string().optional(),
  located: z.string().optional(),
  infoSources: z.array(z.strictObject({ name: z.string(), role: z.string(), uri: address.optional() })).optional(),
  subjects: named.optional(),
  people: named.optional(),
  organisations: named.optional(),
  places: named.optional(),
  objects: named.optional(),
  expires: instant.optional(),
  urgency: z.int().min(1).max(9).optional(),
  slugline: z.string().optional(),
  genres: z
    .array(z.strictObject({ name: z.string(), uri: z.string().optional(), literal: z.string().optional() }))
    .optional(),
  copyrightHolder: z.string().optional(),
  renditions: z.array(rendition).optional(),
  associations: z.array(association).optional(),
  altIds: z.array(z.strictObject({ role: z.string(), value: z.string() })).optional(),
})

/** What is wrong with a ninjs document of ours, each with its place: `/version: Invalid input: ...`. */
export function ninjsRuleFaults(document: unknown): string[] {
  const { error } = ninjs.safeParse(document)
  return (error?.issues ?? []).map(({ path, message }) => `/${path.join('/')}: ${message}`)
}

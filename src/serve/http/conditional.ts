import type { IncomingMessage } from 'node:http'
import { parseHttpDate } from './http-date.ts'

/** What a representation can be recognised by. */
export interface Validators {
  /** With quotes. */
  etag: string
  /** Seconds since 1970, if it is known when the bytes changed. */
  modified?: number | undefined
}

/**
 * Evaluates the preconditions of a GET or HEAD against the selected representation, in the order of RFC 9110, 13.2.2:
 * 304 and 412 as they say, 200 for the whole. A request's `Cache-Control` has no say in this (13.1 knows only the fields below).
 */
export function evaluate(request: IncomingMessage, { etag, modified }: Validators): 200 | 304 | 412 {
  const { headers } = request
  const ifMatch = headers['if-match']
  if (ifMatch !== undefined) {
    if (!listsTag(ifMatch, etag, 'strong')) return 412
  } else if (modified !== undefined && modified > (dateIn(request, 'if-unmodified-since') ?? Infinity)) {
    return 412
  }
  const ifNoneMatch = headers['if-none-match']
  if (ifNoneMatch !== undefined) return listsTag(ifNoneMatch, etag, 'weak') ? 304 : 200
  if (modified !== undefined && modified <= (dateIn(request, 'if-modified-since') ?? -Infinity)) return 304
  return 200
}

/** Two dates in one field, or a date that is none, are as if there were no field (RFC 9110, 13.1.3 and 13.1.4). */
function dateIn(request: IncomingMessage, field: 'if-modified-since' | 'if-unmodified-since'): number | undefined {
  if (request.headers[field] === undefined) return undefined
  const [date, second] = request.headersDistinct[field] ?? []
  return date === undefined || second !== undefined ? undefined : parseHttpDate(date)
}

/** An entity tag may contain commas and, by RFC 9110, 8.8.3, any byte above the ASCII range, but no space and no quote. */
const entityTag = /[\t ]*(?:(?<weak>W\/)?(?<tag>"[\x21\x23-\x7e\x80-\xff]*")[\t ]*)?(?:,|$)/y

/**
 * Does the field's value, `*` or a list of entity tags, hold this tag? Compared by RFC 9110, 8.8.3.2:
 * strongly, a weak tag equals none. What is no list of tags holds nothing from the fault on.
 */
function listsTag(value: string, etag: string, comparison: 'strong' | 'weak'): boolean {
  if (value === etag || value.trim() === '*') return true
  entityTag.lastIndex = 0
  while (entityTag.lastIndex < value.length) {
    const member = entityTag.exec(value)
    if (member === null) return false
    const { weak, tag } = member.groups ?? {}
    if (tag === etag && (weak === undefined || comparison === 'weak')) return true
  }
  return false
}

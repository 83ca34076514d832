/** RFC 9110, 15.4: those that name one other place to ask. */
export function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

/** Has the feed moved for good? */
export function isLasting(status: number): boolean {
  return status === 301 || status === 308
}

/**
 * Where a redirect from `from` leads. Throws where that is no web address, gives up https, or is not `within` the one origin that
 * was allowed. Whether the host may be connected to is for the connector to say.
 */
export function redirectTarget(from: URL, location: string | string[] | undefined, within?: string): URL {
  if (typeof location !== 'string' || !URL.canParse(location, from.href))
    throw new Error(`${from.host} redirects to nowhere`)
  const to = new URL(location, from)
  if (to.protocol !== 'https:' && to.protocol !== 'http:')
    throw new Error(`${from.host} redirects to what is no web address`)
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new Error(`${from.host} redirects from https to http, on ${to.host}`)
  if (within !== undefined && to.origin !== within)
    throw new Error(`${from.host} redirects an older page to ${to.host}`)
  return to
}

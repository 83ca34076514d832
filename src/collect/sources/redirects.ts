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
 * was allowed. A `private` source may be led about its own host, `alone` (a host name): what else stands in its network is not for
 * its author to ask for, and the error does not repeat where he wanted to go. Whether the host may be connected to is for the connector to say.
 */
export function redirectTarget(
  from: URL,
  location: string | string[] | undefined,
  { within, alone }: { within?: string | undefined; alone?: string | undefined } = {},
): URL {
  if (typeof location !== 'string' || !URL.canParse(location, from.href))
    throw new Error(`${from.host} redirects to nowhere`)
  const to = new URL(location, from)
  if (alone !== undefined && to.hostname !== alone)
    throw new Error(`${from.host} redirects to another host, which a source that says \`private: true\` may not`)
  if (to.protocol !== 'https:' && to.protocol !== 'http:')
    throw new Error(`${from.host} redirects to what is no web address`)
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new Error(`${from.host} redirects from https to http, on ${to.host}`)
  if (within !== undefined && to.origin !== within)
    throw new Error(`${from.host} redirects an older page to ${to.host}`)
  return to
}

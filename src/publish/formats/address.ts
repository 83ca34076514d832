/** What a URI cannot hold (RFC 3986, 2): everything but its unreserved and reserved characters and `%`. Brackets belong to a host alone. */
const foreign = /[^\w.~:/?#@!$&'()*+,;=%-]/gu

/**
 * An address as every reader of feeds takes it: what a URI cannot hold is written in percent signs (RFC 3987, 3.1), a
 * host in letters of its own by IDNA. An address that is a URI stays byte for byte.
 */
export function uriOf(address: string): string {
  if (address.search(foreign) < 0) return address
  const [, scheme = '', authority = '', rest = address] = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(address) ?? []
  return scheme + hostOf(authority, address) + rest.replace(foreign, encodeURIComponent)
}

function hostOf(authority: string, address: string): string {
  return /^[\x21-\x7e]*$/.test(authority) || !URL.canParse(address) ? authority : new URL(address).host
}

/** `feed` throws on an address that is not absolute; then the name stands alone. */
export function absolute(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? url : undefined
}

/** What an RSS enclosure may be: "The url must be an http url" (RSS 2.0), of a host that DNS or IPv4 knows. */
export function isEnclosable(url: string): boolean {
  return /^https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?\//i.test(url)
}

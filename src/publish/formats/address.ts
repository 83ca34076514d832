/** What a URI cannot hold (RFC 3986, 2): everything but its unreserved and reserved characters and `%`. Brackets belong to a host alone. */
const foreign = /[^\w.~:/?#@!$&'()*+,;=%-]/gu

/**
 * An address as every reader takes it: what a URI cannot hold is written in percent signs (RFC 3987, 3.1), and its host
 * by IDNA. One that is a URI already stays byte for byte.
 */
export function uriOf(address: string): string {
  if (address.search(foreign) < 0) return address
  const [, scheme = '', authority = '', rest = address] =
    /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)(.*)$/is.exec(address) ?? []
  return scheme + hostOf(authority, address) + rest.replace(foreign, character => encodeURIComponent(character))
}

function hostOf(authority: string, address: string): string {
  return /^[\x21-\x7e]*$/.test(authority) || !URL.canParse(address) ? authority : new URL(address).host
}

/** May it be an enclosure of RSS? "The url must be an http url" (https://www.rssboard.org/rss-specification), with a host of DNS or IPv4. */
export function isEnclosable(url: string): boolean {
  return /^https?:\/\/(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?\//i.test(url)
}

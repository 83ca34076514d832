import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'

/**
 * Whose address asks, as far as that can be known: behind a proxy of one's own, on this machine or in a private network, the last address that
 * it names. Undefined where many may stand behind one.
 */
export function clientAddress({ socket, headers }: IncomingMessage): string | undefined {
  const peer = read(socket.remoteAddress)
  if (peer === undefined) return undefined
  if (isOutside(peer)) return networkOf(peer)
  const named = read(headers['x-forwarded-for']?.toString().split(',').at(-1)?.trim())
  return named === undefined || !isOutside(named) ? undefined : networkOf(named)
}

type Address = ReturnType<typeof ipaddr.process>

/** Longest form of an address, with a mapped one in it. */
const longest = 45

function read(text: string | undefined): Address | undefined {
  if (text === undefined || text.length > longest || !ipaddr.isValid(text)) return undefined
  return ipaddr.process(text)
}

function isOutside(address: Address): boolean {
  return address.range() === 'unicast'
}

/** Whoever has one address of IPv6 has the 2^64 beside it. */
function networkOf(address: Address): string {
  return address.kind() === 'ipv6' ? address.toNormalizedString().split(':').slice(0, 4).join(':') : address.toString()
}

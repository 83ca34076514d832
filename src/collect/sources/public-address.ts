import { lookup as resolveName, type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'
import { buildConnector } from 'undici'

type Connector = buildConnector.connector

const globalUnicast = ipaddr.IPv6.parse('2000::')

/**
 * Is it an address of the public internet? Of the IANA special-purpose registries (RFC 6890) nothing is, and none of IPv6 that
 * carries an IPv4 address within (mapped, 6to4, NAT64, Teredo): what lies behind those is not for the feed's author to choose.
 */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0 || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  if (parsed.range() !== 'unicast') return false
  // RFC 4291, 2.4: outside of 2000::/3 nothing is assigned, and ::/96 were IPv4 addresses once.
  return parsed.kind() === 'ipv4' || parsed.match(globalUnicast, 3)
}

/**
 * Connects to allowed addresses only, in `timeout` milliseconds with the look-up and the TLS handshake. A name's addresses are looked
 * up once, all are checked, and the connection goes to these: an answer that differs the next time (DNS rebinding) has nothing to win.
 */
export function connectorTo(allowed: (address: string) => boolean, timeout: number, resolve = resolveAll): Connector {
  // Which address it is, the feed's author would learn of networks that he cannot see.
  const refusalOf = (addresses: readonly string[]): Error | null =>
    addresses.every(allowed) ? null : new Error('it has no public address, and the source does not say `private: true`')
  const lookup: LookupFunction = (name, _options, answer) =>
    resolve(name, (error, found) => answer(error ?? refusalOf(found.map(({ address }) => address)), found))
  const connect = buildConnector({
    timeout,
    lookup,
    autoSelectFamily: true,
    // Node's 250 would give up all but the last of several addresses on the other side of the world.
    autoSelectFamilyAttemptTimeout: 2_000,
  })
  return (options, done) => {
    // Node looks up names only. Decimal, octal and short forms became dotted ones in `URL`.
    const refusal = isIP(options.hostname) > 0 ? refusalOf([options.hostname]) : null
    if (refusal) done(refusal, null)
    else connect(options, done)
  }
}

type Found = (error: Error | null, addresses: LookupAddress[]) => void

function resolveAll(name: string, found: Found): void {
  resolveName(name, { all: true }, (error, addresses) => found(error, addresses ?? []))
}

import { createHash } from 'node:crypto'

/** As a partner writes it: the sum of the SHA-256 of `URI VERSION PUBSTATUS`, modulo 2^256. */
export function digestOf(held: ReadonlyMap<string, string>): string {
  let sum = 0n
  for (const [uri, version] of held) {
    sum += BigInt(`0x${createHash('sha256').update(`${uri} ${version} usable`).digest('hex')}`)
  }
  return (sum % 2n ** 256n).toString(16).padStart(64, '0')
}

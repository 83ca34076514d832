import { hash, randomInt } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const prefix = 'fw_'
const secretLength = 40
const checkLength = 6
const shape = new RegExp(`^${prefix}[0-9A-Za-z]{${secretLength + checkLength}}$`)

/**
 * A new token: `fw_`, 40 letters and digits by chance (238 bits), and a checksum, by which scanners for leaked secrets
 * tell it from other text.
 */
export function makeToken(): string {
  const secret = Array.from({ length: secretLength }, () => alphabet[randomInt(alphabet.length)]).join('')
  return prefix + secret + checksumOf(secret)
}

/** Is the text such a token, given to somebody or not? */
export function isToken(text: string): boolean {
  if (!shape.test(text)) return false
  return text.slice(-checkLength) === checksumOf(text.slice(prefix.length, -checkLength))
}

/** What is kept of a token. Its 238 bits make a slow hash needless. */
export function digestOf(token: string): string {
  return hash('sha256', token, 'base64url')
}

/** CRC-32 of the secret, in six digits of base 62. */
function checksumOf(secret: string): string {
  let [rest, digits] = [crc32(secret), '']
  for (let at = 0; at < checkLength; at++) {
    digits = alphabet.charAt(rest % alphabet.length) + digits
    rest = Math.floor(rest / alphabet.length)
  }
  return digits
}

import type { IncomingMessage } from 'node:http'
import { expect, it } from 'vitest'
import { clientAddress } from '../../../src/serve/http/client-address.ts'

function from(remoteAddress: string | undefined, forwarded?: string): string | undefined {
  const headers = { ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }) }
  return clientAddress({ socket: { remoteAddress }, headers } as IncomingMessage)
}

it('is the address of the connection, and of IPv6 its network', () => {
  expect(from('93.184.216.34')).toBe('93.184.216.34')
  expect(from('::ffff:93.184.216.34')).toBe('93.184.216.34')
  expect(from('2606:2800:220:1:248:1893:25c8:1946')).toBe(from('2606:2800:220:1::7'))
  expect(from('2606:2800:220:1::7')).not.toBe(from('2606:2800:220:2::7'))
})

it('is what a proxy of one’s own names last, and what others claim is not believed', () => {
  expect(from('127.0.0.1', '1.2.3.4, 93.184.216.34')).toBe('93.184.216.34')
  expect(from('10.0.0.7', '93.184.216.34')).toBe('93.184.216.34')
  expect(from('93.184.216.34', '8.8.8.8')).toBe('93.184.216.34')
})

it('is unknown where many may stand behind one', () => {
  expect(from(undefined)).toBeUndefined()
  expect(from('127.0.0.1')).toBeUndefined()
  expect(from('10.0.0.7', '10.0.0.8')).toBeUndefined()
  expect(from('::1', 'unknown')).toBeUndefined()
  expect(from('::1', `1.2.3.4${' '.repeat(10_000)}`)).toBe('1.2.3.4')
})

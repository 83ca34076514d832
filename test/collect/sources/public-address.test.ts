import type { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { connectorTo, isPublic } from '../../../src/collect/sources/public-address.ts'
import { WebClient } from '../../../src/collect/sources/web-client.ts'
import { ask, atomFeed, expectPoll, page, redirect, sourceAt, startSite } from './site.ts'

describe('an address', () => {
  it.each(['1.1.1.1', '172.32.0.1', '192.169.0.1', '2a00:1450:4001::1', '2606:4700::1111'])(
    'is public: %s',
    address => {
      expect(isPublic(address)).toBe(true)
    },
  )

  it.each([
    ['unspecified', '0.0.0.0 0.1.2.3 ::'],
    ['loopback', '127.0.0.1 127.255.255.254 ::1'],
    ['private', '10.0.0.1 172.16.0.1 172.31.255.255 192.168.1.1 fc00::1 fd12::1'],
    ['link-local', '169.254.169.254 fe80::1 fe80::1%eth0 fec0::1'],
    ['shared by carriers', '100.64.0.1 100.127.255.255'],
    ['multicast or broadcast', '224.0.0.1 239.1.1.1 255.255.255.255 ff02::1'],
    ['reserved', '192.0.0.1 192.0.2.1 198.18.0.1 198.51.100.1 203.0.113.1 240.0.0.1 2001:db8::1 100::1 4000::1'],
    [
      'carrying IPv4',
      '::ffff:1.1.1.1 ::ffff:127.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b:1::1 2002:7f00:1::1 2001::1',
    ],
    ['nonsense', 'localhost 1 1.1.1 01.1.1.1.1'],
  ])('is not public: %s', (_, addresses) => {
    expect(addresses.split(' ').filter(isPublic)).toEqual([])
  })
})

describe('a source that is not private', () => {
  it.each([
    'http://127.0.0.1:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST:PORT/',
    'http://2130706433:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://0x7f.1:PORT/',
    'http://127.1:PORT/',
    'http://0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'https://127.0.0.1:PORT/',
  ])('is not connected: %s', async url => {
    await using site = await startSite({ '/': page(atomFeed('One')) })
    const { error, state } = await expectPoll(
      'failed',
      ask(sourceAt(url.replace('PORT', new URL(site.origin).port), { private: false })),
    )
    expect(error.message).toMatch(
      /cannot be read: it has no public address, and the source does not say `private: true`$/,
    )
    expect(state.failures).toBe(1)
    expect(site.asked).toEqual([])
  })
})

describe('a connection', () => {
  it('is refused for a name when any of its addresses is', async () => {
    await expect(attempt(connectorTo(isPublic, 1_000, resolvedTo('1.1.1.1', '10.0.0.1')), 1)).rejects.toThrow(
      /^it has no public address/,
    )
  })

  it('goes to the very address that was checked: a name is looked up once', async () => {
    await using site = await startSite()
    const answers = ['127.0.0.1', '127.0.0.2']
    const checked: string[] = []
    const allowed = (address: string) => checked.push(address) > 0
    const resolve: Resolve = (_, found) => found(null, [ipv4(answers.shift() ?? '')])
    const socket = await attempt(connectorTo(allowed, 1_000, resolve), Number(new URL(site.origin).port))
    expect([socket.remoteAddress, checked, answers]).toEqual(['127.0.0.1', ['127.0.0.1'], ['127.0.0.2']])
    socket.destroy()
  })

  it('fails with the reason when there is no such name', async () => {
    await expect(attempt(connectorTo(isPublic, 1_000, nameless), 1)).rejects.toThrow('no feed.example')
  })

  it('is checked again at each redirect', async () => {
    await using inner = await startSite({ '/': page(atomFeed('Secret')) }, '127.0.0.2')
    await using outer = await startSite({ '/': redirect(302, inner.origin) })
    const source = sourceAt(outer.origin, { private: false })
    await using client = new WebClient(source, 'Feedwire/0', undefined, address => address === '127.0.0.1')
    const asking = client.get(new URL(outer.origin), { maxBytes: 1_000 })
    await expect(asking).rejects.toThrow('cannot be read: it has no public address')
    expect([outer.asked.length, inner.asked.length]).toEqual([1, 0])
  })
})

describe('a source that is private', () => {
  it('is not led to another host, by a poll or by a medium, and does not repeat where to', async () => {
    await using inner = await startSite({ '/': page(atomFeed('Secret')) }, '127.0.0.2')
    await using outer = await startSite({ '/': redirect(301, inner.origin) })
    const { error } = await expectPoll('failed', ask(sourceAt(outer.origin)))
    await using client = new WebClient({ private: true }, 'Feedwire/0')
    await expect(client.get(new URL(outer.origin), { maxBytes: 1_000 })).rejects.toThrow(error.message)
    expect(error.message).toMatch(
      /^127\.0\.0\.1:\d+ redirects to another host, which a source that says `private: true` may not$/,
    )
    expect([outer.asked.length, inner.asked.length]).toEqual([2, 0])
  })
})

type Resolve = NonNullable<Parameters<typeof connectorTo>[2]>

function resolvedTo(...addresses: string[]): Resolve {
  return (_, found) => found(null, addresses.map(ipv4))
}

function nameless(name: string, found: Parameters<Resolve>[1]): void {
  found(new Error(`no ${name}`), [])
}

function ipv4(address: string): { address: string; family: number } {
  return { address, family: 4 }
}

function attempt(connect: ReturnType<typeof connectorTo>, port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    connect({ hostname: 'feed.example', protocol: 'http:', port: String(port) }, (error, socket) =>
      error ? reject(error) : resolve(socket),
    )
  })
}

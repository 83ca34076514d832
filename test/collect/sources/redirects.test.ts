import { describe, expect, it } from 'vitest'
import { redirectTarget } from '../../../src/collect/sources/redirects.ts'

const from = new URL('https://a.example/feeds/x?token=hush')

describe('the target of a redirect', () => {
  it.each([
    ['https://b.example/y', 'https://b.example/y'],
    ['../y', 'https://a.example/y'],
    ['//b.example/y', 'https://b.example/y'],
  ])('may be written as %s', (location, target) => {
    expect(redirectTarget(from, location).href).toBe(target)
  })

  it('may go up from http to https', () => {
    expect(redirectTarget(new URL('http://a.example/'), 'https://a.example/').protocol).toBe('https:')
  })

  it.each([
    ['http://a.example/hush', 'a.example redirects from https to http, on a.example'],
    ['ftp://hush@a.example/', 'a.example redirects to what is no web address'],
    ['file:///etc/hush', 'a.example redirects to what is no web address'],
    ['javascript:hush()', 'a.example redirects to what is no web address'],
    ['https://[hush', 'a.example redirects to nowhere'],
    [undefined, 'a.example redirects to nowhere'],
    [['/hush', '/hush2'], 'a.example redirects to nowhere'],
  ])('is never %s', (location, message) => {
    expect(() => redirectTarget(from, location)).toThrow(new Error(message))
  })

  it('stays within the one origin that was allowed', () => {
    expect(redirectTarget(from, '/y', { within: 'https://a.example' }).href).toBe('https://a.example/y')
    expect(() => redirectTarget(from, 'https://b.example/y', { within: 'https://a.example' })).toThrow(
      'an older page to b.example',
    )
    expect(() => redirectTarget(from, 'https://a.example:444/y', { within: 'https://a.example' })).toThrow(
      'an older page',
    )
  })

  it('stays on its own host for a private source, and tells nothing of others', () => {
    expect(redirectTarget(from, 'https://a.example:444/y', { alone: 'a.example' }).port).toBe('444')
    for (const location of ['https://b.example/', 'http://10.0.0.1/', 'https://[::1]/', '//a.example.b.example/'])
      expect(() => redirectTarget(from, location, { alone: 'a.example' })).toThrow(
        new Error('a.example redirects to another host, which a source that says `private: true` may not'),
      )
  })
})

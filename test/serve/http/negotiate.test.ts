import { describe, expect, test } from 'vitest'
import { chooseCoding, chooseFormat } from '../../../src/serve/http/negotiate.ts'

describe('Accept-Encoding', () => {
  const choices: [header: string | undefined, coding: string][] = [
    [undefined, 'identity'],
    ['', 'identity'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['GZip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.9, gzip', 'gzip'],
    ['br;q=0.5, gzip;q=0.5', 'br'],
    ['gzip;q=0.001', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['gzip; q=0.000, br ; Q=0.0', 'identity'],
    ['identity', 'identity'],
    ['identity;q=0.5, gzip;q=0.4', 'identity'],
    ['identity, gzip', 'gzip'],
    ['deflate', 'identity'],
    ['*', 'br'],
    ['*;q=0', 'identity'],
    ['br;q=0, *', 'gzip'],
    ['identity;q=0', 'identity'],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0, *;q=0.1', 'br'],
    ['gzip;q=nonsense', 'identity'],
    ['gzip;q=7, br;q=0.1', 'br'],
    [',,, ;q=1, gzip', 'gzip'],
    [`${'zstd;q=0.1,'.repeat(1000)}gzip`, 'gzip'],
  ]
  test.each(choices)('%j gets %s', (header, coding) => {
    expect(chooseCoding(header)).toBe(coding)
    expect(chooseCoding(header)).toBe(coding)
  })

  test('remembers no more than a bounded number of values', () => {
    for (let i = 0; i < 2000; i++) expect(chooseCoding(`gzip;q=0.${i}`)).toBe(i % 10_000 === 0 ? 'identity' : 'gzip')
  })
})

describe('Accept for /feeds/NAME', () => {
  const choices: [header: string | undefined, name: string | undefined][] = [
    [undefined, 'rss'],
    ['', 'rss'],
    ['*/*', 'rss'],
    ['*', 'rss'],
    ['application/*', 'rss'],
    ['text/*', 'rss'],
    ['application/rss+xml', 'rss'],
    ['application/xml', 'rss'],
    ['text/xml', 'rss'],
    ['application/atom+xml', 'atom'],
    ['application/atom+xml;type=feed', 'atom'],
    ['application/feed+json', 'json'],
    ['application/json', 'json'],
    ['APPLICATION/JSON', 'json'],
    ['text/html', 'html'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', 'html'],
    ['text/html, application/xhtml+xml, image/jxr, */*', 'html'],
    ['text/html;q=0.8, application/rss+xml', 'rss'],
    ['text/html, application/rss+xml', 'rss'],
    ['text/html;q=0, */*', 'rss'],
    ['application/atom+xml, application/rss+xml', 'rss'],
    ['application/feed+json, application/atom+xml', 'atom'],
    ['application/json, application/xml', 'rss'],
    ['application/atom+xml;q=0.9, application/rss+xml;q=0.8', 'atom'],
    ['application/rss+xml;q=0.1, */*;q=0.9', 'atom'],
    ['application/rss+xml;q=0, application/atom+xml;q=0, */*', 'json'],
    ['application/*;q=0.5, application/feed+json;q=0.6', 'json'],
    ['application/rss+xml, application/rdf+xml;q=0.8, application/atom+xml;q=0.6, application/xml;q=0.4', 'rss'],
    ['application/rss+xml;q=0, application/atom+xml;q=0, application/feed+json;q=0, */*', undefined],
    ['image/png', undefined],
    ['application/rss+xml;q=0', undefined],
    ['*/*;q=0', undefined],
    ['text/plain, image/*', undefined],
  ]
  test.each(choices)('%j gets %s', (header, name) => {
    expect(chooseFormat(header)).toBe(name)
    expect(chooseFormat(header)).toBe(name)
  })
})

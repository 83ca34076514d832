import { expect, test } from 'vitest'
import { formatHttpDate, parseHttpDate } from '../../../src/serve/http/http-date.ts'

const now = Date.UTC(2026, 10, 22)
const read: [text: string, iso: string | undefined][] = [
  ['Sun, 06 Nov 1994 08:49:37 GMT', '1994-11-06T08:49:37Z'],
  ['Sunday, 06-Nov-94 08:49:37 GMT', '1994-11-06T08:49:37Z'],
  ['Sun Nov  6 08:49:37 1994', '1994-11-06T08:49:37Z'],
  ['Wed Nov 16 08:49:37 1994', '1994-11-16T08:49:37Z'],
  ['Thu, 29 Feb 2024 23:59:60 GMT', '2024-03-01T00:00:00Z'],
  ['Friday, 01-Jan-76 00:00:00 GMT', '2076-01-01T00:00:00Z'],
  ['Saturday, 01-Jan-77 00:00:00 GMT', '1977-01-01T00:00:00Z'],
  ['Mon, 01 Jan 0001 00:00:00 GMT', '0001-01-01T00:00:00Z'],
  ['Wed, 30 Feb 2024 00:00:00 GMT', undefined],
  ['Thu, 29 Feb 2023 00:00:00 GMT', undefined],
  ['Sun, 00 Nov 1994 08:49:37 GMT', undefined],
  ['Sun, 06 Nov 1994 24:00:00 GMT', undefined],
  ['Sun, 06 Nov 1994 08:60:00 GMT', undefined],
  ['Sun, 06 Nov 1994 08:49:61 GMT', undefined],
  ['Sun, 6 Nov 1994 08:49:37 GMT', undefined],
  ['sun, 06 nov 1994 08:49:37 gmt', undefined],
  ['Sun, 06 Nov 1994 08:49:37 +0000', undefined],
  ['Sun, 06 Nov 1994 08:49:37 GMT; length=12', undefined],
  ['1994-11-06T08:49:37Z', undefined],
  ['784111777', undefined],
  ['', undefined],
]

test.each(read)('reads %j as %s', (text, iso) => {
  expect(parseHttpDate(text, now)).toBe(iso === undefined ? undefined : Date.parse(iso) / 1000)
})

test('writes the form that it also reads', () => {
  expect(formatHttpDate(784_111_777)).toBe('Sun, 06 Nov 1994 08:49:37 GMT')
})

import { describe, expect, it } from 'vitest'
import { firstDate, sureDate } from '../../../../src/collect/parsers/dates/lenient-dates.ts'

const rules = { timezone: 'Europe/Lisbon', dates: [] }

describe('lenient dates', () => {
  it.each([
    ['Sat, 09 Mar 2024 06:30:00 GMT', '2024-03-09T06:30:00Z'],
    ['Saturday, 9 March 2024 6:30 CET', '2024-03-09T05:30:00Z'],
    ['9 Sept. 24 6:30 +02:00', '2024-09-09T04:30:00Z'],
    ['9 Mar 99 06:30 PST', '1999-03-09T14:30:00Z'],
    ['Tue, 09 Jul 2024 06:30:00', '2024-07-09T05:30:00Z'],
    ['9 Jul 2024', '2024-07-08T23:00:00Z'],
    ['9 Mar 2024 06:30:00 GMT+0300', '2024-03-09T03:30:00Z'],
    ['2024-03-09T06:30:00.123+01:00', '2024-03-09T05:30:00Z'],
    ['Sat Mar 09 2024 06:30:00 GMT+0100 (Central European Standard Time)', '2024-03-09T05:30:00Z'],
    ['March 9, 2024 6:30 PM EST', '2024-03-09T23:30:00Z'],
    ['Saturday, Mar. 9, 2024 at 12:05 a.m. UTC', '2024-03-09T00:05:00Z'],
    ['2024-03-09 06:30:00 CET', '2024-03-09T05:30:00Z'],
    ['Sun Mar 09 2024 06:30:00 GMT+0100', '2024-03-09T05:30:00Z'],
    ['March 9, 2024 13:30 PM EST', '2024-03-09T18:30:00Z'],
    ['March 9, 2024 6:30 PM IST', undefined],
    ['Sun, 09 Mar 2024 06:30:00 GMT', '2024-03-09T06:30:00Z'],
    ['9 Mar 2024 06:30 XYZ', undefined],
    ['soon', undefined],
  ])('reads %s as %s', (text, instant) => {
    expect(firstDate([text], rules)).toBe(instant)
  })

  it('takes the first that can be read', () => {
    expect(firstDate([undefined, 'soon', '03/04/2024', '2024-03-09', '2024-03-10'], rules)).toBe('2024-03-09T00:00:00Z')
  })

  it('says what was read in spite of a wrong day of the week, and refuses it where the date is not complete', () => {
    const warnings: string[] = []
    firstDate(['Sun, 09 Mar 2024 06:30:00 GMT'], rules, 'en', warnings)
    expect(warnings).toEqual([expect.stringContaining('does not fall on the day of the week')])
    expect(() => firstDate(['Sun, 09 Mar 2024'], rules)).toThrow('does not fall on the day of the week')
  })

  it('refuses a date that could be two where no other can be read', () => {
    expect(() => firstDate(['03/04/2024', 'soon'], rules)).toThrow('April 3 or March 4')
    expect(sureDate(['03/04/2024', 'soon'], rules)).toBeUndefined()
  })
})

import { describe, expect, it } from 'vitest'
import { findDate, readDate } from '../../../../src/collect/parsers/dates/dates.ts'

const dayFirst = { timezone: 'UTC', dates: ["dd/MM/yyyy HH'h'mm"] }
const saoPaulo = { timezone: 'America/Sao_Paulo', dates: ["d 'de' MMMM 'de' yyyy", 'dd.MM.yyyy HH:mm'] }
const berlin = { timezone: 'Europe/Berlin', dates: ['dd.MM.yyyy HH:mm'] }

describe('dates', () => {
  it.each([
    ['01/11/2023 23h52', '2023-11-01T23:52:00Z'],
    ['1/11/2023 3H02', '2023-11-01T03:02:00Z'],
    [' 01/11/2023   23h52 ', '2023-11-01T23:52:00Z'],
    ['2023-11-01T23:52:00Z', '2023-11-01T23:52:00Z'],
    ['2023-11-01t23:52:00.999+02:00', '2023-11-01T21:52:00Z'],
    ['2023-11-01 23:52 GMT', '2023-11-01T23:52:00Z'],
    ['2023-11-01', '2023-11-01T00:00:00Z'],
    ['20231101T235200-0300', '2023-11-02T02:52:00Z'],
    ['2016-12-31T23:59:60Z', '2016-12-31T23:59:59Z'],
    ['2023-11-01T24:00:00Z', '2023-11-02T00:00:00Z'],
    ['Wed, 01 Nov 2023 23:52:00 GMT', '2023-11-01T23:52:00Z'],
    ['1 Nov 23 23:52 EST', '2023-11-02T04:52:00Z'],
    ['Wed, 1 Nov 2023 23:52:00 +0100 (CET)', '2023-11-01T22:52:00Z'],
    ['٠١/١١/٢٠٢٣ ٢٣h٥٢', '2023-11-01T23:52:00Z'],
  ])('reads %s as %s', (text, instant) => {
    expect(readDate(text, dayFirst)).toBe(instant)
  })

  it.each([
    ['5 de fevereiro de 2024', 'pt-BR', '2024-02-05T03:00:00Z'],
    ['5 de February de 2024', 'pt-BR', '2024-02-05T03:00:00Z'],
    ['05.02.2024 10:00', 'pt', '2024-02-05T13:00:00Z'],
    ['5 de February de 2024', 'xx-unknown', '2024-02-05T03:00:00Z'],
  ])('reads %s in %s, in the zone of its source', (text, language, instant) => {
    expect(readDate(text, saoPaulo, language)).toBe(instant)
  })

  it.each([
    ['24 février 09', 'fr'],
    ['24 лютого 09', 'uk'],
    ['24 Φεβρουαρίου 09', 'el'],
    ['24 فبراير 09', 'ar-EG'],
    ['24 February 09', 'fr'],
  ])('takes %s in %s as its source orders it, which without that would be another day', (text, language) => {
    expect(readDate(text, { timezone: 'UTC', dates: ['yy MMMM dd'] }, language)).toBe('2024-02-09T00:00:00Z')
    expect(readDate(text, { timezone: 'UTC', dates: [] }, language)).toBe('2009-02-24T00:00:00Z')
  })

  it('takes names of days from the language', () => {
    const rules = { timezone: 'Asia/Seoul', dates: ["yyyy'년' M'월' d'일' EEEE H:mm"] }
    expect(readDate('2024년 2월 5일 월요일 15:07', rules, 'ko')).toBe('2024-02-05T06:07:00Z')
  })

  it('keeps the width of numbers that touch', () => {
    expect(readDate('01112023', { timezone: 'UTC', dates: ['ddMMyyyy'] })).toBe('2023-11-01T00:00:00Z')
    expect(() => readDate('1112023', { timezone: 'UTC', dates: ['ddMMyyyy'] })).toThrow('not a date')
  })

  it.each([
    ['03/04/2024', { timezone: 'UTC', dates: [] }, 'could be April 3 or March 4, 2024'],
    ['13/25/2024', { timezone: 'UTC', dates: [] }, 'looks like a date'],
    ['2024-13-01', { timezone: 'UTC', dates: [] }, 'looks like a date'],
    ['03/04/2024', { timezone: 'UTC', dates: ['dd/MM/yyyy', 'MM/dd/yyyy'] }, '2024-04-03T00:00:00Z by one'],
    ['31.03.2024 02:30', berlin, 'does not exist in Europe/Berlin'],
    ['27.10.2024 02:30', berlin, 'exists twice in Europe/Berlin'],
    ['2024-03-31T02:30:00', berlin, 'does not exist'],
    ['0999-01-01', berlin, 'outside the years'],
    ['Tue, 01 Nov 2023', dayFirst, 'does not fall on the day of the week'],
    ['1 Nov 2023 23:52 A', dayFirst, 'is not a date'],
    ['2023-02-30', dayFirst, 'looks like a date'],
    ['12:30', dayFirst, 'is not a date'],
    ['05/02', { timezone: 'UTC', dates: ['dd/MM'] }, 'is not a date'],
    ['5 February', { timezone: 'UTC', dates: ['d MMMM'] }, 'is not a date'],
    ['9'.repeat(100_000), dayFirst, 'is not a date'],
  ])('refuses %s', (text, rules, reason) => {
    expect(() => readDate(text, rules)).toThrow(reason)
  })

  it('agrees with itself where two patterns read the same moment', () => {
    expect(readDate('04/04/2024', { timezone: 'UTC', dates: ['dd/MM/yyyy', 'MM/dd/yyyy'] })).toBe(
      '2024-04-04T00:00:00Z',
    )
  })

  it('knows what is no date at all', () => {
    expect(findDate('ICE 4 to Berlin', dayFirst)).toBeUndefined()
  })

  it('reads the moments before and after a change of clocks', () => {
    expect(readDate('31.03.2024 01:59', berlin)).toBe('2024-03-31T00:59:00Z')
    expect(readDate('31.03.2024 03:00', berlin)).toBe('2024-03-31T01:00:00Z')
    expect(readDate('27.10.2024 03:00', berlin)).toBe('2024-10-27T02:00:00Z')
  })
})

import { describe, expect, it } from 'vitest'
import { findDate, readDate } from '../../../../src/collect/parsers/dates/dates.ts'

const utc = { timezone: 'UTC', dates: [] }

describe('dates that can be read in one way only', () => {
  it.each([
    '27/03/2025 09:05',
    '03/27/2025 9:05 AM',
    '27.03.2025, 09.05 Uhr',
    '27-03-2025 09:05',
    '27/3-2025 09:05',
    '27/3 2025 kl. 09.05',
    '2025/3/27 9:05',
    '2025. 03. 27. 09:05',
    '2025-3-27 9:05:0',
    '2025-03-27 04:05 CDT',
    '2025-03-27T04:05:00 -0500',
    '2025-03-27T10:05+01:00[Europe/Berlin]',
    '27 March 2025 | 09:05',
    '27-Mar-2025 09:05',
    'Thursday 27th of March 2025, 9:05am',
    'Thu, Mar 27 2025 09:05:00 AM',
    'March 27, 2025 at 5:05 a.m. ET',
    '9:05, 27 March 2025',
    'Donnerstag, den 27. März 2025 um 9.05 Uhr',
    'do 27 mrt 2025 9u05',
    'Le jeudi 27 mars 2025 à 9h05',
    '27 MARS 2025 - 9H05',
    'jueves, 27 de marzo de 2025, 9:05 h',
    'jue 27 mar 2025 9:05 a. m.',
    'quinta-feira, 27 de março de 2025 às 9h05',
    'giovedì 27 marzo 2025, ore 9.05',
    'torsdag den 27. marts 2025 kl. 9.05',
    'torstai 27. maaliskuuta 2025 klo 9.05',
    'czwartek, 27 marca 2025, godz. 9:05',
    'četvrtak, 27. ožujka 2025. u 9:05',
    '2025. március 27., csütörtök 9:05',
    'четверг, 27 марта 2025 г., 09:05',
    '27 мар 2025, 12:05 МСК',
    '27 березня 2025 р. о 09:05',
    'Πέμπτη 27 Μαρτίου 2025 στις 9:05 π.μ.',
    '27 ΜΑΡΤΙΟΥ 2025 09:05',
    '27 Mart 2025 Perşembe 09:05',
    'الخميس، ٢٧ مارس ٢٠٢٥ ٩:٠٥ ص',
    '۲۷ مارس ۲۰۲۵، ۰۹:۰۵',
    'پنجشنبه ۷ فروردین ۱۴۰۴ ساعت ۰۹:۰۵',
    'יום חמישי, 27 במרץ 2025 בשעה 9:05',
    '२७ मार्च २०२५, ०९:०५ बजे',
    '2025年3月27日(木) 午前9時5分',
    '2025年3月27日星期四上午9:05',
    '令和7年3月27日 9時05分',
    '2025년 3월 27일 (목) 오전 9시 5분',
    'Thứ Năm, 27 tháng 3 năm 2025, 9:05',
    'Kamis, 27 Maret 2025 pukul 9.05',
    'วันพฤหัสบดีที่ 27 มีนาคม พ.ศ. 2568 เวลา 9:05 น.',
  ])('reads %s', text => {
    expect(readDate(text, utc)).toBe('2025-03-27T09:05:00Z')
  })

  it.each([
    ['2025-03-27T9:05:00+09:00', '2025-03-27T00:05:00Z'],
    ['2025-03-27 -4', '2025-03-27T04:00:00Z'],
    ['2025-3-27 +09:00', '2025-03-26T15:00:00Z'],
    ['2025-03-27 -0430', '2025-03-27T04:30:00Z'],
    ['2025-03-27 MSK', '2025-03-26T21:00:00Z'],
    ['2025-03-27 09:05:00 +0900 JST', '2025-03-27T00:05:00Z'],
    ['2025-03-27 09:05:00 -0700 MST', '2025-03-27T16:05:00Z'],
    ['2025-03-27 09:05:00.123 +0530 IST', '2025-03-27T03:35:00Z'],
    ['2025-03-27 09:05:00 +0000 UTC', '2025-03-27T09:05:00Z'],
  ])('reads %s, as programs print dates with their zones', (text, instant) => {
    expect(readDate(text, { timezone: 'Asia/Tokyo', dates: [] })).toBe(instant)
  })

  it.each(['2025-03-27 -10:00', '2025-03-27 -13', '2025-03-27 09:05:00 +0900 CET'])(
    'does not guess the zone of %s',
    text => {
      expect(() => findDate(text, utc)).toThrow('looks like a date')
    },
  )

  it('settles day and month by the name of the day', () => {
    expect(readDate('Thursday 03/04/2025', utc).slice(0, 10)).toBe('2025-04-03')
    expect(readDate('Dienstag, 04.03.2025', utc).slice(0, 10)).toBe('2025-03-04')
  })

  it('takes a month that two languages name alike from the language of the text', () => {
    expect(readDate('3 listopada 2025', utc, 'pl')).toBe('2025-11-03T00:00:00Z')
    expect(readDate('3. listopada 2025.', utc, 'hr')).toBe('2025-10-03T00:00:00Z')
    expect(() => readDate('3 listopada 2025', utc)).toThrow('could be')
  })

  it('reads the years of other calendars in their own languages', () => {
    expect(readDate('۱۴۰۳/۱۲/۳۰', utc, 'fa')).toBe('2025-03-20T00:00:00Z')
    expect(() => readDate('۱۴۰۲/۱۲/۳۰', utc, 'fa')).toThrow('looks like a date')
    expect(readDate('27/3/2568', utc, 'th')).toBe('2025-03-27T00:00:00Z')
  })

  it.each(['27.03.99', '99-03-27'])('reads %s, a year of two digits that nothing else can be', text => {
    expect(readDate(text, utc)).toBe('1999-03-27T00:00:00Z')
  })

  it.each([
    '03/04/2025',
    '27.03.25',
    '27/03/45',
    '24-Mar-09',
    '13/25/2025',
    '30 February 2025',
    '27 March 2025 13:05 AM',
  ])('is in doubt of %s', text => {
    expect(() => readDate(text, utc)).toThrow(/could be|looks like a date|is not a date/)
  })

  it.each([
    'Room 27 March 2025',
    '5:00:00',
    '17:30',
    '5:00 PM',
    '2025-03-27-4',
    '27 March',
    'March 2025',
    '27 March 2025 or later',
    '27 March 2025 10:00 to 12:00',
    '3 of 27 voted in 2025',
    'Top 10 of 2025',
    '+1 202 555 0123',
    '27 March 2025 09:05 XYZ',
  ])('takes %s for no date', text => {
    expect(findDate(text, utc)).toBeUndefined()
  })
})

describe('dates that programs write for none', () => {
  it.each([
    '0000-00-00 00:00:00',
    '00.00.0000',
    '0001-01-01T00:00:00Z',
    '1/1/0001 12:00:00 AM',
    'Mon, 01 Jan 0001 00:00:00 +0000',
    '-0001-11-30T00:00:00+00:00',
    'November 30, -0001',
    '1970-01-01',
    '1 января 1970, 03:00',
    '1970年1月1日 9:00',
    '1970-01-01T01:00:00+01:00',
    '1969-12-31T19:00:00-05:00',
    '31/12/1969 21:00',
    '1899-12-30T00:00:00',
    '1601-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999Z',
  ])('are none: %s', text => {
    expect(findDate(text, utc)).toBeUndefined()
  })

  it('are not the days beside them', () => {
    expect(findDate('1970-01-02', utc)).toBe('1970-01-02T00:00:00Z')
    expect(findDate('1969-12-30', utc)).toBe('1969-12-30T00:00:00Z')
  })
})

describe('days whose midnight the clocks skip', () => {
  it.each([
    ['Asia/Beirut', '2022-03-27', '2022-03-26T22:00:00Z'],
    ['Africa/Cairo', '26 April 2024', '2024-04-25T22:00:00Z'],
    ['America/Sao_Paulo', '15/10/2017 00:00', '2017-10-15T03:00:00Z'],
    ['America/Havana', '10 de marzo de 2024', '2024-03-10T05:00:00Z'],
  ])('begin in %s with the next moment', (timezone, text, moment) => {
    expect(readDate(text, { timezone, dates: [] })).toBe(moment)
  })

  it('leave another skipped time in doubt', () => {
    expect(() => readDate('15/10/2017 00:30', { timezone: 'America/Sao_Paulo', dates: [] })).toThrow('does not exist')
  })
})

it('takes a timestamp of YAML in all its forms', () => {
  const forms = ['2001-12-14t21:59:43.10-05:00', '2001-12-14 21:59:43.10 -5', '2001-12-15 2:59:43']
  expect(forms.map(form => readDate(form, utc))).toEqual(forms.map(() => '2001-12-15T02:59:43Z'))
})

import { describe, expect, it } from 'vitest'
import { datesInLine } from '../../../../src/collect/parsers/dates/dates-in-line.ts'

const writtenIn = (line: string, language: string) => datesInLine(line, language).map(({ written }) => written)

describe('datesInLine', () => {
  it.each([
    ['de', 'Donnerstag, 15.2.2018, 19:51 Uhr', '2018-02-15T19:51'],
    ['de', 'Von Ida Holm am 3. März 2024 um 14.45 Uhr', '2024-03-03T14:45'],
    ['en', 'Posted on December 29th, 2019 by Ida', '2019-12-29'],
    ['en', 'Published 22 October 2019 at 7:05 pm', '2019-10-22T19:05'],
    ['fr', 'Publié le 1er mai 2020 à 18h30', '2020-05-01T18:30'],
    ['es', '16 de agosto de 2019', '2019-08-16'],
    ['pt', '2 de março de 2024', '2024-03-02'],
    ['cs', '4. listopadu 2021', '2021-11-04'],
    ['hr', '4. listopada 2021.', '2021-10-04'],
    ['hu', '2020. június 4., 12:30', '2020-06-04T12:30'],
    ['lt', '2020 m. birželio 4 d.', '2020-06-04'],
    ['ru', 'Опубликовано 15 августа 2016 г., 13:43', '2016-08-15T13:43'],
    ['el', '2 Μαρτίου 2024', '2024-03-02'],
    ['he', '2 במרץ 2024', '2024-03-02'],
    ['ar', '٢ مارس ٢٠٢٤', '2024-03-02'],
    ['hi', '२ मार्च २०२४', '2024-03-02'],
    ['th', '2 มีนาคม 2567', '2024-03-02'],
    ['ja', '2020年3月12日 10時30分', '2020-03-12T10:30'],
    ['ko', '2020년 3월 4일 오후 3:05', '2020-03-04T15:05'],
    ['fa', 'تهران ۲ تیر ۱۳۹۹', '2020-06-22'],
    ['it', 'Pubblicato il 1° maggio 2020', '2020-05-01'],
    ['da', 'Af Ida Holm, 2. marts 2024 kl. 10.45', '2024-03-02T10:45'],
    ['en', '10:45, 3 May 2024 | 12 comments', '2024-05-03T10:45'],
    ['en', '3 May 2024 10:45 EDT', '2024-05-03T10:45-04:00'],
    ['en', 'Updated 9:05 a.m. ET, Dec. 3, 2019', '2019-12-03T09:05 ET'],
    ['en', '3 May 2024 12.50 crowns', '2024-05-03'],
    ['en', '3 May 2024 10:45 IST', '2024-05-03'],
    ['en', 'The Sun 3 May 2024', '2024-05-03'],
  ])('reads in %s "%s"', (language, line, written) => {
    expect(writtenIn(line, language)).toEqual([written])
  })

  it.each([
    ['de', '02.11.2021', '2021-11-02'],
    ['fr', 'Publié le 02/11/2021 à 18h30', '2021-11-02T18:30'],
    ['pt', '02/11/2021 às 09:05', '2021-11-02T09:05'],
    ['ru', '02.11.2021, 09:05', '2021-11-02T09:05'],
    ['vi', '02/11/2021', '2021-11-02'],
    ['nl', '2-11-2021', '2021-11-02'],
    ['ar', '٢/١١/٢٠٢١', '2021-11-02'],
    ['en-GB', '02/11/2021', '2021-11-02'],
    ['tr', '12.03.20', '2020-03-12'],
  ])('takes the day for the first number where the language has it so (%s: %s)', (language, line, written) => {
    expect(writtenIn(line, language)).toEqual([written])
  })

  it('leaves to the source what could be read in two ways', () => {
    expect(writtenIn('04/03/2020 10:00', 'en')).toEqual(['04/03/2020 10:00'])
    expect(writtenIn('04.03.2020', 'en')).toEqual(['04.03.2020'])
  })

  it.each([
    ['a price', 'Now 12.50, was 14.20'],
    ['a version', 'Version 3.12.2020.1 for all'],
    ['a day that no calendar has', '31 February 2024'],
    ['a day without a year', 'on 12 May'],
    ['a year of another calendar', '1398/11/29'],
    ['a day and a count', '12 May 20 comments'],
    ['three numbers', 'Won 17.7.11, lost 3/9/15'],
    ['a year nobody remembers', '3 May 1848'],
  ])('takes %s for no date', (_, line) => {
    expect(writtenIn(line, 'en').filter(written => /^\d{4}-/.test(written))).toEqual([])
  })

  it('looks at no line that is longer than a line', () => {
    const line = '2 May 2024 '.repeat(50_000)
    expect(datesInLine(line, 'en')).toEqual([])
  })
})

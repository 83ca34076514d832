import { describe, expect, it } from 'vitest'
import { printedDates } from '../../../../src/collect/parsers/html/printed-date.ts'

const writtenIn = (line: string, language: string) => printedDates(line, language).map(({ written }) => written)

describe('printedDates', () => {
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
  ])('reads in %s "%s"', (language, line, written) => {
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
  ])('takes %s for no date', (_, line) => {
    expect(writtenIn(line, 'en').filter(written => /^\d{4}-/.test(written))).toEqual([])
  })

  it('looks at no line that is longer than a line', () => {
    const line = '2 May 2024 '.repeat(50_000)
    expect(printedDates(line, 'en')).toEqual([])
  })
})

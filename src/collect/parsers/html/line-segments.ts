import { datesInLine } from '../dates/dates-in-line.ts'

type Dates = Readonly<ReturnType<typeof datesInLine>>

/** The pieces of a line without its dates, and what stands in front of and behind them. */
export function segmentsOf(text: string, language: string, dates: Dates = datesInLine(text, language)): string[] {
  return piecesOf(text, dates)
    .map(withoutDateLabel)
    .filter(segment => segment !== '')
}

/** The same with what says what a date is of. */
export function piecesOf(text: string, dates: Dates): string[] {
  let rest = text
  for (const { start, end } of dates.toReversed()) rest = `${rest.slice(0, start)}|${rest.slice(end)}`
  return rest
    .split(/\s*(?:[|•·→»›()[\]~]|\/\/|\s[–—/-]\s)\s*/u)
    .map(piece => piece.replace(/^[\s,:;.–—-]+|[\s,:;–—@-]+$/gu, '').replace(beforeDate, ''))
    .filter(piece => piece !== '')
}

export function withoutDateLabel(piece: string): string {
  return piece.replace(dateLabel, '').replace(beforeDate, '')
}

const beforeDate = /\s(?:am|on|le|el|il|em|den|op|om|på|dne|dnia|in|at|under|unter|dans|en)$/iu
/** What stands between a name and a date. */
const dateLabel =
  /\s(?:(?:stand|updated?|published|posted|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato)\s?:?(?: am| on| le| el| il| em)?|(?:under|in|unter|dans|illustration|bilder|fotos?|photos?)(?: von| by| par| de)? .{1,100})$/iu

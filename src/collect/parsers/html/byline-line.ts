import type { Party } from '../../../article.ts'
import { isPenName, isPerson } from '../byline-names.ts'
import { openedBy } from '../byline.ts'
import { datesInLine } from '../dates/dates-in-line.ts'
import { lettersOf } from './headline.ts'
import { isProfile, isMarked } from './author-marks.ts'
import { longestName, namesIn, personsIn } from './author-names.ts'
import { datesOn, isDateLabel, type Place } from './page-dates.ts'
import type { PageLine } from './page-lines.ts'
import { closest, shownText } from './page.ts'

/** Characters. A longer line is text. */
const longestLine = 250

const labelAlone =
  /^(?:text|autor(?:in|a|es|en)?|authors?|auteure?s?|autore|autrice|verfasser(?:in)?|автор|作者|記者|记者|by|von|par|por|door|av|från)\s*[:：]?$/iu
/** In front of the words that name the author: where the article was filed. */
const filed = /^(?:filed|categor|kategorie|rubri|catégorie|categor[ií]a|category|in|under|unter|dans|en)(?=$|\P{L})/iu

/** "By Ida Holm, 3 May 2024", "Published 3 May by ida", "Author: Ida Holm", "Ida Holm 기자"; a label may have a line of its own. */
export function printedIn(line: PageLine, following: PageLine | undefined, { language }: Place): Party[] {
  const { text } = line
  if (text.length > longestLine) return []
  if (labelAlone.test(text)) return labelledIn(following, language)
  const dates = datesOn(line, language)
  const pieces = piecesOf(text, dates)
  const segments = pieces.map(withoutDateLabel)
  // A line with a date, or one cut in pieces, tells of the article; a short clause may begin with such a word too.
  const isSure = segments.length > 1 || dates.length > 0
  for (const [at, segment] of segments.entries()) {
    const opened = openedBy(segment, language) ?? (isSure ? openedWithin(pieces[at] ?? '', language) : undefined)
    if (opened === undefined) continue
    const isLabelled = /^[^:：]{2,20}[:：]\s/u.test(segment)
    const hasPerson = isLabelled && namesIn(opened, language).some(isPerson)
    const persons = personsIn(opened, language, hasPerson || (isSure && isPenName(opened)) ? 'sure' : 'likely')
    if (persons.length > 0) return persons
  }
  return isSure ? beforeClock(text, language) : []
}

function labelledIn(following: PageLine | undefined, language: string): Party[] {
  return following && following.text.length < longestName ? personsIn(following.text, language, 'likely') : []
}

/** `Posted in Harbour by Ida Holm` before a date. */
function openedWithin(segment: string, language: string): string | undefined {
  const words = segment.split(' ')
  if (words.length > 20) return undefined
  for (let at = words.length - 2; at > 0; at--) {
    const before = words.slice(0, at).join(' ')
    if (!filed.test(before) && !isDateLabel(before)) continue
    const opened = openedBy(words.slice(at).join(' '), language)
    if (opened !== undefined) return opened
  }
  return undefined
}

/** `Filed under: Harbour — ida @ 12:40`, as WordPress had it for years. */
function beforeClock(text: string, language: string): Party[] {
  const [, name] = /\s[–—|-]\s([^–—|@]{2,40}?)\s@\s\d{1,2}[:.]\d\d/u.exec(text) ?? []
  return name === undefined ? [] : personsIn(name, language, 'sure')
}

/**
 * Who signs beside a date without a word: `3.5.2024 - Ida Holm`. A town stands in front of one, behind a comma or a dash; a section is
 * linked, stands in the navigation, or is told, in `labels`, elsewhere.
 */
export function signedBesideDate(line: PageLine, place: Place, labels: ReadonlySet<string>): Party[] {
  const { text, inner } = line
  if (text.length > longestName) return []
  const [date, ...others] = datesOn(line, place.language)
  if (date === undefined || others.length > 0) return []
  const before = /([^|·•/]+?)\s*[|·•/]\s*$/u.exec(text.slice(0, date.start))?.[1] ?? ''
  const behind = segmentsOf(text.slice(date.end), place.language)
  const names = [before, ...behind].map(part => part.trim()).filter(part => isSignature(part, place.language))
  const [name] = names
  if (name === undefined || names.length > 1 || labels.has(lettersOf(name))) return []
  const link = inner.find(element => element.localName === 'a' && shownText(element).includes(name))
  if (link && !isProfile(link, place.address) && !isMarked(link)) return []
  return isInNavigation(name, place) ? [] : [{ name }]
}

/** A script without capitals tells no name from other words. */
function isSignature(part: string, language: string): boolean {
  return (
    isPerson(part) && part.split(' ').length < 5 && /\p{Lu}\p{Ll}/u.test(part) && openedBy(part, language) === undefined
  )
}

function isInNavigation(name: string, { lines }: Place): boolean {
  return lines.some(
    ({ text, block }) =>
      text.length < 2 * name.length &&
      lettersOf(text) === lettersOf(name) &&
      closest(block, ({ localName }) => /^(?:nav|footer|header|li)$/.test(localName)) !== undefined,
  )
}

/** "Autoren Ida Holm und Jo Berg". */
const unmarkedLabel = /^(?:auto(?:r|rin|ren|rinnen|res|ra|ri|rzy)|authors?|auteure?s?|autore|autrice)\s+(?=\p{Lu})/iu

/** "Text: Ida Holm" below it. A book has an author too, beside its publisher. */
export function creditedIn({ text }: PageLine, following: PageLine | undefined, { language }: Place): Party[] {
  if (labelAlone.test(text)) return labelledIn(following, language)
  if (
    text.length > 2 * longestName ||
    !/^(?:text|texte|texto|testo|tekst|автор|作者)\s*[:：]|^(?:auto(?:r|rin|ren|rinnen|res|ra|ri|rzy)|authors?|auteure?s?|autore|autrice|about the author|über (?:den|die) autor(?:in)?)(?:\s*[:：–—-]|\s)/iu.test(
      text,
    )
  )
    return []
  const isLabelled = /^[^:：–—-]{2,20}(?:[:：]|\s[–—-])\s/u.test(text)
  const names = text.replace(unmarkedLabel, '')
  return personsIn(names, language, isLabelled && namesIn(names, language).some(isPerson) ? 'sure' : 'likely')
}

type Dates = ReturnType<typeof datesOn>

/** The pieces of a line without its dates, and what stands in front of and behind them. */
export function segmentsOf(text: string, language: string, dates: Dates = datesInLine(text, language)): string[] {
  return piecesOf(text, dates)
    .map(withoutDateLabel)
    .filter(segment => segment !== '')
}

function piecesOf(text: string, dates: Dates): string[] {
  let rest = text
  for (const { start, end } of dates.toReversed()) rest = `${rest.slice(0, start)}|${rest.slice(end)}`
  return rest
    .split(/\s*(?:[|•·→»›()[\]~]|\/\/|\s[–—/-]\s)\s*/u)
    .map(piece => piece.replace(/^[\s,:;.–—-]+|[\s,:;–—@-]+$/gu, '').replace(beforeDate, ''))
    .filter(piece => piece !== '')
}

function withoutDateLabel(piece: string): string {
  return piece.replace(dateLabel, '').replace(beforeDate, '')
}

const beforeDate = /\s(?:am|on|le|el|il|em|den|op|om|på|dne|dnia|in|at|under|unter|dans|en)$/iu
/** What stands between a name and a date. */
const dateLabel =
  /\s(?:(?:stand|updated?|published|posted|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato)\s?:?(?: am| on| le| el| il| em)?|(?:under|in|unter|dans|illustration|bilder|fotos?|photos?)(?: von| by| par| de)? .{1,100})$/iu

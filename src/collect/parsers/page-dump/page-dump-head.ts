import type { Instant, Media, Party } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { fold } from '../../../text.ts'
import { findDate } from '../dates/dates.ts'
import type { Hints } from '../draft.ts'
import { findPublication } from './dated-lines.ts'
import { isLabel, isProse, type Line } from './line.ts'
import { addressIn, isAddress } from './pictures.ts'

/** What stands between a page dump's headline and its text. */
export interface Head {
  standfirst?: string
  media: Media[]
  publisher?: Party
  section?: string
  published?: Instant
  /** Lines that are more than a head has places for: text, before all other. */
  leftOver: string[]
  /** How many of the lines after the headline belong to the head. */
  bodyStart: number
}

const nothing: Line = { text: '', number: 0 }

/** Standfirst, publisher, section, and one that the design does not know. */
const mostTexts = 4
const mostAddresses = 100

/**
 * Reads the head of a page dump from the lines after its headline. Throws `Unusable` where its date cannot be told for sure.
 * It ends with the printed date; without one, at the first blank line after a publisher or section.
 */
export function readHead(lines: readonly Line[], hints: Hints): Head {
  const dated = findPrintedDate(lines, hints)
  if (!dated) return readUndatedHead(lines, hints)
  return { ...placeLines(lines.slice(0, dated.index), hints), published: dated.date, bodyStart: dated.index + 1 }
}

function findPrintedDate(lines: readonly Line[], hints: Hints): { index: number; date: Instant } | undefined {
  let texts = 0
  let addresses = 0
  let labels = 0
  for (let index = 0; index < lines.length; index++) {
    const { text, number } = lines[index] ?? nothing
    if (text === '') continue
    if (isAddress(text)) {
      if (++addresses > mostAddresses) return undefined
      continue
    }
    const date = dateIn(text, number, hints)
    if (date !== undefined) return { index, date }
    // Real sentences under a label are the text already, and a date below them is part of it.
    if (++texts > mostTexts || (isProse(text) && labels > 0)) return undefined
    if (!isProse(text)) labels++
  }
  return undefined
}

function dateIn(text: string, number: number, hints: Hints): Instant | undefined {
  try {
    return findDate(text, hints, hints.language) ?? findPublication(text, hints)
  } catch (error) {
    throw error instanceof Unusable ? new Unusable(error.message, number) : error
  }
}

type Places = Omit<Head, 'bodyStart' | 'published'>

/** Gives the lines before the printed date their places. */
function placeLines(lines: readonly Line[], hints: Hints): Places {
  const media = lines.filter(line => isAddress(line.text)).map(imageAt)
  const texts = lines.filter(line => line.text !== '' && !isAddress(line.text)).map(line => line.text)
  const labels = labelsOf(lines, texts, hints)
  const [standfirst, ...leftOver] = texts.slice(0, labels.from)
  return {
    media,
    ...(standfirst !== undefined && { standfirst }),
    ...publisherAndSection(texts.slice(labels.from, labels.to), hints),
    leftOver: [...leftOver, ...texts.slice(labels.to)],
  }
}

/** Which of the head's texts are publisher and section. */
function labelsOf(lines: readonly Line[], texts: readonly string[], hints: Hints): { from: number; to: number } {
  const known = texts.findIndex(text => isPublisher(text, hints))
  if (known >= 0) return { from: known, to: known + 2 }
  const beforeAddresses = textsBeforeAddresses(lines)
  const end = texts.length
  if (beforeAddresses !== undefined && beforeAddresses < end) {
    const from = Math.max(beforeAddresses, end - 2)
    return { from: from + texts.slice(from).filter(isProse).length, to: end }
  }
  if (end >= 2 && isLabel(texts[end - 1]) && isLabel(texts[end - 2])) {
    const alone = end === 2 && lines.at(-1)?.text !== '' && lines.at(-2)?.text === ''
    return { from: alone ? end - 1 : end - 2, to: end }
  }
  return { from: isLabel(texts[end - 1]) ? end - 1 : end, to: end }
}

function textsBeforeAddresses(lines: readonly Line[]): number | undefined {
  const first = lines.findIndex(line => isAddress(line.text))
  return first < 0 ? undefined : lines.slice(0, first).filter(line => line.text !== '').length
}

/** Without a date only what cannot be the text's beginning is taken for the head. */
function readUndatedHead(lines: readonly Line[], hints: Hints): Head {
  const media: Media[] = []
  const labels: string[] = []
  let standfirst: string | undefined
  const end = lines.findIndex((line, index) => {
    if (line.text === '') return labels.length > 0
    if (isAddress(line.text)) {
      return media.length === mostAddresses || media.push(imageAt(line)) < 0
    }
    if (labels.length < 2 && isUndatedLabel(lines, index, media.length > 0, hints)) return labels.push(line.text) < 0
    if (labels.length > 0 || media.length > 0 || standfirst !== undefined || !isUndatedStandfirst(lines, index, hints))
      return true
    standfirst = line.text
    return false
  })
  return {
    media,
    ...(standfirst !== undefined && { standfirst }),
    ...publisherAndSection(labels, hints),
    leftOver: [],
    bodyStart: end < 0 ? lines.length : end,
  }
}

/** A short line is a label where it is followed by text, and its place says so: after the images, under the headline, before real sentences. */
function isUndatedLabel(lines: readonly Line[], index: number, afterAddress: boolean, hints: Hints): boolean {
  const text = lines[index]?.text
  if (text !== undefined && isPublisher(text, hints)) return true
  const next = textsAfter(lines, index)
  if (!isLabel(text) || next.length === 0) return false
  const underHeadline = lines.slice(0, index).every(line => line.text !== '')
  return afterAddress || underHeadline || next.some(following => !isLabel(following))
}

function isUndatedStandfirst(lines: readonly Line[], index: number, hints: Hints): boolean {
  const [next] = textsAfter(lines, index, true)
  return next !== undefined && (isAddress(next) || isPublisher(next, hints))
}

/** The next two lines of text, or of addresses too. */
function textsAfter(lines: readonly Line[], index: number, addresses = false): string[] {
  const texts: string[] = []
  for (let at = index + 1; at < lines.length && texts.length < 2; at++) {
    const text = lines[at]?.text ?? ''
    if (text !== '' && (addresses || !isAddress(text))) texts.push(text)
  }
  return texts
}

function publisherAndSection(labels: readonly string[], hints: Hints): Pick<Head, 'publisher' | 'section'> {
  const [first, second] = labels
  if (first === undefined) return {}
  if (second === undefined && !isPublisher(first, hints)) return { section: first }
  return { publisher: { name: first }, ...(second !== undefined && { section: second }) }
}

function isPublisher(text: string, hints: Hints): boolean {
  const { publisher } = hints
  if (publisher === undefined || text.length > 2 * publisher.length) return false
  if (text === publisher) return true
  const isLike = text.charAt(0).toLowerCase() === publisher.normalize('NFC').charAt(0).toLowerCase()
  return isLike && fold(text) === fold(publisher)
}

export function imageAt(line: Line): Media {
  return { kind: 'image', url: addressIn(line.text) }
}

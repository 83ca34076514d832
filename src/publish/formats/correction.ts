import type { Article, Instant } from '../../article.ts'
import { printedDay } from '../../printed-date.ts'
import type { Site } from '../../site.ts'
import { changedOf } from './core.ts'

/** What newsrooms put in front of a correction, by the language's subtag. */
const words: Readonly<Record<string, string>> = {
  ar: 'تصحيح',
  bg: 'Поправка',
  ca: 'Correcció',
  cs: 'Oprava',
  da: 'Rettelse',
  de: 'Korrektur',
  el: 'Διόρθωση',
  en: 'Correction',
  es: 'Corrección',
  fa: 'اصلاحیه',
  fi: 'Oikaisu',
  fr: 'Correction',
  gl: 'Corrección',
  he: 'תיקון',
  hi: 'सुधार',
  hr: 'Ispravak',
  hu: 'Helyesbítés',
  id: 'Koreksi',
  it: 'Correzione',
  ja: '訂正',
  ko: '정정',
  nb: 'Rettelse',
  nl: 'Correctie',
  nn: 'Retting',
  no: 'Rettelse',
  pl: 'Sprostowanie',
  pt: 'Correção',
  ro: 'Rectificare',
  ru: 'Исправление',
  sk: 'Oprava',
  sl: 'Popravek',
  sv: 'Rättelse',
  th: 'แก้ไข',
  tr: 'Düzeltme',
  uk: 'Виправлення',
  ur: 'تصحیح',
  vi: 'Đính chính',
  zh: '更正',
}

/** That an article was corrected, as its readers are told: in its own language where the word is known there, else in English. */
export interface Correction {
  word: string
  /** Of the word and the date. */
  language: string
  /** When it was corrected, and the day in words. */
  at: Instant
  day: string
  /** The editor's, as written; '' where the source says only that it corrects. */
  note: string
}

/** Undefined where nothing was corrected. */
export function correctionOf(article: Article, { timezone }: Pick<Site, 'timezone'>): Correction | undefined {
  const { note, notedAt = changedOf(article) } = article
  if (note === undefined) return undefined
  const own = words[article.language.toLowerCase().split('-')[0] ?? '']
  const language = own === undefined ? 'en' : article.language
  return { word: own ?? words['en']!, language, at: notedAt, day: printedDay(notedAt, language, timezone), note }
}

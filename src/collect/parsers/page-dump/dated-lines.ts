import type { Instant } from '../../../article.ts'
import { Unusable } from '../../../errors.ts'
import { hasDigits } from '../dates/date-tokens.ts'
import { findDate } from '../dates/dates.ts'
import type { Hints } from '../draft.ts'
import { isProse } from './line.ts'
import { firstWordIn, firstWords, isSpaceless, lastWordIn, lastWords, phrases, wordsIn } from './line-words.ts'

/** What stands before or behind the date of a change. */
const changed = phrases(
  'updated, last updated, last update, update, last modified, modified, edited, revised, amended',
  'aktualisiert, zuletzt aktualisiert, letzte aktualisierung, aktualisierung, geändert, zuletzt geändert, bearbeitet',
  'mis à jour, mise à jour, dernière mise à jour, actualisé, modifié, modifié le, màj',
  'stand, actualitzat, actualitzada, última actualització, actualizado, actualizada, última actualización, actualización, modificado, atualizado, atualizada, última atualização, atualização',
  'aggiornato, aggiornata, ultimo aggiornamento, aggiornamento, modificato, actualizat, ultima actualizare',
  'bijgewerkt, laatst bijgewerkt, laatste update, gewijzigd, laatst gewijzigd, aangepast',
  'uppdaterad, uppdaterat, senast uppdaterad, ändrad, opdateret, sidst opdateret, ændret, oppdatert, sist oppdatert, endret, päivitetty',
  'aktualizacja, ostatnia aktualizacja, zaktualizowano, zmodyfikowano, aktualizováno, naposledy aktualizováno, frissítve, utoljára frissítve, aktualizované, ažurirano, zadnje ažuriranje, posodobljeno, uuendatud, atnaujinta, atjaunots',
  'обновлено, обновлён, последнее обновление, изменено, дополнено, оновлено, останнє оновлення, змінено, обновена',
  'güncelleme, güncellendi, son güncelleme, güncellenme, güncelleme tarihi',
  'ενημερώθηκε, τελευταία ενημέρωση, ενημέρωση, ανανεώθηκε, τελευταία ανανέωση',
  'تم التحديث, آخر تحديث, تحديث, محدث, تم تحديثه, اخر تحديث في, به‌روزرسانی, بروزرسانی, به روز رسانی, آخرین به‌روزرسانی, آخرین بروزرسانی, ویرایش',
  'עודכן, עודכן לאחרונה, עדכון, עדכון אחרון, अपडेट, अपडेटेड, अंतिम अपडेट, आखरी अपडेट, संशोधित, अद्यतन',
  '更新, 更新于, 更新於, 更新时间, 更新時間, 最后更新, 最後更新, 最后更新时间, 修改, 修改时间, 更新日, 更新日時, 最終更新, 最終更新日',
  '수정, 최종수정, 최종 수정, 수정일, 수정일시, 업데이트, 갱신, 기사수정',
  'diperbarui, terakhir diperbarui, diupdate, pembaruan, dikemaskini, cập nhật, cập nhật lúc, cập nhật lần cuối, chỉnh sửa, อัปเดต, อัพเดต, อัปเดตล่าสุด, แก้ไขล่าสุด, ปรับปรุงล่าสุด, আপডেট, সর্বশেষ আপডেট, হালনাগাদ, புதுப்பிக்கப்பட்டது',
)

/** What stands before the date of publication, or behind it. */
const published = phrases(
  'published, first published, posted, date, issued, created, published on, publication date, released, posted on',
  'veröffentlicht, erstellt, datum, erschienen, publiziert, veröffentlichung, publié, paru, date de publication, créé, mis en ligne',
  'publicado, publicada, fecha, fecha de publicación, data, postado, data de publicação, criado, pubblicato, pubblicata, data di pubblicazione, publicat',
  'gepubliceerd, geplaatst, publicatiedatum, publicerad, publicerat, publiceret, udgivet, offentliggjort, publisert, julkaistu',
  'opublikowano, data publikacji, dodano, opublikowany, publikováno, vydáno, objavljeno, közzétéve, megjelent',
  'опубликовано, дата публикации, дата, размещено, опубліковано, дата публікації, публикувано',
  'yayınlanma, yayınlanma tarihi, yayın tarihi, giriş, giriş tarihi, tarih, oluşturulma, yayınlandı, eklenme',
  'δημοσιεύθηκε, δημοσιεύτηκε, δημοσίευση, ημερομηνία, ημερομηνία δημοσίευσης',
  'نشر, نشر في, تاريخ النشر, نشرت, تم النشر, منتشر شده, تاریخ انتشار, انتشار, فورسם, פורסם, פורסם ב, תאריך, תאריך פרסום',
  'प्रकाशित, पब्लिश, पब्लिश्ड, प्रकाशन तिथि, 发布, 发布时间, 發布, 發布時間, 发布于, 发表, 发表于, 发表时间, 时间, 時間, 日期',
  '公開, 公開日, 公開日時, 掲載, 掲載日, 配信, 投稿日, 発行, 입력, 등록, 게시, 발행, 작성, 승인, 기사입력, 입력일, 입력일시, 등록일, 발행일, 송고',
  'publicat, publicada, data de publicació, เผยแพร่, เผยแพร่เมื่อ, วันที่, প্রকাশ, প্রকাশিত, வெளியிடப்பட்டது, avaldatud, paskelbta, publicēts, diterbitkan, dipublikasikan, tayang, tanggal, terbit, đăng, đăng lúc, xuất bản, ngày đăng, đã đăng',
)

interface Labels {
  phrases: ReadonlySet<string>
  begins: ReadonlySet<string>
  ends: ReadonlySet<string>
}

const labelsOf = (all: ReadonlySet<string>): Labels => ({ phrases: all, begins: firstWords(all), ends: lastWords(all) })
const [changes, publications] = [labelsOf(changed), labelsOf(published)]
const longestLine = 100
const mostTold = 160
const mostLabelWords = 4
/** A date has a day and a year: `1/2/24`. */
const fewestDigits = 4

/** The date that a line gives for a change, `Updated 18/05/2024 09:15`; undefined for any other line. Throws `Unusable` where it cannot be told for sure. */
export function findChange(line: string, hints: Hints): Instant | undefined {
  return findLabelled(line, changes, hints)
}

/** As `findChange`, for a date of publication with a label: `Published: 17/05/2024 10:30`. */
export function findPublication(line: string, hints: Hints): Instant | undefined {
  return findLabelled(line, publications, hints)
}

function findLabelled(line: string, labels: Labels, hints: Hints): Instant | undefined {
  if (line.length > longestLine) return undefined
  const mayBe = labels.begins.has(firstWordIn(line)) || labels.ends.has(lastWordIn(line)) || isSpaceless(line)
  if (!mayBe || !hasDigits(line, fewestDigits)) return undefined
  let doubt: Unusable | undefined
  for (const date of withoutLabel(line, labels.phrases)) {
    try {
      const moment = findDate(date, hints, hints.language)
      if (moment !== undefined) return moment
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      doubt ??= error
    }
  }
  if (doubt) throw doubt
  return undefined
}

/** What is left of a line without a label before or behind: each way in which it has one. */
function withoutLabel(line: string, labels: ReadonlySet<string>): string[] {
  // A date alone has none.
  if (!/\p{L}{2}/u.test(line)) return []
  const pieces = line.split(' ')
  const isLabel = (text: string): boolean => text !== '' && labels.has(wordsIn(text).join(' '))
  const found: string[] = []
  for (let count = Math.min(mostLabelWords, pieces.length - 1); count > 0; count--) {
    if (isLabel(pieces.slice(0, count).join(' '))) found.push(pieces.slice(count).join(' '))
    if (isLabel(pieces.slice(-count).join(' '))) found.push(pieces.slice(0, -count).join(' '))
  }
  // Without a space: `更新：2024-05-18`, `2024年5月18日更新`.
  const first = line.search(/\p{Nd}/u)
  if (isLabel(line.slice(0, first))) found.push(line.slice(first))
  const [, before, label] = /^(.*[\p{Nd}日分秒일분])([^\p{Nd}]+)$/u.exec(line) ?? []
  if (before !== undefined && label !== undefined && isLabel(label)) found.push(before)
  return found.map(date => date.replace(/^[\s:：\-–—|(,]+|[\s|,;)]+$/gu, ''))
}

/** `17 May 2024 | 10:30`: the time is the day's. */
function withTimes(parts: readonly string[]): string[] {
  const joined: string[] = []
  for (const part of parts) {
    const day = joined.at(-1)
    if (day !== undefined && hasDigits(day, fewestDigits) && /^\p{Nd}{1,2}[:.h]\p{Nd}{2}(?!\S*\p{Nd})/u.test(part))
      joined[joined.length - 1] = `${day} ${part}`
    else joined.push(part)
  }
  return joined
}

/** A line that says two things, as `17/05/2024 10:30 | Updated 18/05/2024 09:15` and `A (updated B)`: each of them. One, where it does not. */
export function partsOf(line: string): string[] {
  if (line.length > mostTold || isProse(line) || !hasDigits(line, fewestDigits)) return [line]
  const parts = /[|·•]| [-–—/] /u.test(line) ? line.split(/ ?[|·•] ?| [-–—/] /u).filter(part => part !== '') : []
  if (parts.length > 1 && parts.length <= 5) return withTimes(parts)
  // `18/05/2024 (updated 19/05/2024)`: what ends as a sentence does is one.
  const last = line.length - 1
  if (!hasDigits(line, 5) || (line.charAt(last) === '.' && !/[\dm]/.test(line.charAt(last - 1)))) return [line]
  const pieces = line.split(' ')
  for (let at = 1; at < Math.min(pieces.length - 1, 12); at++) {
    if (!changes.begins.has(firstWordIn(pieces[at] ?? ''))) continue
    for (let count = mostLabelWords; count > 0; count--) {
      const label = wordsIn(pieces.slice(at, at + count).join(' ')).join(' ')
      if (!changed.has(label) || at + count >= pieces.length) continue
      // `Last updated 18/05/2024` says one thing.
      if (changed.has(wordsIn(pieces.slice(0, at + count).join(' ')).join(' '))) return [line]
      const ends = [pieces.slice(0, at).join(' '), pieces.slice(at).join(' ')]
      return ends.map(end => end.replace(/^[\s,;(]+|[\s,;()]+$/gu, ''))
    }
  }
  return [line]
}

const count = String.raw`\p{Nd}{1,3}`

/** How long ago, in the languages that put it into words of their own. */
const ago = new RegExp(
  [
    String.raw`${count} (?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?) ago`,
    String.raw`vor ${count} (?:sekunden?|minuten?|min\.?|stunden?|std\.?|tag(?:en)?|wochen?)`,
    String.raw`il y a ${count} (?:secondes?|minutes?|min\.?|heures?|h|jours?|semaines?)`,
    String.raw`hace ${count} (?:segundos?|minutos?|min\.?|horas?|días?|semanas?)`,
    String.raw`há ${count} (?:segundos?|minutos?|min\.?|horas?|dias?|semanas?)`,
    String.raw`${count} (?:secondi|minut[oi]|or[ae]|giorn[oi]|settiman[ae]) fa`,
    String.raw`${count} (?:seconden|minuut|minuten|uur|uren|dag(?:en)?|weken) geleden`,
    String.raw`för ${count} (?:minut(?:er)?|timm(?:e|ar)|dag(?:ar)?) sedan`,
    String.raw`for ${count} (?:minutt(?:er)?|minut(?:ter)?|timer?|dager?|dage) siden`,
    String.raw`${count} (?:minuuttia|tuntia|päivää) sitten`,
    String.raw`${count} (?:minut[ęy]?|godzin[ęy]?|godz\.?|dni|dzień) temu`,
    String.raw`${count} (?:секунд[ыу]?|минут[ыу]?|мин\.?|час(?:ов|а)?|дн(?:ей|я)|день) назад`,
    String.raw`${count} (?:хвилин[иу]?|годин[иу]?|дн(?:ів|і)|день) тому`,
    String.raw`${count} (?:saniye|dakika|dk|saat|gün|hafta) önce`,
    String.raw`πριν (?:από )?${count} (?:λεπτ[άό]|ώρ(?:ες|α)|ημέρ(?:ες|α))`,
    String.raw`منذ ${count} (?:دقيقة|دقائق|ساعة|ساعات|يوم|أيام)`,
    String.raw`${count} (?:دقیقه|ساعت|روز) پیش`,
    String.raw`לפני ${count} (?:דקות|שעות|ימים)`,
    String.raw`${count} (?:मिनट|घंटे|घंटा|दिन) पहले`,
    String.raw`${count} (?:menit|jam|hari) (?:yang )?lalu`,
    String.raw`${count} (?:phút|giờ|ngày) trước`,
  ]
    .map(form => `(?:${form})`)
    .join('|'),
  'iu',
)

/** One number and no other: most lines with digits have a date. */
const oneCount = /^\P{Nd}*\p{Nd}{1,3}\P{Nd}*$/u

/** `2 hours ago`, `Updated: vor 3 Stunden`: at most a label of three words beside it. No date: nobody knows from when it counts. */
export function isElapsedTime(line: string): boolean {
  if (line.length > 60 || !oneCount.test(line)) return false
  const found = ago.exec(line)
  if (found === null) return false
  const beside = [line.slice(0, found.index), line.slice(found.index + found[0].length)]
  const [before = '', behind = ''] = beside.map(part => part.replace(/[\s:：|·(),.–—-]+/gu, ' ').trim())
  return behind === '' && before.split(' ').length <= 3
}

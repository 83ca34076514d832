/** What a word in a date can mean; a name that languages share may mean several. */
export interface Meaning {
  /** 1 to 12. */
  months: Set<number>
  /** 0 is Sunday. */
  weekdays: Set<number>
  /** The half of the day: hours to add to one before 12. */
  halves: Set<0 | 12>
  /** Says nothing by itself: `at`, `de`, `Uhr`, `г.` */
  isFiller: boolean
  /** The months are those of the Persian calendar. */
  isPersian: boolean
}

export type Words = ReadonlyMap<string, Meaning>

/**
 * Languages whose names of months and days are known without being told, with the variants that have names of their own. Not every
 * language of Intl: those that few newspapers print would only bring words that mean something else elsewhere.
 */
const languages = (
  'en en-GB de de-AT fr fr-CA es es-MX pt pt-PT it nl sv da nb nn fi is pl cs sk hu ro bg sr sr-Latn hr bs sl mk sq el ' +
  'tr az ru uk be kk lt lv et hy ka ca gl eu af sw ar ar-LB ar-DZ ar-MA fa he hi mr ne bn ta te ur th vi id ms fil ko ja zh zh-TW'
).split(' ')

const kept = new Map<string, Words>()
let allWords: Words | undefined

/** The words of a language (BCP 47) and, where it has no such word, of English. */
export function wordsOf(language: string): Words {
  const tag = Intl.DateTimeFormat.supportedLocalesOf(
    /^[a-z]{2,3}(?:-[a-z]{2,4})*$/i.test(language) ? [language] : [],
  )[0]
  const name = tag ?? 'en'
  let words = kept.get(name)
  if (words === undefined) {
    if (kept.size >= 100) kept.clear()
    words = new Map([...tableOf(['en', 'en-GB']), ...tableOf([name])])
    kept.set(name, words)
  }
  return words
}

/** The words of all languages at once. */
export function wordsOfAll(): Words {
  allWords ??= tableOf(languages)
  return allWords
}

/** A word without what its writers add or leave out: case, accents, dots, vowel marks, the letters of one keyboard for those of another. */
export function foldWord(word: string): string {
  if (/^[a-z\d]*$/.test(word)) return word
  return word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0640\u064b-\u065f\u0670\u200c.'’׳״"॰]/gu, '')
    .replace(/[मन]्(?=[क-म])/gu, 'ं')
    .replaceAll('ı', 'i')
    .replaceAll('ς', 'σ')
    .replaceAll('ی', 'ي')
    .replaceAll('ک', 'ك')
    .trim()
}

/** Words that dates are printed with, beside those that Intl puts between their parts. */
const fillers =
  'at on the of and in am um uhr den der dem vom h hr hrs hours u om op uur le du à a heures heure el las los la de del dia hs ' +
  'horas hora às as do em il alle ore kl klo kello klockan klokka klokken o v w ve dne dnia godz godzina godziny min hod hodin r roku ' +
  'в о об г года год ч час р року рік го saat tarihinde στις του την ώρα في يوم الساعة ساعة بتاريخ تاريخ در روز مورخ בשעה ב בשעה ' +
  'को बजे तारीख pukul jam pada tanggal lúc ngày năm giờ เวลา วัน วันที่ ที่ น ค.ศ.'

/** Abbreviations of papers that Intl has not. */
const abbreviations: readonly [month: number, words: string][] = [
  [3, 'mrz maerz'],
  [8, 'agos'],
  [9, 'sept'],
  [10, 'अक्तूबर'],
  [11, 'ноя'],
]

function tableOf(locales: readonly string[]): Map<string, Meaning> {
  const table = new Map<string, Meaning>()
  const at = (word: string): Meaning => {
    const key = foldWord(word)
    let meaning = table.get(key)
    if (meaning === undefined) {
      meaning = { months: new Set(), weekdays: new Set(), halves: new Set(), isFiller: false, isPersian: false }
      table.set(key, meaning)
    }
    return meaning
  }
  for (const locale of locales) addNames(locale, at)
  for (const [month, words] of abbreviations) for (const word of words.split(' ')) at(word).months.add(month)
  for (const word of fillers.split(' ')) at(word).isFiller = true
  for (const word of ['上午', '凌晨', '早上', '清晨', '早晨', '午前', '오전', '새벽']) at(word).halves.add(0)
  for (const word of ['下午', '傍晚', '晚上', '午後', '오후']) at(word).halves.add(12)
  table.delete('')
  for (const [key, meaning] of table) if (meaning.isFiller) settle(key, meaning, locales.length > 2)
  return table
}

/**
 * A word that says nothing is no abbreviation of a day. It is AM or PM where its own language says so, as `de` is in Hungarian; of all languages
 * at once only `am`, which in German says nothing.
 */
function settle(key: string, meaning: Meaning, ofAll: boolean): void {
  meaning.weekdays.clear()
  if (key === 'am' || meaning.halves.size === 0) return
  if (ofAll) meaning.halves.clear()
  else meaning.isFiller = false
}

function addNames(locale: string, at: (word: string) => Meaning): void {
  const options = { timeZone: 'UTC', calendar: 'gregory', numberingSystem: 'latn' } as const
  const whole = { day: 'numeric', year: 'numeric', hour: 'numeric', minute: 'numeric', hour12: true } as const
  // Beside others and alone, which are two cases of the word in Slavic languages, Greek and Finnish.
  for (const form of ['long', 'short'] as const) {
    const beside = new Intl.DateTimeFormat(locale, { ...options, ...whole, weekday: form, month: form })
    const alone = new Intl.DateTimeFormat(locale, { ...options, month: form })
    const weekday = new Intl.DateTimeFormat(locale, { ...options, weekday: form })
    for (let month = 0; month < 12; month++) {
      // Every day of the week and both halves of the day come by.
      const day = 1 + ((month + 7 - new Date(Date.UTC(2023, month, 1)).getUTCDay()) % 7)
      const time = new Date(Date.UTC(2023, month, day, month % 2 === 0 ? 1 : 13))
      for (const { type, value } of [
        ...beside.formatToParts(time),
        ...alone.formatToParts(time),
        ...weekday.formatToParts(time),
      ]) {
        if (/\d/.test(value)) continue
        if (type === 'month') at(value).months.add(month + 1)
        else if (type === 'weekday') at(value).weekdays.add(time.getUTCDay())
        else if (type === 'dayPeriod') at(value).halves.add(month % 2 === 0 ? 0 : 12)
        else if (type === 'literal') for (const word of value.match(/[\p{L}\p{M}.]+/gu) ?? []) at(word).isFiller = true
      }
    }
  }
  if (locale.startsWith('fa')) addPersianMonths(at)
}

function addPersianMonths(at: (word: string) => Meaning): void {
  const format = new Intl.DateTimeFormat('fa', { timeZone: 'UTC', calendar: 'persian', month: 'long' })
  for (let month = 0; month < 12; month++) {
    const meaning = at(format.format(Date.UTC(2023, 3 + month, 10)))
    meaning.months.add(month + 1)
    meaning.isPersian = true
  }
}

/** Languages whose months have names, as newsrooms print them. */
const languages =
  `en es pt fr de it nl ru uk be pl cs sk hu ro bg mk sr hr bs sl da nb nn sv fi et lv lt is el tr az kk id ms ca gl eu
  cy ga sq hy ka ar he hi bn mr gu pa ta te kn ml ne ur th sw af fil eo tl`.split(/\s+/)

const forms = [
  { month: 'long' },
  { month: 'short' },
  { day: 'numeric', month: 'long' },
  { day: 'numeric', month: 'short' },
] as const

type Months = ReadonlyMap<string, number>

let common: Months | undefined
const byLanguage = new Map<string, Months>()

/**
 * The month, 1 to 12, that a word names in a language (BCP 47), else in English, else in all languages that know the word: "listopad" is
 * another month in Zagreb than in Prague. Undefined for any other word.
 */
export function monthNamed(word: string, language: string): number | undefined {
  const name = folded(word)
  const primary = language.split('-', 1)[0]?.toLowerCase() ?? 'en'
  common ??= commonOf()
  // Hebrew writes "in March" as one word.
  const alone = primary === 'he' ? name.replace(/^ב/, '') : name
  return monthsOf(primary).get(alone) ?? monthsOf('en').get(name) ?? common.get(name)
}

function monthsOf(language: string): Months {
  const kept = byLanguage.get(language)
  if (kept) return kept
  const months = new Map<string, number>()
  if (languages.includes(language) || language === 'no') for (const form of forms) addNames(months, language, form)
  byLanguage.set(language, months)
  return months
}

function addNames(months: Map<string, number>, language: string, form: (typeof forms)[number]): void {
  const format = new Intl.DateTimeFormat(`${language}-u-ca-gregory-nu-latn`, { ...form, timeZone: 'UTC' })
  for (let month = 1; month <= 12; month++) {
    const parts = format.formatToParts(Date.UTC(2001, month - 1, 15))
    // "d’abril", "de març": the name is the last word.
    const word = parts
      .find(({ type }) => type === 'month')
      ?.value.match(/[\p{L}\p{M}]+/gu)
      ?.at(-1)
    if (word === undefined || word.length < 2) continue
    for (const name of [folded(word), bare(folded(word))]) if (!months.has(name)) months.set(name, month)
  }
  // CLDR has four letters where print has three, and the other way round.
  if (language === 'en')
    for (const [name, month] of [
      ['sept', 9],
      ['sep', 9],
    ] as const)
      months.set(name, month)
}

function commonOf(): Months {
  const months = new Map<string, number>()
  const doubtful = new Set<string>()
  for (const language of languages) {
    for (const [name, month] of monthsOf(language)) {
      if ((months.get(name) ?? month) !== month) doubtful.add(name)
      months.set(name, month)
    }
  }
  for (const name of doubtful) months.delete(name)
  return months
}

function folded(word: string): string {
  return word.normalize('NFC').toLowerCase()
}

/** Without accents, as many write them. */
function bare(word: string): string {
  return word.normalize('NFD').replace(/[\u0300-\u036f]/g, '')
}

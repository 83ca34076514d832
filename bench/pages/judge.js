/** What a page was found to say, beside what people say of it: `right`, `none` or `wrong`; undefined where nobody says. */
export const judges = {
  date: (page, found) => {
    if (!page.date) return undefined
    if (found?.published === undefined) return verdict('none', page.date, '')
    return verdict(isDay(found.published, page.date) ? 'right' : 'wrong', page.date, found.published)
  },
  title: (page, found) =>
    page.title && compared(letters(page.title), letters(found?.title), page.title, found?.title ?? ''),
  authors: (page, found) => {
    if (!page.authors) return undefined
    const named = (found?.authors ?? []).map(({ name }) => name)
    return compared(namesOf(page.authors), namesOf(named), page.authors.join('; '), named.join('; '))
  },
  doubled: (_, found) => {
    const names = (found?.authors ?? []).map(({ name }) => letters(name))
    const isDoubled = names.some((name, at) => names.some((other, beside) => at !== beside && other.includes(name)))
    return found && verdict(isDoubled ? 'wrong' : 'right', '', found.authors.map(({ name }) => name).join('; '))
  },
  phrases: (page, found) => {
    if (!page.with) return undefined
    const text = letters(found?.text)
    const left = page.with.filter(phrase => text.includes(letters(phrase)))
    const missing = page.with.filter(phrase => !text.includes(letters(phrase)))
    return verdict(left.length === 0 ? 'none' : missing.length === 0 ? 'right' : 'wrong', missing.join(' / '), '')
  },
  strays: (page, found) => {
    if (!page.without) return undefined
    const text = letters(found?.text)
    const strays = page.without.filter(phrase => text.includes(letters(phrase)))
    return verdict(strays.length === 0 ? 'right' : 'wrong', '', strays.join(' / '))
  },
  ends: (page, found, textOfHtml) => {
    if (!page.text) return undefined
    const prose = [...page.text.matchAll(/<p[\s>][^]*?<\/p>/gi)]
      .map(([paragraph]) => textOfHtml(paragraph).trim())
      .filter(paragraph => paragraph.length > 60)
    const text = letters(found?.text)
    const ends = [letters(prose[0]).slice(0, 40), letters(prose.at(-1)).slice(-40)]
    const missing = ends.filter(end => !text.includes(end))
    return verdict(missing.length === 0 ? 'right' : 'wrong', missing.join(' / '), '')
  },
}

function verdict(word, wanted, found) {
  return { verdict: word, wanted, found }
}

function compared(wanted, given, wantedAsWritten, givenAsWritten) {
  return verdict(given === '' ? 'none' : wanted === given ? 'right' : 'wrong', wantedAsWritten, givenAsWritten)
}

/** Is it that day somewhere on earth? People wrote down the day that the page prints. */
function isDay(instant, day) {
  const hours = (Date.parse(instant) - Date.parse(`${day}T00:00:00Z`)) / 3_600_000
  return hours >= -14 && hours < 24 + 12
}

/** Letters and digits alone: marks and spaces are set in many ways. */
function letters(text = '') {
  return text
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase()
}

/** Some name several in one text. */
function namesOf(written) {
  const names = written.flatMap(each => each.split(/\s*(?:[;,&/]|\s(?:and|und|et|y|e)\s)\s*/))
  return [...new Set(names.map(letters))]
    .filter(name => name !== '')
    .toSorted((a, b) => (a < b ? -1 : 1))
    .join(' ')
}

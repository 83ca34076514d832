import type { Party } from '../../../article.ts'
import { firstWordIn, firstWords, isSpaceless, phrases, words, wordsIn } from './line-words.ts'

export interface Byline {
  authors: Party[]
  /** As printed, where it says more than the names. */
  byline?: string
}

/** What a byline begins with, in the order of languages: a mark behind it lets it name anything that is no sentence. */
const openings = phrases(
  'by, written by, words by, text by, reporting by, report by, story by, author, authors, reporter',
  'von, autor, autorin, autoren, text, par, écrit par, auteur, auteure, propos recueillis par, por, escrito por, autora, texto, redacción',
  'di, a cura di, scritto da, autore, autrice, testo, door, tekst, av, af, skrevet af, skrevet av, od, autorzy, napisał, napisała, írta, napsal, teksti',
  'автор, авторы, текст, автори, yazan, yazar, haber, muhabir, του, της, γράφει ο, γράφει η, από τον, από την, συντάκτης, κείμενο',
  'بقلم, كتب, كتبت, إعداد, الكاتب, المحرر, نویسنده, به قلم, نوشته, گزارش, מאת, כתב, כתבת, द्वारा, लेखक, रिपोर्ट, रिपोर्टर',
  '记者, 記者, 本报记者, 本報記者, 作者, 文, 撰文, 执笔, 執筆, 著者, 筆者, 取材 文, 기자, 글, 글 사진, 취재',
  'oleh, penulis, tác giả, bởi, người viết, โดย, ผู้เขียน, লেখক, প্রতিবেদক, எழுதியவர், scris de, autoare, escrit per, autors, autorius, napisao, napisala, piše, zapisal, تحریر',
)

const beginnings = firstWords(openings)

/** Those that are other words too: they open a byline only with a mark behind them. */
const onlyMarked = phrases(
  'text, report, story by, author, reporter, texto, redacción, testo, tekst, teksti, haber, κείμενο, كتب, كتبت, إعداد, الكاتب, المحرر, گزارش, כתב, כתבת, लेखक, रिपोर्ट, रिपोर्टर, 文, 글, 취재',
)

/** Of those the ones that say who wrote: a dash will do. One behind `text` or `report` parts much else. */
const persons = phrases('author, reporter, كتب, كتبت, إعداد, الكاتب, المحرر, כתב, כתבת, लेखक, रिपोर्टर')

/** Words that open a byline in these languages and begin much else in others: `Per` is a man in Sweden. */
const spoken: Readonly<Record<string, string>> = { ro: 'de', ca: 'per', gl: 'de' }

/** What is in no name: `نوشته روی دیوار` is a writing on the wall. */
const noNames = words(
  'روی در به از با که را بر این آن های شده است برای تا في من على عن إلى هذا هذه التي الذي של על את זה की के का में से पर है',
)

/** What joins two names. */
const joint = / ?(?:[,،、;&·|]|(?<= )(?:and|und|et|y|e|en|och|og|i|oraz|и|та|і|ve|και|و|और|dan|và|ja|és)(?= )) ?/u

/** In capitals throughout the words that join have them too. */
const capitalJoint = new RegExp(joint.source, 'iu')

/** An address beside a name, for letters to its owner. */
const mailAddress = / ?[([<]?[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,100}[)\]>]?/u

/** Who took the pictures stands in the same line, and wrote none of it. */
const photographers =
  / ?(?:[/|·,;–—-] ?)?(?:photos?|pictures|images|photography|fotos?|fotograf[ií]as?|bilder|fotó|zdjęcia|фото|φωτό|φωτογραφίες|تصوير|צילום)(?: ?[:：]| by ).*$/iu

/** Small words within names. */
const particles = words('de da das do dos del della di der den van von zu la le el al bin ben ibn y af av ter ten d du')

/** Words that no person is called: what stands beside a name and says where it works. */
const trades = words(
  'agency agencia agência agence agentur agenzia agentschap news press staff writer correspondent correspondant corresponsal reporter editor ' +
    'bureau desk redacción redacao redação rédaction redaktion redazione redactie redakcja redaktör media service senior chief political',
)

/** One word is an author where it is an agency. */
const agencies = words(
  'reuters afp ap dpa efe ansa anp ntb tt ritzau pap tass xinhua lusa belga apa sda kna epd afp/ap stt upi pa cp aap bloomberg',
)

const longest = 120

/** The authors that a line in a language names as bylines do: `By Ida Hollvik, Reuters`, `홍길동 기자`. Undefined for any other line. */
export function readByline(written: string, language = ''): Byline | undefined {
  if (written.length > longest) return undefined
  const first = firstWordIn(written)
  if (first !== '' && first === spoken[language.slice(0, 2).toLowerCase()]) return readSpoken(written)
  const line = isOpening(written) ? withoutOthers(written) : written
  const byline = readOpened(line)
  return byline === undefined || line === written ? byline : { ...byline, byline: withoutAddress(written) }
}

/** May the line begin as a byline does? */
export function isOpening(line: string): boolean {
  return beginnings.has(firstWordIn(line))
}

/** Without who took the pictures, and without addresses. */
function withoutOthers(line: string): string {
  return withoutAddress(line).replace(photographers, '')
}

function withoutAddress(line: string): string {
  return line.includes('@') ? line.replace(mailAddress, '') : line
}

/** `De Ioana Holvic`: two or three words, each with a capital. */
function readSpoken(line: string): Byline | undefined {
  const [, ...names] = line.split(' ')
  const isPerson = names.length > 1 && names.length < 4 && names.every(word => /^\p{Lu}\p{Ll}[\p{L}’'-]*$/u.test(word))
  return isPerson ? { authors: [{ name: names.join(' ') }] } : undefined
}

function readOpened(line: string): Byline | undefined {
  const isAsian = isSpaceless(line)
  if (!isAsian && !beginnings.has(firstWordIn(line)) && !line.endsWith(' द्वारा')) return undefined
  if (/[\p{Nd}?!。]|[.]$(?<!\b\p{Lu}\.)/u.test(line)) return undefined
  const asian = isAsian ? readAsian(line) : undefined
  if (asian) return asian
  // In Hindi it stands behind the name.
  const pieces = line.replace(/^(.+) (द्वारा)$/u, '$2 $1').split(' ')
  if (!beginnings.has(firstWordIn(pieces[0] ?? ''))) return undefined
  for (let count = 3; count > 0; count--) {
    const opening = pieces.slice(0, count).join(' ')
    if (pieces.length <= count || !openings.has(wordsIn(opening).join(' '))) continue
    const isMarked = /[:：=]$/u.test(opening)
    const isDashed = /[ /–—-]$/u.test(opening) && persons.has(wordsIn(opening).join(' '))
    const written = pieces.slice(count).join(' ')
    const rest = written.replace(/^[:：=–-] ?/u, '')
    if (!isMarked && !isDashed && rest === written && onlyMarked.has(wordsIn(opening).join(' '))) return undefined
    return namesIn(rest, isMarked || rest !== written, line)
  }
  return undefined
}

/** Names behind `文/`, `記者 `, or before `기자`. */
function readAsian(line: string): Byline | undefined {
  const korean =
    /^(?:\([^()]{1,30}\) ?)?(\p{sc=Hangul}{2,4}(?: ?[·,] ?\p{sc=Hangul}{2,4}){0,4}) ?(?:선임|수습|인턴|전문)?기자(?: ?= ?)?(?: \S{1,60})?$/u
  const [, names] =
    korean.exec(line) ??
    /^(?:文|图文|撰文|取材・文|文・写真)[/／・:：] ?([\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana} 、]{2,20})$/u.exec(
      line,
    ) ??
    /^기자 ?[:=]? ?(\p{sc=Hangul}{2,4})$/u.exec(line) ??
    /^(?:本报记者|本報記者|记者|記者|作者)[:： ] ?([\p{sc=Han} 、]{2,20})$/u.exec(line) ??
    /^([\p{sc=Han}]{2,6}(?:、[\p{sc=Han}]{2,6})*) ?記者$/u.exec(line) ??
    []
  if (names === undefined) return undefined
  // In Chinese a space parts two names, in Japanese the two of one.
  const joints = /^(?:本报记者|记者|作者)/u.test(line) ? /[·,、 ]+/u : / ?[·,、] ?/u
  const authors = names.split(joints).map(name => ({ name: name.trim() }))
  const says = /[@()=]/u.test(line)
  return { authors, ...(says && { byline: line }) }
}

function namesIn(text: string, isMarked: boolean, line: string): Byline | undefined {
  const [named = ''] = text.split(/ (?:in|from|for|aus|à|em|en|da|desde|в|із|з)(?= \p{Lu}\p{Ll}+$)/u)
  const parts = named
    .split(/\p{Ll}/u.test(named) ? joint : capitalJoint)
    .map(part => part.trim())
    .filter(part => part !== '')
  const all = parts.filter(part => isName(part, isMarked))
  const names = all.length > 1 ? all.filter(name => !agencies.has(wordsIn(name)[0] ?? '')) : all
  const others = parts.filter(part => !names.includes(part))
  // Beside a name only where it works may stand.
  if (names.length === 0 || names[0] !== parts[0] || others.some(part => !isTrade(part))) return undefined
  const authors = [...new Set(names)].map(name => ({ name }))
  return { authors, ...((others.length > 0 || named !== text) && { byline: line }) }
}

function isName(text: string, isMarked: boolean): boolean {
  const parts = text.split(' ')
  if (parts.length > 6 || text.length > 60 || /[:|]/u.test(text)) return false
  const folded = wordsIn(text)
  if (folded.some(word => trades.has(word))) return isMarked && /^\p{Lu}/u.test(text)
  if (parts.length === 1) return isMarked ? /^[\p{Lu}\p{Lo}]/u.test(text) : agencies.has(folded[0] ?? '')
  if (folded.some(word => noNames.has(word))) return false
  // Scripts without capitals show no name: few words may be one.
  if (!isMarked && /^\p{Lo}/u.test(text) && parts.length > 3) return false
  const own = parts.filter(part => !particles.has(wordsIn(part)[0] ?? ''))
  return own.length > 0 && own.every(part => /^['’"“«(]?[\p{Lu}\p{Lo}]/u.test(part))
}

function isTrade(text: string): boolean {
  const folded = wordsIn(text)
  return folded.length <= 6 && (folded.length === 1 || folded.some(word => trades.has(word) || agencies.has(word)))
}

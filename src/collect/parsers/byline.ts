import type { Party } from '../../article.ts'
import { fold, oneLine } from '../../text.ts'

/** Characters. No byline comes near it. */
const longest = 1_000

/** Words in front of the names, by the languages in which they are no part of one: elsewhere `Von` and `De` begin names. */
const openings: readonly (readonly [words: string, languages?: string])[] = [
  ['by'],
  ['por|reportaje de|texto de', 'es pt gl ca'],
  ['por'],
  ['von|text von', 'de'],
  ['von'],
  ['de|par|propos recueillis par', 'fr'],
  ['de', 'es ca gl pt ro'],
  ['di|a cura di', 'it'],
  ['door', 'nl af'],
  ['av|text', 'sv nb nn no'],
  ['af', 'da'],
  ['teksti', 'fi'],
  ['przez|oprac', 'pl'],
  ['автор|текст|от', 'ru uk bg sr mk be'],
  ['του|της|από', 'el'],
  ['oleh', 'id ms'],
  ['bởi', 'vi'],
]

const labels =
  /^(?:text|texte|texto|testo|tekst|author|autor(?:a|es|en)?|auteurs?|автор|текст|كتبت?|بقلم|תאת|מאת|लेखक|文|記者|记者|撰文|作者)\s*[:：/／]\s*/iu
const eastern =
  /^(?:本报|本報|本社|新华社)?(?:记者|記者|通讯员)\s*(?=\p{Script=Han})|\s*(?:기자|특파원|논설위원|記者|记者)(?=$|[,、，;·])/gu

/** A byline without what stands in front of the names, addresses and what stands in brackets. */
function bare(byline: string, language: string): string {
  const line = oneLine(byline.slice(0, longest))
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu, '')
    .replace(/[([（<][^()[\]（）<>]{0,200}[)\]）>]/g, '')
    .replace(eastern, '')
    .replace(labels, '')
  const [primary = ''] = language.toLowerCase().split('-')
  for (const [words, languages] of openings) {
    if (languages !== undefined && !languages.split(' ').includes(primary)) continue
    const opening = new RegExp(String.raw`^(?:${words})(?:\s*:\s*|\s+)(?=\S)`, 'iu')
    if (opening.test(line)) return line.replace(opening, '').replace(labels, '').trim()
  }
  return line.trim()
}

const conjunction = /\s+(?:and|&|und|y|e|et|og|och|en|i|и|та|та|και|ve|ja|και|dan|și|és|a|و)\s+/iu
const listMark = /\s*(?:[,;、，；]|\s[/|·•–—-]\s|\||／|及|和|및)\s*/u

/** Of towns and papers whose names look like a person's. */
const noPerson = new RegExp(
  String.raw`(?:^|[\s-])(?:new|san|santa|los|las|saint|st\.?|sankt|rio|buenos|hong|kuala|abu|tel|cape|port|fort|north|south|east|west|` +
    String.raw`the|associated|press|presse|prensa|news|newspaper|agency|agence|agencia|agentur|agenzia|reuters|afp|dpa|efe|ansa|upi|bloomberg|` +
    String.raw`writer|reporter|correspondent|correspondant|corresponsal|korrespondent\w*|redaktion|redacci[oó]n|redazione|rédaction|editor\w*|staff|desk|bureau|` +
    String.raw`service|media|times|post|herald|daily|gazette|journal|tribune|university|photo\w*|foto\w*|special|senior|chief|analyst|columnist|` +
    String.raw`enviad[oa]|correspondente|journaliste|journalist\w*|periodista|giornalista|reportero|politics|business|science|sports?|корреспондент|собкор)(?=$|[\s,.-])`,
  'iu',
)
const particle =
  /^(?:de|da|do|dos|das|del|della|der|den|di|du|la|le|van|von|zu|zum|ter|ten|bin|ibn|al|el|y|e|af|av|st|san|mac|o|d|l)\.?$/iu
const uncased =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Tamil}\s.・·-]+$/u

/** Two to five words, as a person's name is written. */
function isPerson(part: string): boolean {
  if (part.length > 80 || /[\d@:?!"“”]/.test(part) || noPerson.test(part)) return false
  if (uncased.test(part)) return /\p{L}{2}/u.test(part)
  const words = part.split(/\s+/)
  const names = words.filter(word => /^(?:['’]|[dlo]['’]|al-|el-)?\p{Lu}/u.test(word))
  return words.length <= 5 && names.length >= 2 && words.every(word => names.includes(word) || particle.test(word))
}

/** What no editing system's user is called in print: an address, a path, a login, somebody's initials. */
export function isName(text: string): boolean {
  const name = text.trim()
  if (!/\p{L}{2}/u.test(name) || name.includes('@') || /^[a-z]+:|^\/|\\|\.(?:com|org|net)\b/i.test(name)) return false
  if (/\s/.test(name)) return true
  if (uncased.test(name)) return true
  return /^\p{Lu}[\p{L}’'.-]*$/u.test(name) && !/[._]\p{Ll}|^\p{Lu}+[-/]\p{Lu}*$/u.test(name)
}

/**
 * The names in a byline as it is printed: `By ANA REIS, Example Press Writer` -> `ANA REIS`; `Ana Reis, Bo Lund and Cy Park` -> three.
 * A title, a paper or a town behind a name is no name. A byline that names no person is an author as a whole; none for a login or initials.
 */
export function namesInByline(byline: string, language = ''): string[] {
  const line = bare(byline, language)
  const parts = line.split(listMark).flatMap(halves)
  const persons = parts.map(part => part.replace(/[.,:]+$/u, '').trim()).filter(isPerson)
  if (persons.length > 0 && (persons.length === parts.length || isPerson(parts[0]!.trim()))) return unique(persons)
  // A date behind an agency is no part of its name.
  const whole = (/\d/.test(line) ? (parts[0] ?? '') : line).replace(/[\s,;:]+$/u, '')
  return isName(whole) ? [whole] : []
}

/** `Ortega y Gasset` is one man: both sides have to be whole names. */
function halves(part: string): string[] {
  const sides = part.replace(/^(?:and|und|y|e|et|og|och|en|и)\s+/iu, '').split(conjunction)
  return sides.length > 1 && sides.every(side => isPerson(side.trim()))
    ? sides
    : [sides.join(part.match(conjunction)?.[0] ?? ' ')]
}

function unique(names: readonly string[]): string[] {
  return [...new Map(names.map(name => [fold(name), name])).values()]
}

/**
 * Everyone whom a byline names, in its order, and who is listed beside it as an author: a list often has some of them only. What names no
 * person, as an agency does, gives way to one who is.
 */
export function authorsOf(bylines: readonly string[], listed: readonly Party[], language?: string): Party[] {
  const printed = bylines.flatMap(byline => namesInByline(byline, language))
  const known = listed.flatMap(({ name, ...rest }) => {
    const [plain = ''] = namesInByline(name, language)
    return plain === '' || !isName(plain) ? [] : [{ ...rest, name: plain }]
  })
  const all = [...printed.map((name): Party => withAddress(name, known)), ...known]
  const persons = all.filter(({ name }) => isPerson(name))
  const kept = persons.length > 0 ? persons : all
  const first = new Map<string, Party>()
  for (const party of kept) if (!first.has(personOf(party.name))) first.set(personOf(party.name), party)
  return [...first.values()]
}

function withAddress(name: string, known: readonly Party[]): Party {
  return { ...known.find(party => personOf(party.name) === personOf(name)), name }
}

/** One is `Ana J. Reis` here, `Reis Ana` there. */
function personOf(name: string): string {
  const words = fold(name)
    .split(/[\s,]+/)
    .filter(word => !/^\p{L}\.?$/u.test(word))
  return words.length > 1 ? words.toSorted().join(' ') : fold(name)
}

/** A byline as it is printed, for whoever prints it: without addresses, which are for colleagues. */
export function printedByline(bylines: readonly string[]): string | undefined {
  const printed = bylines.map(byline =>
    oneLine(byline.slice(0, longest).replace(/\s*[([<]?[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}[)\]>]?/gu, '')),
  )
  return printed.filter(text => isName(text)).join(', ') || undefined
}

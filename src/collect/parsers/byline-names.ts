import { fold } from '../../text.ts'

/** Of towns, papers and trades: what is printed beside names, and whose words look like a person's. */
const noPerson = new RegExp(
  String.raw`(?:^|[\s-])(?:new|san|santa|los|las|saint|st\.?|sankt|rio|buenos|hong|kuala|abu|tel|cape|port|fort|north|south|east|west|` +
    String.raw`the|associated|agência|agencja|агентство|агенство|وكالة|סוכנות|एजेंसी|press|presse|prensa|news|newspaper|agency|agence|agencia|agentur|agenzia|reuters|afp|dpa|efe|ansa|upi|bloomberg|` +
    String.raw`writer|reporter|correspondent|correspondant|corresponsal|korrespondent\w*|redaktion|redacci[oó]n|redazione|rédaction|editor\w*|staff|desk|bureau|` +
    String.raw`service|media|times|post|herald|daily|gazette|journal|tribune|university|photo\w*|foto\w*|special|senior|chief|analyst|columnist|` +
    String.raw`enviad[oa]|correspondente|journaliste|journalist\w*|periodista|giornalista|reportero|politics|business|science|sports?|корреспондент|собкор|` +
    String.raw`team|blog|magazin\w*|online|verlag|archiv\w*|\p{L}*artikel\p{L}*|articles?|\p{L}*kommentar\p{L}*|comments?|gmbh|autor|author|home|about|contact|weitere\p{L}*|related|stories|info|radio|insider|content|sponsored|advertorial|weather|travel|culture|opinion|world|life|industry|technology|aktuell\p{L}*|\p{L}*meldung(?:en)?|\p{L}*mitteilung(?:en)?|nachrichten|anzeige|informationen|release|communiqué|comunicado|comunicato|noticias?|información|actualités?|cultura|política|economía|deportes|développement|новости|kontakt|impressum|edited|edition)(?=$|[\s,.-])`,
  'iu',
)
const particle =
  /^(?:de|da|do|dos|das|del|della|der|den|di|du|la|le|van|von|v|zu|zum|ter|ten|bin|ibn|al|el|y|e|af|av|st|san|mac|o|d|l)\.?$/iu
const uncased =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Thai}\p{Script=Tamil}\s.・·-]+$/u

/** Two to five words, as a person's name is written. */
export function isPerson(part: string): boolean {
  if (part.length > 80 || /[\d@:;,?!"“”]/.test(part) || noPerson.test(part)) return false
  if (uncased.test(part)) return /\p{L}{2}/u.test(part) && part.split(' ').length <= 5 && part.length <= 40
  const words = part.split(/\s+/)
  const names = words.filter(word => /^(?:['’]|[dlo]['’]|al-|el-)?\p{Lu}/u.test(word))
  return words.length <= 5 && names.length >= 2 && words.every(word => names.includes(word) || particle.test(word))
}

const address =
  /[@©®™]|\[at\]|^[a-z]+:|https?:|www\.|^\/|[\\_<>{}=#]|[\p{L}\d-]{2}\.(?:com|org|net|de|at|ch|fr|it|es|eu|info|html?|php)\b/iu
/** Whom systems call so until somebody says a name. */
const nobody =
  /^(?:admin(?:istrator)?|wordpressadmin|webmaster|root|editor|user\d*|guest\d*|no author|unknown|anonymous|author|autor|auteur|null|undefined|none)$/iu

/** Is it what systems call whoever has said no name: `admin`? */
export function isNobody(name: string): boolean {
  return nobody.test(name)
}

/** What no editing system's user is called in print: an address, a path, a login, somebody's initials. */
export function isName(text: string): boolean {
  const name = text.trim()
  if (!/\p{L}{2}/u.test(name) || address.test(name) || nobody.test(name)) return false
  if (uncased.test(name)) return true
  const [first = '', ...others] = name.split(/\s+/)
  // A name may begin with a particle, a clause with any small word.
  if (others.length > 0) return !/^\p{Ll}/u.test(first) || /\p{Lu}/u.test(first) || particle.test(first)
  return /^\p{Lu}[\p{L}’'.-]*$/u.test(name) && !/[._]\p{Ll}|^\p{Lu}+[-/]\p{Lu}*$/u.test(name)
}

/** One word, also in small letters or with a number in it, by which somebody signs: a name only where it is printed as one. */
export function isPenName(text: string): boolean {
  return (
    /^[\p{L}\p{N}][\p{L}\p{M}\p{N}’'-]{1,29}$/u.test(text) &&
    /\p{L}\p{M}*[\p{L}\p{N}]/u.test(text) &&
    !nobody.test(text)
  )
}

/** What is the same of one person's names: one is `Ana J. Reis` here, `Reis Ana` there. */
export function personOf(name: string): string {
  const words = fold(name)
    .split(/[\s,]+/)
    .filter(word => !/^\p{L}\.?$/u.test(word))
  return words.length > 1 ? words.toSorted().join(' ') : fold(name)
}

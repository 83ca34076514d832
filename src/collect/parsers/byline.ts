import type { Party } from '../../article.ts'
import { fold, oneLine } from '../../text.ts'
import { isName, isPerson, personOf } from './byline-names.ts'

/** Characters. No byline comes near it. */
const longest = 1_000

/** Words in front of the names, by the languages in which they are no part of one: elsewhere `De` and `Di` begin names. */
const openings: readonly (readonly [words: RegExp, languages?: string])[] = [
  [
    opening(
      '(?:(?:an? )?(?:posted|written|story|text|words|report|reported|reporting|published|submitted|created|article|interview|illustrated|analysis|exclusive|opinion|commentary|comment|column|review|essay) )?by',
    ),
  ],
  [opening('as told to|from(?= \\p{Lu}\\S+ \\p{Lu})')],
  [
    opening(
      '(?:(?:eine? )?(?:artikel|(?:blog ?|gast)?beitrag|kolumne|kommentar|essay|interview|text|geschrieben|verfasst|veröffentlicht|publiziert|erstellt|gespeichert|gepostet|eingestellt) )?(?:von|durch)',
    ),
  ],
  [opening('(?:(?:une? )?(?:publié|écrit|rédigé|posté|mis en ligne|article|texte|entretien|propos recueillis) )?par')],
  [opening('(?:(?:una? )?(?:publicado|escrito|redactado|enviado|reportaje|texto|entrevista|postado) )?por')],
  [opening('reportaje de|texto de')],
  [opening('a cura di|scritto da|pubblicato da|testo di|articolo di')],
  [opening('geschreven door|geplaatst door')],
  [opening('skriven av|publicerad av|skrevet a[fv]|tekst')],
  [opening('napisał[a]?|autor(?:zy)?|oprac|przez')],
  [
    opening(
      'автор|текст|от|написал[а]?|опубликовал[а]?|του|της|από|γράφει (?:ο|η)|tarafından|oleh|ditulis oleh|bởi|tác giả|به قلم|द्वारा',
    ),
  ],
  [opening('de'), 'fr es ca gl pt ro'],
  [opening('di|da'), 'it'],
  [opening('door'), 'nl af'],
  [opening('av|text'), 'sv nb nn no'],
  [opening('af'), 'da'],
  [opening('teksti'), 'fi'],
  [opening('od'), 'cs sk sl hr sr'],
]

function opening(words: string): RegExp {
  return new RegExp(String.raw`^(?:${words})(?:\s*:\s*|\s+)(?=\S)`, 'iu')
}

const labels =
  /^(?:text|texte|texto|testo|tekst|interview|authors?|autor(?:a|as|es|en|in|innen)?|auteure?s?|autore|autrice|verfasser(?:in)?|автор(?:ы)?|текст|كتبت?|بقلم|מאת|yazan|haber|írta|szerző|pewarta|penulis|reporter|γράφει|κείμενο|إعداد|تقرير|นักข่าว|โดย|लेखक|रिपोर्ट|文|取材・文|聞き手|図文|記者|记者|撰文|作者)(?:\s*[:：/／|・＝]\s*|\s+[–—-]\s+)|^(?:text|texte|texto|testo|tekst|words) (?:and|und|et|y|e|och|og|en|&) \p{L}{3,20}\s*:\s*/iu
/** Of these one stands before a name without a mark. */
const eastern =
  /^(?:(?:本报|本報|本社|新华社)?(?:记者|記者|通讯员)\s*(?=\p{Script=Han})|بقلم\s+|כתב(?:ה|ת)?\s+|מאת\s+|נכתב על ידי\s+)|\s*(?:기자|특파원|논설위원|리포터|記者|记者|特派員)(?=$|[,、，;·])/gu

/** What stands behind the words that open a byline; undefined for a line without any. */
export function openedBy(line: string, language: string): string | undefined {
  const [primary = ''] = language.toLowerCase().split('-')
  const text = line.replace(eastern, '').replace(labels, '')
  for (const [words, languages] of openings) {
    if (languages !== undefined && !languages.split(' ').includes(primary)) continue
    if (words.test(text)) return text.replace(words, '').replace(labels, '').trim()
  }
  return text === line ? undefined : text.trim()
}

/** For which paper somebody wrote, where a byline says by whom: `By Ida Holm for The Example Post`. */
const paper = /\s(?:for|für|pour|para|per|voor|för)\s(?:the|die|den|das|le|la|les|el|il|lo|de|het)\s.{1,80}$/iu

const works =
  '(?:photos?|photography|pictures?|fotos?|fotograf[ií]as?|bild(?:er)?|video|graphics?|grafik|фото|φωτό|φωτογραφίες|تصوير|צילום|写真|图片|사진)'
/** Who took the pictures or worked on the text, and wrote none of it: `... Photos: Bo Lund`, `... Edited by Bo Lund`. */
const others = [
  new RegExp(
    String.raw`(?<=\S)(?<!\s(?:y|e|und|et|and|och|og|en|i|и|&))[\s,;/|·–—-]+${works}(?:\s?[:：=]|\s(?:by|par|von|por|av|af)\s).*$`,
    'iu',
  ),
  new RegExp(String.raw`(?<=\S)(?:[,;&]|\s(?:and|und|et|y|e|og|och|en|и)(?=\s))\s*[^,;&()]{2,60}\(${works}\)`, 'giu'),
  /(?<=\S)[.;,|][\s]*(?:(?:with )?additional reporting|edited|editing|translated|translation|compiled|redigerat|bearbeitung|editado|édité|a cura della redazione)(?![\p{L}]).*$/iu,
]

/** A byline without what stands in front of the names, addresses and what stands in brackets. */
function bare(byline: string, language: string): string {
  const line = others
    .reduce((text, end) => text.replace(end, ''), oneLine(byline.slice(0, longest)))
    .replace(/[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}/gu, '')
    .replace(/[([（<][^()[\]（）<>]{0,200}[)\]）>]/g, '')
    .replace(/(?:^|\s)@[\p{L}\p{N}_.]{2,40}/gu, '')
    // In Korea the place stands behind it.
    .replace(/(?<=기자) ?= ?[^=]{1,30}$/u, '')
    .replace(/^[\s–—-]+/u, '')
    .trim()
  return openedBy(line, language)?.replace(paper, '') ?? line
}

const conjunction =
  /\s+(?:im gespräch mit|in conversation with|en conversation avec|en conversación con|in conversazione con|in gesprek met|and|&|und|y|e|et|og|och|en|i|и|та|та|και|ve|ja|και|dan|și|és|a|و)\s+/iu
const listMark = /\s*(?:[,;、，；]|\s[/|·•–—-]\s|\s\/(?=\p{Lu})|(?<=\p{L}{3})\/(?=\p{Lu})|\||／|及|和|및)\s*/u

/**
 * The names in a byline as it is printed: `By ANA REIS, Example Press Writer` -> `ANA REIS`; `Ana Reis, Bo Lund and Cy Park` -> three.
 * A title, a paper or a town behind a name is no name. A byline that names no person is an author as a whole; none for a login or initials.
 */
export function namesInByline(byline: string, language = ''): string[] {
  const line = bare(byline, language)
  const parts = line.split(listMark).flatMap(halves)
  const persons = parts.map(withoutEnd).filter(isPerson)
  if (
    persons.length > 0 &&
    (persons.length === parts.length || isPerson(withoutEnd(parts[0]!.trim())) || isAgency(parts[0]!))
  )
    return unique(persons)
  // A date behind an agency is no part of its name.
  const whole = (/\d/.test(line) ? (parts[0] ?? '') : line).replace(/[\s,;:]+$/u, '')
  return isName(whole) ? [whole] : []
}

/** A point behind an initial or `Jr` is part of the name. */
function withoutEnd(part: string): string {
  const plain = part.replace(/[,:\s]+$/u, '').replace(/(?<=\p{L}{4})\.$/u, '')
  const name = plain.replace(place, '')
  return isPerson(name) && named.test(name) ? name : plain
}

/** `Ana Reis in Porto`, `Ana Reis avec AFP` */
const place =
  /\s(?:avec|with|mit|con|com|med|met)\s\p{Lu}{2,6}$|\s(?:in|from|at|aus|à|desde|из)\s\p{Lu}[\p{L} .’'-]{1,60}$/u
/** What a place may be cut off from: `Projektleiterin der HSS in Peru` is nobody's name before or after. */
const named = /^\p{Lu}[\p{L}.’'-]*(?:\s\p{Lu}[\p{L}.’'-]*\p{Ll}[\p{L}.’'-]*){1,2}$|^\p{Lu}{2,}(?:\s\p{Lu}{2,}){1,2}$/u

/** Letters of an agency, as it signs what it sends. */
function isAgency(part: string): boolean {
  return /^[(]?\p{Lu}{2,6}[)]?$/u.test(part.trim())
}

/** `Ortega y Gasset` is one man: both sides have to be whole names. */
function halves(part: string): string[] {
  const sides = part.replace(/^(?:and|und|y|e|et|og|och|en|и)\s+/iu, '').split(conjunction)
  const [first = '', ...rest] = sides.map(side => withoutEnd(side.trim()))
  return sides.length > 1 && isPerson(first) && rest.every(side => isPerson(side) || isAgency(side))
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

/** A byline as it is printed, for whoever prints it: without addresses, which are for colleagues. */
export function printedByline(bylines: readonly string[]): string | undefined {
  const printed = bylines.map(byline =>
    oneLine(byline.slice(0, longest).replace(/\s*[([<]?[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,255}[)\]>]?/gu, '')),
  )
  return printed.filter(text => isName(text)).join(', ') || undefined
}

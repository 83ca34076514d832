import { oneLine } from '../../text.ts'
import type { Body, Draft } from './draft.ts'
import { withoutTags } from './xml/xml-markup.ts'

/** What a text begins with that is for colleagues: the whole paragraph is. */
const note = new RegExp(
  String.raw`^[\s([*#–—-]*(?:` +
    [
      String.raw`not for (?:publication|broadcast)`,
      String.raw`(?:for )?internal use only`,
      String.raw`(?:attention|note to) editors?`,
      'nicht zur veröffentlichung',
      'nur (?:für den|zum) internen gebrauch',
      String.raw`(?:achtung|hinweis|hinweise|anmerkung) (?:an|für) (?:die )?redaktion(?:en)?`,
      'achtung redaktion(?:en)?',
      '(?:ne pas publier|pas pour publication|non destiné à la publication)',
      String.raw`(?:à l['’]attention|note aux?|avis aux?|attention) (?:des |les )?r[ée]dact(?:ions|eurs)`,
      'no (?:publicar|apto para publicación|destinado a su publicación)',
      '(?:nota|aviso|atención) (?:a|para) (?:los |las )?(?:editores|redactores|redacciones)',
      '(?:não publicar|não destinado à publicação)',
      '(?:nota|aviso|atenção) (?:a|aos|às|para) (?:os |as )?(?:editores|redações|redatores)',
      '(?:non pubblicare|non per la pubblicazione|non destinato alla pubblicazione)',
      '(?:nota|avviso|attenzione) (?:per|a|ai|alle) (?:i |le )?redat?(?:tori|zioni)',
      'niet voor publicatie',
      '(?:noot|bericht) (?:voor|aan) de redacties?',
      '(?:ej|inte|icke) för publicering',
      'till redaktionen',
      'ikke (?:til|for) (?:offentliggørelse|offentliggjøring|publisering)',
      'til redaksjonen',
      '(?:не для (?:публикации|печати)|вниманию редакц(?:ий|ии))',
      '(?:не для публікації|до уваги редакцій)',
      'nie do publikacji',
    ].join('|') +
    String.raw`)(?!\p{L})`,
  'iu',
)

/** In capitals, or in brackets, it is a note; as `Editors` or `Eds` a sentence may begin. */
const addressed =
  /^[\s*]*(?:(?:EDITORS|EDS)(?:['’]? NOTE)?\s*[:–—-]|[([]\s*(?:EDITORS|Editors|EDS|Eds)(?:['’]? note)?\s*:)/u

/** With this begins what an agency puts below its text for colleagues: addresses, appointments, who may be called. */
const notepad =
  /^[\s*#–—-]*(?:(?:\p{L}{2,8}-)?notizblock|redaktionelle hinweise|(?:die )?folgenden? informationen sind nicht (?:zur|für die) veröffentlichung.*|the following (?:information|details) (?:is|are) not (?:intended )?for publication.*|les informations (?:suivantes|ci-dessous) ne sont pas destinées à la publication.*)[\s:*.]*$/iu

/** A paragraph or heading of HTML that has no other in it. */
const block = /<(p|h[1-6])(?:\s[^<>]{0,500})?>((?:(?!<\/?(?:p|h[1-6])[\s>])[^]){0,4000})<\/\1\s*>/giu

/**
 * A draft without what its text says to colleagues, who get it as an editorial note: that is for partners, and in no public edition. What would be
 * left without any text stays as it is.
 */
export function withNotesApart(draft: Draft): Draft {
  const { body, notes } = apart(draft.body)
  if (notes.length === 0 || !/\S/.test('html' in body ? withoutTags(body.html) : body.paragraphs.join(''))) return draft
  return { ...draft, body, edNote: [draft.edNote ?? [], ...notes].flat().join('\n') }
}

function apart(body: Body): { body: Body; notes: string[] } {
  const notes: string[] = []
  if ('html' in body) return { body: { html: withoutNotes(body.html, notes) }, notes }
  const paragraphs: string[] = []
  let isBelow = false
  for (const paragraph of body.paragraphs) {
    isBelow ||= notepad.test(paragraph.slice(0, longest))
    if (isBelow || isNote(paragraph)) notes.push(paragraph)
    else paragraphs.push(paragraph)
  }
  return { body: { paragraphs }, notes }
}

/** Characters in which a paragraph says whom it is for. */
const longest = 200

function isNote(text: string): boolean {
  const beginning = text.slice(0, longest)
  return note.test(beginning) || addressed.test(beginning)
}

function withoutNotes(html: string, notes: string[]): string {
  let kept = ''
  let from = 0
  for (const found of html.matchAll(block)) {
    const text = oneLine(withoutTags(found[2] ?? ''))
    if (notepad.test(text.slice(0, longest))) {
      notes.push(oneLine(withoutTags(html.slice(found.index))))
      return kept + html.slice(from, found.index)
    }
    if (!isNote(text)) continue
    notes.push(text)
    kept += html.slice(from, found.index)
    from = found.index + found[0].length
  }
  return kept + html.slice(from)
}

import type { Relation, Subject, Term } from '../../../article.ts'
import type { Draft } from '../draft.ts'
import { childOf, childrenOf, type XmlElement } from '../xml/xml.ts'
import { codeOf, nameOf, rankOf, valueOf } from './values.ts'

/** Vocabularies by their aliases in this document. */
export type Schemes = ReadonlyMap<string, string>

/** IPTC's own catalog, which documents only refer to (`catalogRef`): its aliases of what an article is filed under. */
const iptc: readonly (readonly [string, string])[] = [
  ['medtop', 'http://cv.iptc.org/newscodes/mediatopic/'],
  ['subj', 'http://cv.iptc.org/newscodes/subjectcode/'],
  ['genre', 'http://cv.iptc.org/newscodes/genre/'],
  ['scene', 'http://cv.iptc.org/newscodes/scene/'],
]

/** Catalogs stand in the item, or in the header of its message. A reference cannot be followed: IPTC's is known. */
export function schemesOf(...places: readonly (XmlElement | undefined)[]): Schemes {
  const declared = places
    .flatMap(place => childrenOf(place, 'catalog'))
    .flatMap(catalog => childrenOf(catalog, 'scheme'))
    .flatMap(({ attributes }): [string, string][] => {
      const [alias, uri] = [attributes.get('alias'), attributes.get('uri')]
      return alias === undefined || uri === undefined ? [] : [[alias, uri]]
    })
  return new Map([...iptc, ...declared])
}

/** A term by its name, else by its code: the QCode as it is written, with the vocabulary behind its alias; a URI; a literal. */
function termOf(element: XmlElement, language: string | undefined, schemes: Schemes): Term[] {
  const { attributes } = element
  const qcode = attributes.get('qcode')?.trim()
  const code = qcode ?? attributes.get('uri')?.trim() ?? attributes.get('literal')?.trim()
  const name = nameOf(element, language) ?? code
  if (name === undefined || name === '') return []
  const scheme = qcode === undefined ? undefined : schemes.get(qcode.split(':', 1)[0] ?? '')
  const isCoded = code !== undefined && (code !== name || attributes.get('literal') === undefined)
  return [{ name, ...(isCoded && { code, ...(scheme !== undefined && { scheme }) }) }]
}

/** By IPTC's nature of a concept (`cpnat`). */
const relations = new Map<string, Relation>([
  ['person', 'person'],
  ['organisation', 'organisation'],
  ['organization', 'organisation'],
  ['geoarea', 'place'],
  ['poi', 'place'],
  ['object', 'product'],
])

/** Everything that it is sorted by. */
export function filedUnder(
  item: XmlElement,
  language: string | undefined,
  schemes: Schemes,
): Pick<Draft, 'section' | 'keywords' | 'subjects' | 'genres' | 'slugline' | 'urgency'> {
  const contentMeta = childOf(item, 'contentMeta')
  const terms = childrenOf(contentMeta, 'subject').flatMap(element =>
    termOf(element, language, schemes).map((term): Subject => {
      return { ...term, rel: relations.get(codeOf(element, 'type') ?? '') ?? 'subject' }
    }),
  )
  const section = childOf(childOf(item, 'itemMeta'), 'service')
  const filed =
    section === undefined
      ? []
      : termOf(section, language, schemes).filter(({ name, code }) => code !== undefined && code !== name)
  const words = childrenOf(contentMeta, 'keyword').flatMap(keyword => valueOf(keyword) ?? [])
  return {
    section: nameOf(section, language),
    // A bare code is no word to search for.
    keywords: [...words, ...terms.filter(({ name, code }) => name !== code).map(({ name }) => name)],
    subjects: [
      ...filed.map((term): Subject => ({ ...term, rel: 'section' })),
      ...terms.filter(({ rel, code }) => code !== undefined || rel !== 'subject'),
    ],
    genres: childrenOf(contentMeta, 'genre').flatMap(genre => termOf(genre, language, schemes)),
    slugline: valueOf(childOf(contentMeta, 'slugline')),
    urgency: rankOf(valueOf(childOf(contentMeta, 'urgency'))),
  }
}

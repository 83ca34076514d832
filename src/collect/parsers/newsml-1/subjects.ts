import type { Subject } from '../../../article.ts'
import { fold } from '../../../text.ts'
import type { Draft } from '../draft.ts'
import { preferredText } from '../newsml/values.ts'
import { childOf, childrenOf, elementsOf, textOf, type XmlElement } from '../xml/xml.ts'
import { below, formalName } from './values.ts'

const iptcSubjects = 'http://cv.iptc.org/newscodes/subjectcode/'

/** Subjects with the names that the item's own topics give them, keywords, genres, places. */
export function filedUnder(item: XmlElement): Pick<Draft, 'keywords' | 'subjects' | 'genres' | 'place'> {
  const names = topicNames(item)
  const coded = below(item, 'SubjectCode')
    .flatMap(elementsOf)
    .filter(({ name }) => /^Subject(?:Matter|Detail)?$/.test(name))
    .flatMap(element => subjectOf(element, names))
  const subjects = [...new Map(coded.map(subject => [subject.code ?? subject.name, subject])).values()]
  const words = below(item, 'Property')
    .filter(property => /^key ?word$/i.test(formalName(property) ?? ''))
    .flatMap(({ attributes }) => attributes.get('Value') ?? [])
  const lines = below(item, 'KeywordLine').flatMap(line => textOf(line).split(/[;,]/))
  const places = below(item, 'Location').flatMap(placeOf)
  return {
    keywords: [
      ...new Set([...subjects.filter(({ name, code }) => name !== code).map(({ name }) => name), ...words, ...lines]),
    ],
    subjects: [...subjects, ...places.map((name): Subject => ({ name, rel: 'place' }))],
    genres: below(item, 'Genre').flatMap(genre => {
      const name = formalName(genre)
      return name === undefined ? [] : [{ name }]
    }),
    place: places[0],
  }
}

/** By the formal name of their topic, in the language that comes first. */
function topicNames(item: XmlElement): Map<string, string> {
  return new Map(
    below(item, 'Topic').flatMap((topic): [string, string][] => {
      const code = textOf(childOf(topic, 'FormalName') ?? topic).trim()
      const named = childrenOf(topic, 'Description').filter(
        ({ attributes }) => fold(attributes.get('Variant') ?? 'name') === 'name',
      )
      const name = preferredText(named, undefined, 'name')
      return code === '' || name === undefined ? [] : [[code, name]]
    }),
  )
}

function subjectOf(element: XmlElement, names: ReadonlyMap<string, string>): Subject[] {
  const code = formalName(element)
  if (code === undefined) return []
  const vocabulary = element.attributes.get('Scheme') ?? element.attributes.get('Vocabulary')
  const scheme =
    /^\d{8}$/.test(code) && (vocabulary === undefined || /iptc/i.test(vocabulary)) ? iptcSubjects : vocabulary
  // An agency's own words are names; IPTC's are numbers.
  if (!/\d/.test(code) && !names.has(code)) return [{ name: code, rel: 'subject' }]
  return [{ name: names.get(code) ?? code, code, ...(scheme && { scheme }), rel: 'subject' }]
}

/** The finest of its properties. */
function placeOf(location: XmlElement): string[] {
  const properties = new Map(
    childrenOf(location, 'Property').map(property => [
      fold(formalName(property) ?? ''),
      property.attributes.get('Value')?.trim(),
    ]),
  )
  const name = ['city', 'countryarea', 'sublocation'].map(level => properties.get(level)).find(value => value)
  return name === undefined ? [] : [name]
}

import { Unusable } from '../../../errors.ts'

/** Levels of objects and lists around articles: AP has them in `data.items[].item`. */
const deepest = 5

const ownNames = new Set(
  'versioncreated pubstatus representationtype headlines bodies body_html body_xhtml body_text copyrightholder copyrightnotice usageterms headline'.split(
    ' ',
  ),
)

/** What belongs to an article rather than holds articles. */
const parts = new Set(
  'associations renditions subject subjects authors people place places organisation links altids'.split(' '),
)

/** The ninjs documents in a list or an envelope of them, in order. Throws `Unusable`, naming what is there, where there are none. */
export function documentsIn(json: unknown): unknown[] {
  if (Array.isArray(json)) return json.flatMap(member => (isEnvelope(member) ? found(member, 1) : [member]))
  if (!isEnvelope(json)) return [json]
  const documents = found(json, 0)
  if (documents.length > 0) return documents
  const names = Object.keys(json as object)
    .slice(0, 5)
    .join(', ')
    .slice(0, 100)
  throw new Unusable(`The JSON is an envelope or a list (${names}) without a ninjs article in it.`)
}

function isArticle(value: object): boolean {
  return Object.keys(value).some(name => ownNames.has(name.toLowerCase()))
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** An object that holds others, and is no article itself: not even one without a text, which has a name at least. */
function isEnvelope(value: unknown): boolean {
  if (!isObject(value) || isArticle(value)) return false
  const names = new Set(Object.keys(value).map(name => name.toLowerCase()))
  return (
    !names.has('uri') &&
    !names.has('guid') &&
    Object.values(value).some(member => typeof member === 'object' && member !== null)
  )
}

function found(value: unknown, depth: number): unknown[] {
  if (depth > deepest) return []
  if (Array.isArray(value)) return value.flatMap(member => found(member, depth + 1))
  if (!isObject(value)) return []
  if (isArticle(value)) return [value]
  return Object.entries(value)
    .filter(([name]) => !parts.has(name.toLowerCase()))
    .flatMap(([, member]) => found(member, depth + 1))
}

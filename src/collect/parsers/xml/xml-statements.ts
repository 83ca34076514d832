import { childrenOf, elementsOf, textOf, type XmlElement } from './xml.ts'

/** Elements that are looked through for one at any depth. */
const most = 20_000

/**
 * Where a statement stands below an element, as a person would look for it: `<date.issue norm>, line 12`. A statement is a path of names, of
 * which `//` leaves some out, and an attribute behind `@`: `docdata/date.issue@norm`, `//HeadLine`. Undefined where nothing is said there.
 */
export function placeInXml(root: XmlElement, statement: string): string | undefined {
  const [path = '', attribute] = statement.split('@')
  const steps = path === '' ? [] : path.split('/')
  const found = path.startsWith('//')
    ? below(root).filter(({ name }) => name === path.slice(2))
    : steps.reduce<XmlElement[]>((parents, name) => parents.flatMap(each => childrenOf(each, name)), [root])
  const says = found.find(element =>
    attribute === undefined
      ? textOf(element).trim() !== '' || element.attributes.size > 0
      : (element.attributes.get(attribute) ?? '').trim() !== '',
  )
  if (says === undefined) return undefined
  const shown = attribute?.replace('{http://www.w3.org/XML/1998/namespace}', 'xml:')
  return `<${says.name}${shown === undefined ? '' : ` ${shown}`}>, line ${says.line}`
}

function below(root: XmlElement): XmlElement[] {
  const found = [root]
  for (let at = 0; at < found.length && found.length < most; at++) found.push(...elementsOf(found[at]))
  return found
}

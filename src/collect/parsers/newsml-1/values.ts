import { valueOf } from '../newsml/values.ts'
import { elementsOf, type XmlElement } from '../xml/xml.ts'

/** NewsML 1 says nearly everything as `FormalName`, of a vocabulary of its own; some agencies write text instead. */
export function formalName(element: XmlElement | undefined): string | undefined {
  return element?.attributes.get('FormalName')?.trim() || valueOf(element)
}

/** All elements of this name, however deep, in document order: metadata stand with the item, or with any of its components. */
export function below(parent: XmlElement, name: string): XmlElement[] {
  const found: XmlElement[] = []
  const look = (element: XmlElement): void => {
    for (const child of elementsOf(element)) {
      if (child.name === name) found.push(child)
      // What a text says is no metadata.
      if (child.name !== 'DataContent') look(child)
    }
  }
  look(parent)
  return found
}

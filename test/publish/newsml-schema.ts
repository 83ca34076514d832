import { existsSync, readFileSync } from 'node:fs'
import { xmlCleanupInputProvider, XmlDocument, XmlLibError, xmlRegisterInputProvider, XsdValidator } from 'libxml2-wasm'

const schema = new URL('../../../shared/schema/NewsML-G2_2.35-spec-All-Power.xsd', import.meta.url)

/** Does IPTC's schema lie beside the checkout? */
export const hasNewsmlSchema = existsSync(schema)

/** What the schema imports (https://www.w3.org/2001/xml.xsd), as far as it refers to it. */
const xmlNamespace = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang" type="xs:language"/><xs:attribute name="base" type="xs:anyURI"/><xs:attribute name="space" type="xs:NCName"/>
<xs:attribute name="id" type="xs:ID"/></xs:schema>`

let validator: XsdValidator | undefined

/** What is wrong with a NewsML-G2 document by IPTC's schema; empty when it is valid, and where there is no schema. */
export function newsmlFaults(text: string): string[] {
  if (!hasNewsmlSchema) return []
  validator ??= openValidator()
  try {
    using document = XmlDocument.fromString(text)
    validator.validate(document)
    return []
  } catch (error) {
    if (error instanceof XmlLibError) return error.details.map(({ message, line }) => `line ${line}: ${message.trim()}`)
    throw error
  }
}

function openValidator(): XsdValidator {
  const bytes = Buffer.from(xmlNamespace)
  const at = new Map<number, number>()
  xmlRegisterInputProvider({
    match: name => name.endsWith('xml.xsd'),
    open: () => (at.set(1, 0), 1),
    read: (descriptor, buffer) => {
      const from = at.get(descriptor) ?? 0
      const piece = bytes.subarray(from, from + buffer.length)
      buffer.set(piece)
      at.set(descriptor, from + piece.length)
      return piece.length
    },
    close: () => true,
  })
  try {
    using document = XmlDocument.fromString(readFileSync(schema, 'utf8'), { url: schema.href })
    return XsdValidator.fromDoc(document)
  } finally {
    xmlCleanupInputProvider()
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Plain text -> the content of an XML or HTML element. The text must be free of what XML 1.0 forbids (section 2.2), as every article's is. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, character => entities[character] ?? character)
}

/** Plain text -> an attribute's value between double quotes. White space is written as references, or a parser would make blanks of it (XML 1.0, 3.3.3). */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, character => entities[character] ?? character)
}

/** Attributes that are undefined are left out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>

/** ` name="value"` for each attribute, with a blank in front. */
export function attributes(values: Attributes): string {
  let written = ''
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) written += ` ${name}="${escapeAttribute(String(value))}"`
  }
  return written
}

/** An element that holds text alone, besides its attributes. */
export function textElement(name: string, text: string, values: Attributes = {}): string {
  return `<${name}${attributes(values)}>${escapeText(text)}</${name}>`
}

/** An element of attributes and, where there are any, elements already written. */
export function element(name: string, values: Attributes, children: readonly string[] = []): string {
  const start = `<${name}${attributes(values)}`
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`
}

/** Bytes in which a declaration is looked for. */
const farthest = 1 << 20

/**
 * The coding that an XML document or a page names itself, as written: XML 1.0, 4.3.3; HTML's `meta` with `charset` or `http-equiv`,
 * wherever it stands within the first megabyte. Of a text that merely speaks of one, nothing. In linear time.
 */
export function declaredCoding(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1', 0, farthest)
  return ofXml(text) ?? ofPage(text)
}

/** Blank lines and what a failing script printed may stand in front of it. */
function ofXml(text: string): string | undefined {
  const beginning = text.slice(0, 4096)
  const at = beginning.search(/<\?xml\s/i)
  if (at < 0 || !isMarkup(beginning.slice(0, at))) return undefined
  return /^<\?xml\s[^>]{0,200}?\bencoding\s{0,9}=\s{0,9}["']\s{0,9}([\w.:-]{1,40})/i.exec(beginning.slice(at))?.[1]
}

function isMarkup(before: string): boolean {
  return before.trim() === '' || /^\s*</.test(before)
}

const landmark = /<!--|<(?:script|style|textarea|xmp)\b|<meta\b/gi
const root = /<(?:!doctype\s{1,9}html|html|head)\b/i

function ofPage(text: string): string | undefined {
  const begins = /^\s*</.test(text) ? 0 : text.slice(0, 65_536).search(root)
  if (begins < 0) return undefined
  const endless = new Set<string>()
  landmark.lastIndex = begins
  for (let found = landmark.exec(text); found; found = landmark.exec(text)) {
    const word = found[0].toLowerCase()
    if (word === '<meta') {
      const declared = ofMeta(text.slice(found.index, found.index + 1000))
      if (declared !== undefined) return declared
    } else if (!endless.has(word)) {
      const end = endOf(text, word, landmark.lastIndex)
      // What never ends hides nothing, and is not looked for again.
      if (end === undefined) endless.add(word)
      else landmark.lastIndex = end
    }
  }
  return undefined
}

/** Behind a comment, a script or the like. */
function endOf(text: string, word: string, from: number): number | undefined {
  const end = word === '<!--' ? /-->/g : new RegExp(String.raw`</${word.slice(1)}\b`, 'gi')
  end.lastIndex = from
  return end.exec(text) ? end.lastIndex : undefined
}

const attribute = /([a-z][\w:-]{0,40})\s{0,9}=\s{0,9}(?:"([^"]{0,300})"|'([^']{0,300})'|([^\s"'>]{1,300}))/gi

function ofMeta(text: string): string | undefined {
  const attributes = new Map<string, string>()
  for (const [, name = '', double, single, bare] of text.split('>', 1)[0]!.matchAll(attribute))
    attributes.set(name.toLowerCase(), double ?? single ?? bare ?? '')
  const charset = attributes.get('charset')
  if (charset) return charset.trim()
  if (attributes.get('http-equiv')?.trim().toLowerCase() !== 'content-type') return undefined
  return charsetOf(attributes.get('content'))
}

/** The charset of a Content-Type (RFC 9110, 8.3.1), also where its quotes or its equals sign are written loosely. */
export function charsetOf(contentType: string | undefined): string | undefined {
  return /[;\s]charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:+-]{1,40})/i.exec(contentType?.slice(0, 1000) ?? '')?.[1]
}

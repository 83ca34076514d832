const declaration =
  /<!DOCTYPE\s{1,100}[\w.:-]{1,100}(?:\s{1,100}(?:SYSTEM|PUBLIC)(?:\s{1,100}(?:"[^"<>]{0,500}"|'[^'<>]{0,500}')){0,2})?\s{0,100}>/

/**
 * The document without a declaration that only names its type, as older wires have it: nothing is read from there. One with declarations
 * of its own (an internal subset) stays, and is refused by who reads it. Lines stay where they are.
 */
export function withoutDoctype(text: string): string {
  const found = declaration.exec(text.slice(0, 4096))
  if (found === null) return text
  return text.slice(0, found.index) + found[0].replace(/[^\n]/g, ' ') + text.slice(found.index + found[0].length)
}

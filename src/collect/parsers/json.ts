import { Unusable } from '../../errors.ts'

/** Properties of a JSON object by their names in lower case: ninjs 1 and 2 write `versioncreated`, ninjs 3 `versionCreated`. */
export type Fields = ReadonlyMap<string, unknown>

/** Objects, lists and their members: each costs a hundred bytes, whatever it says. */
const mostParts = 1_000_000
/** Characters. What is done with a text takes several times its size. */
const longestText = 10_000_000

/** Throws `Unusable`, with the line where it is known, for what is not JSON or has more than a million parts. */
export function readJson(text: string): unknown {
  let parts = 0
  for (const mark of ['{', '[', ',']) {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) parts++
  }
  if (parts > mostParts) throw new Unusable(`The JSON has more than ${mostParts} parts.`)
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    const at = cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[1] : undefined
    throw new Unusable(
      'The file is not JSON.',
      at === undefined ? undefined : text.slice(0, Number(at)).split('\n').length,
    )
  }
}

/** Nothing for what is no object. */
export function fieldsOf(value: unknown): Fields {
  const entries = isObject(value) ? Object.entries(value) : []
  return new Map(entries.map(([name, member]) => [name.toLowerCase(), member]))
}

/** The first of these properties that says anything: text, or a number as text. Throws `Unusable` over ten million characters. */
export function textIn(fields: Fields, ...names: string[]): string | undefined {
  return names.map(name => textOf(fields.get(name))).find(text => text !== undefined)
}

function textOf(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text === 'string' && text.length > longestText) {
    throw new Unusable(`The JSON has a text of more than ${longestText} characters.`)
  }
  return typeof text === 'string' && text.trim() !== '' ? text : undefined
}

/** A number above zero, also one written as text. */
export function numberIn(fields: Fields, name: string): number | undefined {
  const number = Number(textIn(fields, name))
  return number > 0 && Number.isFinite(number) ? number : undefined
}

/**
 * The members of a list, or the values of an object that names them (ninjs 1.x); a text stands for an object with this `name`.
 * What is neither object nor text is left out.
 */
export function listIn(fields: Fields, ...names: string[]): Fields[] {
  return names.flatMap(name => {
    const value = fields.get(name)
    if (Array.isArray(value)) return value.flatMap(member => memberOf(member))
    return isObject(value) ? Object.entries(value).flatMap(([key, member]) => namedMember(key, member)) : []
  })
}

function memberOf(value: unknown): Fields[] {
  const text = textOf(value)
  if (text !== undefined) return [new Map([['name', text]])]
  return isObject(value) ? [fieldsOf(value)] : []
}

function namedMember(key: string, value: unknown): Fields[] {
  return isObject(value) ? [new Map([['name', key], ...fieldsOf(value)])] : []
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

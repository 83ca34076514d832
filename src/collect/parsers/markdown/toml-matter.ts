import { Unusable } from '../../../errors.ts'
import { deepest, type Fields, type List, type Tree } from './matter-tree.ts'

/**
 * The keys and values of TOML 1.0 (https://toml.io/en/v1.0.0) as front matter uses it: numbers and dates stay as they are written. Throws
 * `Unusable`, with the line, where it is not TOML, also for a key that comes twice.
 */
export function readToml(toml: string): Fields {
  return new Toml(toml).read()
}

const bareKey = /[\w-]+/y
const blank = /[ \t]*/y
/** White space, line breaks and comments, as arrays may hold them. */
const between = /(?:[ \t\n]|#[^\n]*)*/y
const endOfLine = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y
/** A number, a date (a space may stand for its T), a truth. */
const plain = /[\w+.:-]+(?: \d\d:\d\d[\w+.:-]*)?/y
const texts = [
  /"""\n?((?:[^"\\]|\\[^]|"(?!""))*"{0,2}?)"""/y,
  /'''\n?((?:[^']|'(?!''))*)'''/y,
  /"((?:[^"\\\n]|\\.)*)"/y,
  /'([^'\n]*)'/y,
]

class Toml {
  readonly #text: string
  readonly #root: Fields = { fields: new Map(), line: 1 }
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): Fields {
    let table = this.#root
    for (;;) {
      this.#match(between)
      if (this.#at >= this.#text.length) return this.#root
      if (this.#text.startsWith('[', this.#at)) table = this.#table()
      else this.#pair(table, 0)
      if (this.#match(endOfLine) === undefined) throw this.#fault('the line should end')
    }
  }

  /** `[a.b]`, or `[[a.b]]` for one more of a list. */
  #table(): Fields {
    const isList = this.#text.startsWith('[[', this.#at)
    this.#at += isList ? 2 : 1
    const path = this.#path()
    if (!this.#take(isList ? ']]' : ']')) throw this.#fault('the name of a table should end with "]"')
    const last = path.pop()!
    const parent = this.#within(this.#root, path)
    const line = this.#line()
    if (!isList) return this.#within(parent, [last])
    const list = parent.fields.get(last) ?? { items: [], line }
    if (!('items' in list)) throw this.#fault(`"${last}" comes twice`)
    const table: Fields = { fields: new Map(), line }
    parent.fields.set(last, list)
    list.items.push(table)
    return table
  }

  #pair(table: Fields, depth: number): void {
    const path = this.#path()
    const last = path.pop()!
    const parent = this.#within(table, path)
    if (!this.#take('=')) throw this.#fault('a key should have "=" behind it')
    if (parent.fields.has(last)) throw this.#fault(`"${last}" comes twice`)
    this.#match(blank)
    parent.fields.set(last, this.#value(depth))
  }

  /** The table at a path below another; of a list its last. */
  #within(table: Fields, path: readonly string[]): Fields {
    let inner = table
    for (const key of path) {
      const found = inner.fields.get(key) ?? { fields: new Map(), line: this.#line() }
      const next: Tree | undefined = 'items' in found ? found.items.at(-1) : found
      if (next === undefined || !('fields' in next)) throw this.#fault(`"${key}" comes twice`)
      inner.fields.set(key, found)
      inner = next
    }
    return inner
  }

  /** `a.b."c d"` */
  #path(): string[] {
    const path: string[] = []
    do {
      this.#match(blank)
      const key = this.#match(bareKey)?.[0] ?? this.#quoted()
      if (key === undefined || path.length === deepest) throw this.#fault('a key is missing')
      path.push(key)
      this.#match(blank)
    } while (this.#take('.'))
    return path
  }

  #value(depth: number): Tree {
    if (depth > deepest) throw this.#fault('it is nested too deep')
    const line = this.#line()
    if (this.#take('[')) return this.#array(depth, line)
    if (this.#take('{')) return this.#inlineTable(depth, line)
    const text = this.#quoted() ?? this.#match(plain)?.[0]
    if (text === undefined) throw this.#fault('a value is missing')
    return { text: text.trim(), line }
  }

  #array(depth: number, line: number): List {
    const list: List = { items: [], line }
    for (;;) {
      this.#match(between)
      if (this.#take(']')) return list
      list.items.push(this.#value(depth + 1))
      this.#match(between)
      if (!this.#take(',') && !this.#text.startsWith(']', this.#at)) throw this.#fault('a list should end with "]"')
    }
  }

  #inlineTable(depth: number, line: number): Fields {
    const table: Fields = { fields: new Map(), line }
    for (;;) {
      this.#match(between)
      if (this.#take('}')) return table
      this.#pair(table, depth + 1)
      this.#match(between)
      if (!this.#take(',') && !this.#text.startsWith('}', this.#at)) throw this.#fault('a table should end with "}"')
    }
  }

  #quoted(): string | undefined {
    for (const form of texts) {
      const found = this.#match(form)
      if (found) return form.source.startsWith('"') ? unescaped(found[1] ?? '') : (found[1] ?? '')
    }
    return undefined
  }

  #take(sign: string): boolean {
    const isThere = this.#text.startsWith(sign, this.#at)
    if (isThere) this.#at += sign.length
    return isThere
  }

  #match(form: RegExp): RegExpExecArray | undefined {
    form.lastIndex = this.#at
    const found = form.exec(this.#text)
    if (found === null) return undefined
    this.#at = form.lastIndex
    return found
  }

  #line(): number {
    return this.#text.slice(0, this.#at).split('\n').length
  }

  #fault(what: string): Unusable {
    return new Unusable(`The front matter is not TOML: ${what}.`, this.#line())
  }
}

const escapes: Readonly<Record<string, string>> = { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b' }

/** A line break behind a backslash goes with all white space up to the next letter. */
function unescaped(text: string): string {
  return text.replace(
    /\\(?:u([\da-f]{4})|U([\da-f]{8})|[ \t]*\n\s*|([^]))/gi,
    (_, short, long, sign: string | undefined) => {
      const code = Number.parseInt((short ?? long ?? '') as string, 16)
      if (!Number.isNaN(code)) return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
      return sign === undefined ? '' : (escapes[sign] ?? sign)
    },
  )
}

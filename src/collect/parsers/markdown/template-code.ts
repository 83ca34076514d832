import { codeSpans } from './inline-code.ts'
import { endOfExpression, endOfTag } from './jsx.ts'
import { htmlOfTag } from './shortcodes.ts'

/** Keeps something from all that follows, and stands for it until `shown` puts it back: no text holds these two characters any more. */
export class Kept {
  readonly #kept: string[] = []

  keep(text: string): string {
    return `\ufdd0${this.#kept.push(text) - 1}\ufdd1`
  }

  shown(text: string): string {
    // What is kept may hold what was kept before it: raw text holds code.
    return text.replace(/\ufdd0(\d+)\ufdd1/g, (_, index: string) => this.shown(this.#kept[Number(index)] ?? ''))
  }
}

/** How a text is read. */
export interface Reading {
  kept: Kept
  isMdx?: boolean
}

const marks = /`+|<!--|\{\{|\{%|\{#(?=[\s-])|\{\/\*|<%|<\/?(?=[A-Z][a-z][\w.]{0,60}[\s/>])|(?<!\\)\{(?=[^#.:%])/g
/** Tags around what stands in the page only when its system says so, or is made anew by it; raw text is shown as it is. */
const hides = /^(?:comment|for|capture|macro|else|elsif|elif|set_block)$/
const ends: Readonly<Record<string, RegExp>> = { else: /^endif$/, elsif: /^endif$/, elif: /^endif$/ }

/**
 * A Markdown text without its blocks of code, resolved: tags and output of Liquid, Jinja, Nunjucks, Hugo and ERB, comments of all of them and of
 * HTML, elements and expressions of JSX. Spans of code are kept. In linear time.
 */
export function withoutCode(text: string, { kept, isMdx = false }: Reading = { kept: new Kept() }): string {
  return new Resolver(text, kept, isMdx).run()
}

class Resolver {
  readonly #text: string
  readonly #kept: Kept
  readonly #isMdx: boolean
  readonly #spans: ReadonlyMap<number, number>
  readonly #endsLeft = new Map<string, number>()
  readonly #lastEnds = new Map<string, number>()
  #plain = ''
  /** Its last characters: looking at the whole would put it together each time. */
  #tail = ''

  constructor(text: string, kept: Kept, isMdx: boolean) {
    this.#text = text
    this.#kept = kept
    this.#isMdx = isMdx
    this.#spans = codeSpans(text)
    for (const [, name = ''] of text.matchAll(/\{%-?\s{0,9}(end\w{1,20})/g))
      this.#endsLeft.set(name, (this.#endsLeft.get(name) ?? 0) + 1)
  }

  run(): string {
    let at = 0
    marks.lastIndex = 0
    for (let mark = marks.exec(this.#text); mark !== null; mark = marks.exec(this.#text)) {
      const before = this.#text.slice(at, mark.index)
      this.#put(before)
      const [end, shown] = this.#resolve(mark[0], mark.index)
      this.#put(shown)
      at = end
      marks.lastIndex = end
    }
    return this.#plain + this.#text.slice(at)
  }

  #put(text: string): void {
    this.#plain += text
    this.#tail = (this.#tail + text.slice(-120)).slice(-120)
  }

  /** Where what begins there ends, and what stands for it. */
  #resolve(mark: string, at: number): [end: number, shown: string] {
    const stays: [number, string] = [at + mark.length, mark]
    if (mark.startsWith('`')) {
      const end = this.#spans.get(at)
      return end === undefined ? stays : [end, this.#kept.keep(this.#text.slice(at, end))]
    }
    if (mark === '<!--') return this.#upTo('-->', at) ?? stays
    if (mark === '{/*') return this.#upTo('*/}', at) ?? stays
    if (mark === '{#') return this.#upTo('#}', at, 5_000) ?? stays
    if (mark === '<%') return this.#upTo('%>', at, 1_000) ?? stays
    if (mark === '{%') return this.#tag(at) ?? stays
    if (mark === '{{') return this.#output(at) ?? stays
    if (mark.startsWith('<')) return this.#element(at) ?? stays
    return this.#expression(at) ?? stays
  }

  /** Each end is looked for but once: behind the last there is none. */
  #upTo(sign: string, at: number, most = Infinity): [number, string] | undefined {
    if (!this.#lastEnds.has(sign)) this.#lastEnds.set(sign, this.#text.lastIndexOf(sign))
    if (at > this.#lastEnds.get(sign)!) return undefined
    const end = most === Infinity ? this.#text.indexOf(sign, at) : at + this.#text.slice(at, at + most).indexOf(sign)
    return end < at ? undefined : [end + sign.length, '']
  }

  /** `{% name arguments %}` */
  #tag(at: number): [number, string] | undefined {
    const found = /^\{%-?\s{0,9}(\/?[\w-]{1,60})?([^]{0,2000}?)-?%\}/.exec(this.#text.slice(at, at + 2_100))
    if (!found) return undefined
    const [all, name = '', written = ''] = found
    const end = at + all.length
    if (name.startsWith('end')) this.#endsLeft.set(name, (this.#endsLeft.get(name) ?? 0) - 1)
    if (name === 'raw' || name === 'verbatim') return this.#raw(end, name)
    if (hides.test(name)) return [this.#hidden(end, name) ?? end, '']
    return [end, htmlOfTag(name, written, this.#isAlone(at, end))]
  }

  /** Raw text is no template's: what stands in it is what its readers see. */
  #raw(from: number, name: string): [number, string] {
    const found = this.#endOf(new RegExp(String.raw`\{%-?\s{0,9}end${name}\s{0,9}-?%\}`, 'g'), `end${name}`, from)
    return found ? [found.end, this.#kept.keep(this.#text.slice(from, found.start))] : [from, '']
  }

  /** Behind the end of a block that is not shown, with the blocks of its kind in it; undefined where it never ends. */
  #hidden(from: number, name: string): number | undefined {
    const closing = ends[name]?.source.slice(1, -1) ?? `end${name}`
    const opening = closing.slice(3)
    if ((this.#endsLeft.get(closing) ?? 0) <= 0) return undefined
    const either = new RegExp(String.raw`\{%-?\s{0,9}(${closing}|${opening})\b[^%]{0,1000}%\}`, 'g')
    either.lastIndex = from
    let depth = 1
    for (let found = either.exec(this.#text); found !== null; found = either.exec(this.#text)) {
      if (found[1] === closing) this.#endsLeft.set(closing, (this.#endsLeft.get(closing) ?? 0) - 1)
      depth += found[1] === closing ? -1 : 1
      if (depth === 0) return either.lastIndex
    }
    return undefined
  }

  #endOf(form: RegExp, name: string, from: number): { start: number; end: number } | undefined {
    if ((this.#endsLeft.get(name) ?? 0) <= 0) return undefined
    form.lastIndex = from
    const found = form.exec(this.#text)
    if (found === null) return undefined
    this.#endsLeft.set(name, (this.#endsLeft.get(name) ?? 0) - 1)
    return { start: found.index, end: form.lastIndex }
  }

  /** `{{< name >}}`, `{{% name %}}`, `{{ output }}`; two braces of a formula are none of them. */
  #output(at: number): [number, string] | undefined {
    const window = this.#text.slice(at, at + 2_100)
    const [hugo, , name = '', written = ''] =
      /^\{\{([<%])\s{0,9}(\/?[\w/.-]{1,60})?([^]{0,2000}?)\1?[>%]\}\}/.exec(window) ?? []
    if (hugo !== undefined) return [at + hugo.length, htmlOfTag(name, written, this.#isAlone(at, at + hugo.length))]
    if (/(?:[\p{L}\p{N})}\]][\^_]|[{}\\]|\\[a-z]{1,30})$/iu.test(this.#tail.slice(-32))) return undefined
    const [all, inside = ''] =
      /^\{{2,3}-?((?:"[^"\n]{0,500}"|'[^'\n]{0,500}'|[^{}"']){0,300})\}{2,3}/.exec(window) ?? []
    return all === undefined
      ? undefined
      : [at + all.length, this.#literal(inside.trim()) || this.#nothing(at + all.length)]
  }

  /** A text that a template prints: an address, whatever filters follow, or any text without one. */
  #literal(inside: string): string {
    const [, , text = '', filters = ''] = /^(["'])([^"']{0,500})\1\s*(\|.*)?$/s.exec(inside) ?? []
    if (filters !== '') return /^(?:\.{0,2}\/|https?:|[\w-]+\/)[^\s<>]*$/.test(text) ? text : ''
    return text === '' ? '' : this.#kept.keep(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;'))
  }

  /** An address that is not known ends its definition (CommonMark, 4.7), which would take the next line for one. */
  #nothing(end: number): string {
    const defines = /(?:^|\n) {0,3}\[[^[\]\n]{1,100}\]:[ \t]*$/.test(this.#tail)
    return defines && /^[ \t]*(?:\n|$)/.test(this.#text.slice(end, end + 100)) ? '<>' : ''
  }

  /** An element of JSX: a picture or a film where it is one, else what it stands around. */
  #element(at: number): [number, string] | undefined {
    const end = endOfTag(this.#text, at)
    if (end === undefined) return undefined
    const [, name = '', written = ''] = /^<([\w.]+)([^]*?)\/?>$/.exec(this.#text.slice(at, end)) ?? []
    return [end, htmlOfTag(name, written, this.#isAlone(at, end))]
  }

  /** `{props.name}` of MDX; a text in quotes is a text. */
  #expression(at: number): [number, string] | undefined {
    const end = endOfExpression(this.#text, at)
    const inside = end === undefined ? undefined : this.#text.slice(at + 1, end - 1).trim()
    if (end === undefined || inside === undefined) return undefined
    const [, , text] = /^(["'`])([^"'`]*)\1$/.exec(inside) ?? []
    const isSpace = text !== undefined && text.trim() === ''
    return this.#isMdx || isSpace ? [end, text ?? ''] : undefined
  }

  #isAlone(start: number, end: number): boolean {
    const before = this.#text.slice(Math.max(0, start - 200), start)
    return /(?:^|\n)[ \t]*$/.test(before) && /^[ \t]*(?:\n|$)/.test(this.#text.slice(end, end + 200))
  }
}

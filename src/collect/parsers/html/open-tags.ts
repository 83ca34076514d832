/** Elements that end where one of these begins right in them. */
const endedBy = new Map(
  Object.entries({
    p: ['p'],
    li: ['li'],
    dt: ['dt', 'dd'],
    dd: ['dt', 'dd'],
    th: ['th', 'td', 'tr'],
    td: ['td', 'tr'],
    tr: ['tr'],
    option: ['option', 'optgroup'],
  }),
)
const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))

/** The open elements of a page as htmlparser2, linkedom's parser, will count them: before it does, in linear time. */
export class OpenTags {
  readonly #open: string[] = []
  readonly #counts = new Map<string, number>()

  get depth(): number {
    return this.#open.length
  }

  /** Within one of these nothing is a tag but its own end. */
  get isInRawText(): boolean {
    const name = this.#open.at(-1)
    return name === 'script' || name === 'style'
  }

  begin(name: string): void {
    let kept = this.depth
    while (kept > 0 && isEnded(this.#open[kept - 1], name)) kept--
    this.#endAt(kept)
    if (empty.has(name)) return
    this.#open.push(name)
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1)
  }

  /** Ends also all that stand in the element; without one that is open, nothing. */
  end(name: string): void {
    if (this.isInRawText && this.#open.at(-1) !== name) return
    if ((this.#counts.get(name) ?? 0) > 0) this.#endAt(this.#open.lastIndexOf(name))
  }

  #endAt(at: number): void {
    for (const name of this.#open.splice(at)) this.#counts.set(name, (this.#counts.get(name) ?? 0) - 1)
  }
}

function isEnded(open: string | undefined, begun: string): boolean {
  return endedBy.get(open ?? '')?.includes(begun) ?? false
}

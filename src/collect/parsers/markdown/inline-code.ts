/** The end of each span of code (CommonMark, 6.1) by its beginning: runs of as many backticks in one paragraph. In linear time. */
export function codeSpans(text: string): Map<number, number> {
  const spans = new Map<number, number>()
  let runs: { at: number; length: number }[] = []
  const pair = () => {
    const next = new Map<number, number>()
    const closing = runs.map(() => -1)
    for (let i = runs.length - 1; i >= 0; i--) {
      closing[i] = next.get(runs[i]!.length) ?? -1
      next.set(runs[i]!.length, i)
    }
    for (let i = 0; i < runs.length; i++) {
      const end = closing[i]!
      if (end < 0) continue
      spans.set(runs[i]!.at, runs[end]!.at + runs[end]!.length)
      i = end
    }
    runs = []
  }
  for (const { 0: mark, index } of text.matchAll(/\n[ \t]*\n|(?<!\\)`+/g)) {
    if (mark.startsWith('`')) runs.push({ at: index, length: mark.length })
    else pair()
  }
  pair()
  return spans
}

/** `: did you mean "kill"?` where one of the candidates is a slip of the finger away from `word`, else nothing. */
export function didYouMean(word: string, candidates: Iterable<string>): string {
  const allowed = word.length > 3 ? 2 : 1
  let best: string | undefined
  let least = allowed + 1
  for (const candidate of candidates) {
    // Lengths first: names may be long, and the distance takes the product of both.
    if (Math.abs(candidate.length - word.length) > allowed) continue
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    if (distance < least) [best, least] = [candidate, distance]
  }
  return best === undefined ? '' : `: did you mean "${best}"?`
}

/** Levenshtein: how many letters to put in, take out or replace. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at)
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (letter === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? a.length
}

/**
 * Runs two things in turn and gives the medians of what each says it took, and of their ratio within a round, where
 * both had the same machine. Rounds are many and short, since a shared machine is noisy; the `idle` ones are for the compiler.
 */
export async function sideBySide(ours, theirs, { idle, measured }) {
  const pairs = []
  for (let i = 0; i < idle + measured; i++) {
    const pair =
      i % 2 === 0 ? { ours: await ours(), theirs: await theirs() } : { theirs: await theirs(), ours: await ours() }
    if (i >= idle) pairs.push(pair)
  }
  return {
    ours: median(pairs.map(pair => pair.ours)),
    theirs: median(pairs.map(pair => pair.theirs)),
    ratio: median(pairs.map(pair => pair.ours / pair.theirs)),
  }
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

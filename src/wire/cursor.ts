/** Where a caller stands on the wire: at a position that a certain incarnation gave out. */
export interface Cursor {
  incarnation: string
  position: number
}

/** What a cursor is worth. `lost`: it knows of changes that the store has lost, or of a store that is gone. */
export type Check = { kind: 'good'; position: number } | { kind: 'lost' } | { kind: 'malformed' }

/** What cursors are compared with: the incarnations, oldest first, each with the position that it found; and the newest position. */
export interface Given {
  incarnations: readonly { name: string; found: number }[]
  position: number
}

/** `INCARNATION-POSITION`. Undefined in a store that never gave out a position, nor was declared. */
export function encodeCursor({ incarnations }: Given, position: number): string | undefined {
  const newest = incarnations.at(-1)
  return newest && `${newest.name}-${position}`
}

/** Undefined for text that is no cursor. */
export function decodeCursor(text: string): Cursor | undefined {
  const [, incarnation, position] = /^([0-9a-z]{1,40})-(0|[1-9]\d{0,14})$/.exec(text) ?? []
  return incarnation === undefined ? undefined : { incarnation, position: Number(position) }
}

/**
 * The position up to which all that this incarnation gave out is in the store; undefined where the store does not know it.
 * Up to the position that the next incarnation found, all that the cursor knows is in the store; of the newest, up to
 * the newest position. That holds before the first commit of a store that was put back, too: it stands where it was.
 */
export function keptOf(incarnation: string, { incarnations, position }: Given): number | undefined {
  const at = incarnations.findIndex(({ name }) => name === incarnation)
  // Also of those between: what a later one did not find any more is gone.
  return at < 0 ? undefined : Math.min(position, ...incarnations.slice(at + 1).map(({ found }) => found))
}

export function checkCursor(text: string, given: Given): Check {
  const cursor = decodeCursor(text)
  if (cursor === undefined) return { kind: 'malformed' }
  const kept = keptOf(cursor.incarnation, given)
  return kept !== undefined && cursor.position <= kept ? { kind: 'good', position: cursor.position } : { kind: 'lost' }
}

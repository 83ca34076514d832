import type { WireAction } from '../head.ts'

/** A change of a page, written once for all who get it. In two pieces: it is copied once, into what goes out. */
export interface Written {
  cursor: string
  action: WireAction
  /** Its JSON up to the article. */
  begun: string
  /** As UTF-8. */
  article: Buffer
  /** Bytes of its JSON. */
  length: number
}

const brace = 0x7d

/** Puts the JSON of a change where there is room for it. Where that ends. */
export function putJson({ begun, article }: Pick<Written, 'begun' | 'article'>, into: Buffer, at: number): number {
  const middle = at + into.write(begun, at)
  const end = middle + article.copy(into, middle)
  into[end] = brace
  return end + 1
}

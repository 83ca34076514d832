import type { Licence, uses } from '../../feed.ts'

type Use = (typeof uses)[number]

/** The two uses that AIPREF has a word for (draft-ietf-aipref-vocab), and what names each of them in RSL, the nearest word first. */
const preferences: readonly (readonly [string, readonly Use[]])[] = [
  ['train-ai', ['ai-train', 'ai-all', 'all']],
  ['search', ['search', 'all']],
]

/**
 * What machines may do with an answer, for the field `Content-Usage` (draft-ietf-aipref-attach): `train-ai=n, search=y`. Undefined where
 * the licence says nothing of it.
 */
export function contentUsage({ permits = [], prohibits = [] }: Licence): string | undefined {
  const told = preferences.flatMap(([category, names]) => {
    const said = names.find(name => permits.includes(name) || prohibits.includes(name))
    // Who says both means the stricter.
    return said === undefined ? [] : [`${category}=${prohibits.includes(said) ? 'n' : 'y'}`]
  })
  return told.length === 0 ? undefined : told.join(', ')
}

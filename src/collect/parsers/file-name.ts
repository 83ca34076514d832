/** What the path of a file in its source's folder says of its article: systems that make sites of files keep some facts in names. */

const dated = /(?:^|\/)((?:19|20)\d\d)([-_/])(\d{1,2})\2(\d{1,2})(?=[-_. /]|$)/
const undashed = /(?:^|\/)((?:19|20)\d\d)(\d\d)(\d\d)(?=[-_. /])/
/** `2024/05-17-slug.md` */
const mixed = /(?:^|\/)((?:19|20)\d\d)\/(\d\d)-(\d\d)(?=[-_. /])/

/**
 * The day in a path, `2024-05-17`: Jekyll's and Docusaurus' `2024-05-17-slug.md`, `2024/05/17/slug.md`, `2024-05-17/index.md`. Undefined where
 * none stands there, or one that no calendar has.
 */
export function dayInPath(path: string): string | undefined {
  const [year, month, day] = partsIn(path)
  if (year === undefined || month === undefined || day === undefined) return undefined
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text ? undefined : text
}

function partsIn(path: string): (string | undefined)[] {
  const [, year, , month, day] = dated.exec(path) ?? []
  if (year !== undefined) return [year, month, day]
  return (undashed.exec(path) ?? mixed.exec(path) ?? []).slice(1)
}

/** Folders of drafts, in the languages that have a word of their own for them, and of what was thrown away or never listed. */
const kept =
  /(?:^|\/)(?:_?drafts|_draft|_?unpublished|_unlisted|_private|_hidden|_wip|_?trash|\.trash|_discarded|_templates|_layouts|_includes|entw(?:ü|ue)rfe|brouillons|borradores|rascunhos|bozze|utkast|luonnokset|szkice|taslaklar|черновики|чернетки|草稿箱?|下書き|초안)\//i

/**
 * Does the path say that readers do not get the file? Drafts have a folder of their own (Jekyll, Hexo), and a name that begins with `_` is a
 * piece of other pages, or a list of them (Docusaurus, Hugo, Astro).
 */
export function isKeptByPath(path: string): boolean {
  return kept.test(path) || /(?:^|\/)_[^/]*\.(?:mdx?|markdown)$|\.drafts?\.(?:mdx?|markdown)$/i.test(path)
}

/** Is it Markdown by its name? */
export function isMarkdownPath(path: string): boolean {
  return /\.(?:md|mdx|markdown|mkdn?|mdown|qmd|rmd)$/i.test(path)
}

/** Does it mean nothing for an article whether its file has the one path or the other? */
export function pathsSayTheSame(path: string, other: string): boolean {
  return dayInPath(path) === dayInPath(other) && isKeptByPath(path) === isKeptByPath(other)
}

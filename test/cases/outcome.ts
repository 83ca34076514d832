/** What must come of an article, as `expected.json` says it. */
export interface ExpectedArticle {
  mark: string
  title: string
  published: string
  modified?: string
  authors?: string[]
  language?: string
  section?: string
  must?: string[]
  not_text?: string[]
  summary_has?: string
  summary_never?: string | string[]
  images?: string[]
  images_have?: string[]
  paragraphs?: number
  ninjs?: Record<string, unknown>
}

/** What must come of a file. */
export interface Case {
  kind: string
  why: string
  source?: Record<string, unknown> & { served_as?: string }
  article?: ExpectedArticle
  articles?: ExpectedArticle[]
  reject?: boolean
  reason_has?: string[]
  or_reject?: true | string[]
  withheld?: boolean
  hidden?: boolean
  mark?: string
  absent?: string[]
  rejects_too?: number
  part_of?: string
  never?: string[]
}

/** An entry of a JSON Feed, as far as it is looked at. */
export interface Item {
  title: string
  url: string
  content_html: string
  summary?: string
  image?: string
  language?: string
  date_published: string
  date_modified?: string
  authors?: { name: string }[]
  attachments?: { url: string; mime_type: string }[]
}

/** What came of a file: entries of its feed with their ninjs, everything that readers can get, and reasons of its rejects. */
export interface Outcome {
  entries: {
    item: Item
    ninjs: Record<string, unknown>
    /** Addresses of its media in RSS, escaped: JSON Feed has no place for those of unknown type. */
    pictures: string[]
  }[]
  shown: string
  reasons: string[]
  /** When it was collected. */
  now: string
}

/** What is not as expected, a sentence each. */
export function faultsOf(expected: Case, outcome: Outcome): string[] {
  const { entries, shown, reasons } = outcome
  const faults = (expected.never ?? []).filter(text => shown.includes(text)).map(text => `shows “${text}”`)
  for (const mark of expected.absent ?? []) if (shown.includes(mark)) faults.push(`shows ${mark}`)
  const articles = expected.articles ?? (expected.article ? [expected.article] : [])
  if (expected.reject || expected.hidden || expected.withheld) {
    if (entries.length > 0) faults.push(`is an article: ${entries[0]!.item.title}`)
    if (expected.mark && shown.includes(expected.mark)) faults.push(`shows ${expected.mark}`)
    if (expected.reject && reasons.length === 0) faults.push('is no reject')
    faults.push(...reasonFaults(expected.reason_has, reasons))
    return faults
  }
  if (entries.length === 0 && reasons.length > 0 && expected.or_reject) {
    return [...faults, ...reasonFaults(expected.or_reject === true ? undefined : expected.or_reject, reasons)]
  }
  if (entries.length !== articles.length) {
    faults.push(`${entries.length} articles instead of ${articles.length}; rejects: ${reasons.join(' | ')}`)
  }
  if (expected.rejects_too !== undefined && reasons.length !== expected.rejects_too) {
    faults.push(`${reasons.length} rejects instead of ${expected.rejects_too}: ${reasons.join(' | ')}`)
  }
  for (const article of articles) {
    const entry = entries.find(({ item }) => JSON.stringify(item).includes(article.mark)) ?? entries[0]
    if (entry === undefined) continue
    faults.push(...articleFaults(article, entry, outcome.now))
  }
  return faults
}

function reasonFaults(words: readonly string[] | undefined, reasons: readonly string[]): string[] {
  const said = reasons.join(' ').toLowerCase()
  const isSaid = words === undefined || words.some(word => said.includes(word.toLowerCase()))
  return isSaid ? [] : [`no reason has ${words.join(' or ')}: ${reasons.join(' | ')}`]
}

function articleFaults(
  expected: ExpectedArticle,
  { item, ninjs, pictures }: Outcome['entries'][number],
  now: string,
): string[] {
  const faults: string[] = []
  const same = (what: string, is: unknown, should: unknown) => {
    if (should !== undefined && JSON.stringify(is) !== JSON.stringify(should)) {
      faults.push(`${what} ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`)
    }
  }
  same('title', item.title, expected.title)
  same('published', momentLike(expected.published, item.date_published), expected.published.replace('first-seen', now))
  if (expected.modified) same('modified', momentLike(expected.modified, item.date_modified), expected.modified)
  same('language', (ninjs.language as string).toLowerCase(), expected.language?.toLowerCase())
  same('section', sectionOf(ninjs), expected.section)
  faults.push(...authorFaults(expected.authors, item, ninjs))
  const full = folded(textOf(item.content_html))
  const prose = folded(textOf(item.content_html.replace(/<figure[\s\S]*?<\/figure>/g, ' ')))
  for (const text of expected.must ?? []) if (!full.includes(folded(text))) faults.push(`text lacks “${text}”`)
  const elsewhere = [prose, item.summary ?? '', ...(item.authors ?? []).map(({ name }) => name)].join('\n')
  for (const text of expected.not_text ?? []) if (elsewhere.includes(text)) faults.push(`text has “${text}”`)
  if (expected.summary_has && !item.summary?.includes(expected.summary_has)) faults.push(`summary “${item.summary}”`)
  for (const text of [expected.summary_never ?? []].flat()) {
    if (item.summary?.includes(text)) faults.push(`summary has “${text}”`)
  }
  if (item.summary?.trimEnd().endsWith(':')) faults.push(`summary ends at a colon: “${item.summary}”`)
  const images = [...new Set([...imagesOf(item), ...pictures.map(unescape)])]
  if (expected.images) same('images', images.toSorted(), expected.images.toSorted())
  for (const url of expected.images_have ?? []) if (!images.includes(url)) faults.push(`no picture ${url}`)
  const paragraphs = item.content_html.match(/<p[\s>]/g)?.length ?? 0
  if (paragraphs < (expected.paragraphs ?? 0)) faults.push(`${paragraphs} paragraphs`)
  if (expected.ninjs && !holds(ninjs, expected.ninjs)) faults.push(`ninjs is not ${JSON.stringify(expected.ninjs)}`)
  return faults
}

/** Nobody is also the site's publisher. */
function authorFaults(expected: readonly string[] | undefined, item: Item, ninjs: Record<string, unknown>): string[] {
  if (expected === undefined) return []
  const names = (item.authors ?? []).map(({ name }) => name)
  const sources = (ninjs.infoSources ?? []) as { name: string; role: string }[]
  const publishers = new Set(sources.filter(({ role }) => role === 'publisher').map(({ name }) => name))
  const isNobody = expected.length === 0 && names.every(name => publishers.has(name) || name === 'Cases')
  const isSame = isNobody || names.join() === expected.join()
  return isSame ? [] : [`authors ${names.join(', ') || 'nobody'} instead of ${expected.join(', ') || 'nobody'}`]
}

/** A day only, where only a day is expected. */
function momentLike(expected: string, moment: string | undefined): string | undefined {
  const utc = moment === undefined ? undefined : `${new Date(moment).toISOString().slice(0, 19)}Z`
  return expected.length === 10 && expected !== 'first-seen' ? utc?.slice(0, 10) : utc
}

function sectionOf(ninjs: Record<string, unknown>): string | undefined {
  const subjects = (ninjs.subjects ?? []) as { name: string; rel?: string }[]
  return subjects.find(({ rel }) => rel === 'section')?.name
}

function imagesOf({ image, attachments, content_html: html }: Item): string[] {
  const attached = (attachments ?? []).filter(({ mime_type: type }) => type.startsWith('image/')).map(({ url }) => url)
  const inText = Array.from(html.matchAll(/<img[^>]*\ssrc="([^"]*)"/g), ([, url = '']) => unescape(url))
  return [...new Set([...(image ? [image] : []), ...attached, ...inText])]
}

function textOf(html: string): string {
  return unescape(html.replace(/<[^>]*>/g, ' '))
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&')
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** Is everything in `part` also in `whole`? Of lists each member must be there. */
function holds(whole: unknown, part: unknown): boolean {
  if (Array.isArray(part)) {
    return Array.isArray(whole) && part.every(member => whole.some(each => holds(each, member)))
  }
  if (typeof part === 'object' && part !== null) {
    const object = whole as Record<string, unknown> | null | undefined
    return Object.entries(part).every(([key, value]) => holds(object?.[key], value))
  }
  return whole === part
}

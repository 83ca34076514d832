import { Unusable } from '../../../errors.ts'
import { plainText } from '../../../excerpt.ts'
import { linesOf } from '../../../text.ts'
import type { Draft, Hints, Parser } from '../draft.ts'
import { htmlOfText } from '../feeds/feed-entry.ts'
import { languageTag } from '../language-tag.ts'
import { standfirstOf } from '../plain.ts'
import { webAddress } from '../web-address.ts'
import { hasFrontMatter, readFrontMatter, type FrontMatter } from './front-matter.ts'
import { isKeptBack } from './kept-back.ts'
import { markedHtml } from './marked-html.ts'
import { authorsIn, datesIn, filedUnder, imagesIn, misspelt, tradeFacts, wordsOf } from './matter-facts.ts'
import { matterKeys } from './matter-keys.ts'
import { matterOrigins } from './matter-origins.ts'
import { plainTitle } from './plain-title.ts'
import { withoutTemplateMarks } from './template-marks.ts'

/**
 * Markdown (GitHub's, MDX), with front matter in YAML, TOML, JSON or lines of `Key: value`: `title date updated section image tags author
 * language embargo id`. Where one of these is missing, the name that other systems have for it counts; what they keep from readers is withheld.
 */
export const markdown: Parser = {
  recognises: text => hasFrontMatter(text) || /^\n*# \S/.test(text),
  parse: (text, hints) => [parseMarkdown(text, hints)],
}

function parseMarkdown(text: string, hints: Hints): Draft {
  // Refuses endless lines.
  linesOf(text)
  const matter = readFrontMatter(text)
  const given = titleIn(matter)
  const isMdx = /\.mdx$/i.test(hints.path ?? '')
  const { heading, html } = markedHtml(
    withoutTemplateMarks(matter.body, { isMdx }),
    first => given === undefined || plainText(first) === given,
  )
  const title = given ?? (heading === undefined ? undefined : plainText(heading))
  if (title === undefined)
    refuseMisspelt(matter, 'title', 'titel', 'titre', 'título', 'titulo', 'titolo', 'tytuł', 'headline')
  const language = matter.text('language')?.text ?? languageTag(wordsOf(matter.found('lang', 'locale'))[0])
  const dates = datesIn(matter, hints, language ?? hints.language)
  if (dates.published === undefined) refuseMisspelt(matter, 'date', 'datum', 'fecha', 'data')
  const ownId = matter.text('id')?.text
  return {
    ...(ownId !== undefined && { ownId }),
    ...(title !== undefined && { title }),
    ...(language !== undefined && { language }),
    ...(isKeptBack(matter, hints.path) && { pubStatus: 'withheld' }),
    ...textOf(html, summariesIn(matter)),
    ...dates,
    ...filedUnder(matter),
    ...tradeFacts(matter),
    ...addressIn(matter),
    authors: authorsIn(matter, language ?? hints.language),
    media: imagesIn(matter),
    ...(matter.warning !== undefined && { warnings: [matter.warning] }),
    origins: () => matterOrigins(matter, hints),
  }
}

function titleIn(matter: FrontMatter): string | undefined {
  const written = matter.text('title')?.text
  return written === undefined ? undefined : plainTitle(written) || undefined
}

/** HTML. */
function summariesIn(matter: FrontMatter): string[] {
  return matterKeys.standfirst
    .flatMap(key => wordsOf(matter.found(key)).slice(0, 1))
    .map(text => htmlOfText(plainTitle(text)))
}

/** Characters of one that says something. */
const leastSummary = 15

/** As of a feed's entry: one that only refers to a text elsewhere has its fullest summary as its own. */
function textOf(html: string, told: readonly string[]): Pick<Draft, 'body' | 'standfirst'> {
  const longest = told.toSorted((one, other) => other.length - one.length)[0] ?? ''
  if (html.trim() !== '' || longest.length < leastSummary)
    return { body: { html }, standfirst: standfirstOf(told[0], html) }
  return { body: { html: `<p>${longest}</p>` } }
}

/** The article's own page: only where it is said in full, since what stands in front of a path only its system knows. */
function addressIn(matter: FrontMatter): Pick<Draft, 'link' | 'baseUrl'> {
  const link = wordsOf(matter.found(...matterKeys.link)).map(each => webAddress(each))[0]
  return link === undefined ? {} : { link, baseUrl: link }
}

function refuseMisspelt(matter: FrontMatter, key: string, ...words: string[]): void {
  const meant = misspelt(matter, key, ...words)
  if (meant !== undefined)
    throw new Unusable(`The front matter has no "${key}"; its "${meant.slice(0, 40)}" may be meant for it.`)
}

import type { Article } from '../../article.ts'
import type { Licence } from '../../feed.ts'
import type { Site } from '../../site.ts'
import { uriOf } from './address.ts'
import { linkOf } from './core.ts'
import { element, textElement } from './xml.ts'

/** Really Simple Licensing 1.0: https://rslstandard.org/rsl */
export const licenceNamespace = 'https://rslstandard.org/rsl'

/** The terms of an article, for its RSS item (4.7): what is licensed is named by the address that the item leads to. */
export function licenceElement(article: Article, licence: Licence, site: Site): string {
  const { permits = [], prohibits = [], payment, standard, custom, terms } = licence
  const rules: string[] = []
  if (permits.length > 0) rules.push(element('rsl:permits', { type: 'usage' }, [permits.join(' ')]))
  if (prohibits.length > 0) rules.push(element('rsl:prohibits', { type: 'usage' }, [prohibits.join(' ')]))
  const agreement: string[] = []
  if (standard !== undefined) agreement.push(textElement('rsl:standard', uriOf(standard)))
  if (custom !== undefined) agreement.push(textElement('rsl:custom', uriOf(custom)))
  if (payment !== undefined || agreement.length > 0) rules.push(element('rsl:payment', { type: payment }, agreement))
  const content = [element('rsl:license', {}, rules)]
  if (terms !== undefined) content.push(textElement('rsl:terms', uriOf(terms)))
  return element('rsl:content', { url: linkOf(article, site) }, content)
}

/** What Atom links to as the licence of an entry (RFC 4946): RSL has no form for Atom. */
export function licenceLink({ standard, terms }: Licence): string[] {
  const href = standard ?? terms
  return href === undefined ? [] : [element('link', { rel: 'license', href: uriOf(href) })]
}

import type { Origins } from '../draft.ts'
import { originsAmong, type Statements } from '../origins.ts'
import { placeInXml } from '../xml/xml-statements.ts'
import type { XmlElement } from '../xml/xml.ts'

const data = 'head/docdata'
const top = 'body/body.head'

const statements: Statements = {
  ownId: [`${data}/correction@id-string`, `${data}/doc-id@id-string`, `${data}/du-key@key`],
  pubStatus: [`${data}/ed-msg@msg-type`, `${data}/doc.status`, `${data}@management-status`],
  title: [`${top}/hedline/hl1`, 'head/title'],
  standfirst: [`${top}/abstract`],
  language: ['@baselang', '@{http://www.w3.org/XML/1998/namespace}lang'],
  published: [`${data}/date.issue@norm`, 'head/pubdata@date.publication', `${top}/dateline/story.date@norm`],
  embargoed: [`${data}/date.release@norm`],
  expires: [`${data}/date.expire@norm`],
  section: ['head/pubdata@position.section'],
  keywords: ['head/tobject/tobject.subject', `${data}/key-list/keyword@key`],
  subjects: ['head/tobject/tobject.subject', `${data}/identified-content`, `${data}/evloc@city`],
  genres: ['head/tobject/tobject.property@tobject.property.type'],
  slugline: ['head/meta@content', `${data}/du-key@key`],
  urgency: [`${data}/urgency@ed-urg`],
  authors: [`${top}/byline`],
  byline: [`${top}/byline`],
  publisher: [`${top}/distributor`],
  dateline: [`${top}/dateline`],
  place: [`${top}/dateline/location`, `${top}/dateline`],
  media: ['//media'],
  rights: [`${top}/rights`, `${data}/doc.copyright@holder`],
  copyrightHolder: [`${data}/doc.copyright@holder`, `${data}/doc.rights@owner`],
  usageTerms: [`${data}/doc.rights@limitations`],
  edNote: [`${data}/correction@info`, `${data}/ed-msg@info`, `${top}/note`],
  isCorrection: [`${data}/correction`, `${data}/ed-msg@msg-type`],
}

export function nitfOrigins(root: XmlElement): Origins {
  return originsAmong(statements, statement => placeInXml(root, statement))
}

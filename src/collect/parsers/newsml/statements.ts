import type { Origins } from '../draft.ts'
import { originsAmong, type Statements } from '../origins.ts'
import { placeInXml } from '../xml/xml-statements.ts'
import type { XmlElement } from '../xml/xml.ts'

/** Below a news item; what its metadata do not say, the NITF in it may. */
const statements: Statements = {
  ownId: ['@guid'],
  pubStatus: ['itemMeta/pubStatus@qcode', 'itemMeta/pubStatus@uri', 'itemMeta/embargoed'],
  title: ['contentMeta/headline', 'itemMeta/title', '//hl1'],
  standfirst: ['contentMeta/description', '//abstract'],
  language: ['contentMeta/language@tag', '@{http://www.w3.org/XML/1998/namespace}lang'],
  published: ['itemMeta/firstCreated', 'itemMeta/versionCreated', 'contentMeta/contentCreated'],
  modified: ['itemMeta/versionCreated'],
  embargoed: ['itemMeta/embargoed'],
  expires: ['itemMeta/expires'],
  section: ['itemMeta/service'],
  keywords: ['contentMeta/keyword', 'contentMeta/subject'],
  subjects: ['contentMeta/subject', 'itemMeta/service'],
  slugline: ['contentMeta/slugline'],
  urgency: ['contentMeta/urgency'],
  genres: ['contentMeta/genre'],
  authors: ['contentMeta/by', '//byline', 'contentMeta/creator', 'contentMeta/contributor'],
  byline: ['contentMeta/by', '//byline'],
  publisher: ['itemMeta/provider', '//distributor'],
  dateline: ['contentMeta/dateline', '//dateline'],
  place: ['contentMeta/located', '//location', 'contentMeta/dateline', '//dateline'],
  media: ['contentSet/remoteContent', '//media'],
  rights: ['rightsInfo/copyrightNotice', '//rights', 'rightsInfo/copyrightHolder'],
  copyrightHolder: ['rightsInfo/copyrightHolder'],
  usageTerms: ['rightsInfo/usageTerms'],
  edNote: ['itemMeta/edNote', '//note'],
  isCorrection: ['itemMeta/signal@qcode', 'itemMeta/signal@uri'],
}

export function itemOrigins(item: XmlElement): Origins {
  return originsAmong(statements, statement => placeInXml(item, statement))
}

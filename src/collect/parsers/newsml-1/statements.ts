import type { Origins } from '../draft.ts'
import { originsAmong, type Statements } from '../origins.ts'
import { placeInXml } from '../xml/xml-statements.ts'
import type { XmlElement } from '../xml/xml.ts'

const management = 'NewsManagement'

/** Below a news item, whose components may stand in components. */
const statements: Statements = {
  ownId: ['Identification/NewsIdentifier/NewsItemId', 'Identification/NewsIdentifier/PublicIdentifier'],
  pubStatus: [`${management}/Instruction@FormalName`, `${management}/Status@FormalName`],
  title: ['//HeadLine', '//hl1'],
  standfirst: ['//abstract'],
  language: ['//Language@FormalName', '@{http://www.w3.org/XML/1998/namespace}lang'],
  published: [`${management}/FirstCreated`, `${management}/ThisRevisionCreated`],
  modified: [`${management}/ThisRevisionCreated`],
  embargoed: [`${management}/StatusWillChange`],
  expires: [`${management}/StatusWillChange`],
  keywords: ['//KeywordLine', '//Subject@FormalName', '//SubjectMatter@FormalName', '//SubjectDetail@FormalName'],
  subjects: ['//Subject@FormalName', '//SubjectMatter@FormalName', '//SubjectDetail@FormalName'],
  genres: ['//Genre@FormalName'],
  slugline: ['//SlugLine'],
  urgency: [`${management}/Urgency@FormalName`],
  authors: ['//ByLine', '//byline', '//Creator'],
  byline: ['//ByLine', '//byline'],
  publisher: ['//Provider', '//Source', '//distributor'],
  dateline: ['//DateLine', '//dateline'],
  place: ['//location', '//Location', '//dateline', '//DateLine'],
  media: ['//ContentItem@Href', '//media'],
  rights: ['//CopyrightLine', '//rights', '//CopyrightHolder'],
  copyrightHolder: ['//CopyrightHolder'],
  usageTerms: ['//UsageType'],
  edNote: ['//EditorialNote', '//note'],
  isCorrection: [`${management}/Instruction@FormalName`],
}

export function newsItemOrigins(item: XmlElement): Origins {
  return originsAmong(statements, statement => placeInXml(item, statement))
}

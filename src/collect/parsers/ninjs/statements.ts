import type { Origins } from '../draft.ts'
import type { Fields } from '../json.ts'
import { originsAmong, type Statements } from '../origins.ts'

/** By their names in lower case, in ninjs 1.x to 3.x and as Superdesk writes them. */
const statements: Statements = {
  ownId: ['uri', 'guid'],
  pubStatus: ['pubstatus'],
  title: ['headline', 'headlines', 'headline_text', 'headline_html', 'title'],
  standfirst: ['descriptions', 'description_text', 'description_html', 'description'],
  language: ['language'],
  published: ['firstpublished', 'firstcreated', 'versioncreated', 'contentcreated'],
  modified: ['versioncreated'],
  embargoed: ['embargoeduntil', 'embargoed'],
  expires: ['expires', 'expiry'],
  section: ['subject', 'subjects', 'service'],
  keywords: ['keywords', 'subject', 'subjects'],
  subjects: ['subject', 'subjects', 'person', 'people', 'organisation', 'organisations', 'place', 'places', 'object'],
  slugline: ['slugline'],
  urgency: ['urgency'],
  priority: ['priority'],
  genres: ['genres', 'genre'],
  authors: ['byline', 'by', 'people', 'person', 'infosource', 'infosources', 'authors', 'bylines', 'organisation'],
  byline: ['byline', 'by'],
  publisher: ['infosources', 'infosource', 'organisations', 'organisation'],
  place: ['located', 'places', 'place'],
  dateline: ['dateline'],
  media: ['renditions', 'associations'],
  rights: ['copyrightnotice', 'copyrightholder'],
  copyrightHolder: ['copyrightholder'],
  usageTerms: ['usageterms'],
  edNote: ['ednote'],
  link: ['canonical', 'link', 'renditions'],
}

export function ninjsOrigins(fields: Fields): Origins {
  return originsAmong(statements, name => (says(fields.get(name)) ? `property "${name}"` : undefined))
}

function says(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
}

import type { Party } from './article.ts'

/** What all feeds of an installation share. */
export interface Site {
  title: string
  /** The public address, absolute, without a slash at the end: every link begins with it. */
  url: string
  publisher: Party
  /** RFC 4151 `authority,date`: begins every article's uri. */
  authority: string
  /** BCP 47. */
  language: string
  /** Of the IANA database, for the dates that people read. Absent: UTC. */
  timezone?: string
  /** Where items lead: always to our page. Absent: to the article's own, where its source has one. */
  links?: 'here'
  /** The WebSub hub that is told of every change of a public feed. */
  hub?: string
}

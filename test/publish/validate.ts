import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { RelaxNGValidator, XmlDocument, XmlLibError } from 'libxml2-wasm'
import type { FormatName } from '../../src/publish/formats/index.ts'
import { atomGrammarFaults } from './atom-rules.ts'
import { atomRuleFaults, jsonRuleFaults, rssRuleFaults } from './feed-rules.ts'
import { ninjsRuleFaults } from './ninjs-rules.ts'

const atomSchema = new URL('../../../shared/schema/atom.rng', import.meta.url)
const ninjsSchema = (version: string) => new URL(`../../../shared/schema/ninjs-schema_${version}.json`, import.meta.url)

/** Do the published schemas of Atom and ninjs lie beside the checkout? Then editions are held to them too, beside our own rules. */
export const hasSchemas = existsSync(atomSchema) && ['3.1', '2.2'].every(version => existsSync(ninjsSchema(version)))

/** What is wrong with an edition, as sentences; empty when it is valid: well-formed, by its schema, and by the rules that schemas cannot say, the W3C feed validator's among them. */
export function validate(format: FormatName, text: string): string[] {
  return faultsOf[format](text)
}

/** What is wrong with a ninjs 3.1 document of ours. What is undefined in it is not there, as in JSON. */
export function validateNinjs(document: unknown): string[] {
  const faults = ninjsRuleFaults(document)
  return hasSchemas ? [...faults, ...schemaFaults((byNinjs ??= ninjsValidator('3.1')), document)] : faults
}

/** The same of ninjs 2.2, where its schema is there. */
export function validateNinjs22(document: unknown): string[] {
  return hasSchemas ? schemaFaults((byNinjs22 ??= ninjsValidator('2.2')), document) : []
}

export const namespaces = {
  atom: 'http://www.w3.org/2005/Atom',
  content: 'http://purl.org/rss/1.0/modules/content/',
  dc: 'http://purl.org/dc/elements/1.1/',
  itunes: 'http://www.itunes.com/dtds/podcast-1.0.dtd',
  rsl: 'https://rslstandard.org/rsl',
  media: 'http://search.yahoo.com/mrss/',
  podcast: 'https://podcastindex.org/namespace/1.0',
}

/** The texts (or attribute values) that an XPath finds, in order. Prefixes as in `namespaces`. Throws when the XML is not well-formed. */
export function texts(xml: string, path: string): string[] {
  using document = XmlDocument.fromString(xml)
  return document.find(path, namespaces).map(node => node.content)
}

const faultsOf: Readonly<Record<FormatName, (text: string) => string[]>> = {
  rss: text => withDocument(text, rssFaults),
  atom: text => withDocument(text, atomFaults),
  json: jsonFaults,
}

function withDocument(text: string, check: (document: XmlDocument) => string[]): string[] {
  try {
    using document = XmlDocument.fromString(text)
    return check(document)
  } catch (error) {
    if (error instanceof XmlLibError) return error.details.map(({ message, line }) => `line ${line}: ${message.trim()}`)
    throw error
  }
}

const absoluteUrl = /^[a-z][a-z0-9+.-]*:\S+$/i
// RFC 822 with the years of RFC 1123, as RSS writes it.
const rssDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** What must not be found in an RSS 2.0 document. */
const rssRules: Readonly<Record<string, string>> = {
  'is not RSS 2.0': '/*[not(self::rss[@version="2.0"])]',
  'not one title, link, description and lastBuildDate in the channel':
    '/*[count(channel/title) != 1 or count(channel/link) != 1 or count(channel/description) != 1 or count(channel/lastBuildDate) != 1]',
  'no link to itself': '/*[not(channel/atom:link[@rel="self"])]',
  'an item without a title': '//item[not(title)]',
  'an item whose guid is missing or said to be a link': '//item[not(guid/@isPermaLink="false")]',
  'an item with two enclosures': '//item[count(enclosure) > 1]',
  'an enclosure without url, length or type': '//enclosure[not(@url and @length and @type)]',
  'content:encoded before a description': '//content:encoded[not(preceding-sibling::description)]',
  'an author that is no e-mail address': '//author',
}

function rssFaults(document: XmlDocument): string[] {
  const find = (path: string): string[] => document.find(path, namespaces).map(node => node.content)
  return [
    ...Object.keys(rssRules).filter(rule => find(rssRules[rule] ?? '').length > 0),
    ...failing('is no absolute URL', find('//link | //guid | //@url | //@href'), absoluteUrl),
    ...failing('is no date of RFC 822', find('//pubDate | //lastBuildDate'), rssDate),
    ...failing('is no date of RFC 3339', find('//atom:updated'), timestamp),
    ...twice(find('//guid')),
    ...rssRuleFaults(document),
  ]
}

function atomFaults(document: XmlDocument): string[] {
  const find = (path: string): string[] => document.find(path, namespaces).map(node => node.content)
  if (hasSchemas) validateBySchema(document)
  return [
    ...atomGrammarFaults(document),
    ...failing('is no absolute URL', find('//@href | //atom:id | //atom:uri | //atom:logo | //@url'), absoluteUrl),
    ...failing('is no date of RFC 3339', find('//atom:updated | //atom:published'), timestamp),
    ...twice(find('//atom:id')),
    ...find('/atom:feed[not(atom:author)]/atom:entry[not(atom:author)]/atom:id').map(id => `${id} has no author`),
    ...find('//atom:entry[not(atom:content) and not(atom:link[not(@rel) or @rel="alternate"])]/atom:id').map(
      id => `${id} has neither content nor an alternate link`,
    ),
    ...atomRuleFaults(document),
  ]
}

/** Throws what the schema finds. Made anew each time: the library wants it disposed. */
function validateBySchema(document: XmlDocument): void {
  using schema = XmlDocument.fromString(readFileSync(atomSchema, 'utf8'))
  using validator = RelaxNGValidator.fromDoc(schema)
  validator.validate(document)
}

function jsonFaults(text: string): string[] {
  try {
    const feed: { items?: { id: string; content_html?: string }[] } = JSON.parse(text)
    const ids = (feed.items ?? []).map(({ id }) => id)
    return [...schemaFaults((byJsonFeed ??= jsonFeedValidator()), feed), ...twice(ids), ...jsonRuleFaults(feed)]
  } catch (error) {
    if (error instanceof SyntaxError) return [error.message]
    throw error
  }
}

function failing(fault: string, values: string[], pattern: RegExp): string[] {
  return values.filter(value => !pattern.test(value)).map(value => `"${value}" ${fault}`)
}

function twice(ids: string[]): string[] {
  return ids.filter((id, index) => ids.indexOf(id) !== index).map(id => `${id} occurs twice`)
}

let byJsonFeed: ValidateFunction | undefined
let byNinjs: ValidateFunction | undefined
let byNinjs22: ValidateFunction | undefined
const options = {
  strict: false,
  allErrors: true,
  formats: { uri: (value: string) => absoluteUrl.test(value) && URL.canParse(value), 'date-time': timestamp },
}

function jsonFeedValidator(): ValidateFunction {
  const schema: object = createRequire(import.meta.url)('jsonfeed-schema')
  return new Ajv(options).compile(schema)
}

function ninjsValidator(version: string): ValidateFunction {
  const ajv = new Ajv2020(options)
  // Of the places that ninjs may describe by GeoJSON we have none: its schema need not be fetched.
  ajv.addSchema({ $id: 'https://geojson.org/schema/GeoJSON.json' })
  const schema: object = JSON.parse(readFileSync(ninjsSchema(version), 'utf8'))
  return ajv.compile(schema)
}

function schemaFaults(schema: ValidateFunction, document: unknown): string[] {
  return schema(document) ? [] : (schema.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`)
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { instant, mintKey, uriOf, type Article } from '../../src/article.ts'
import { readArticles } from '../../src/collect/reading/read.ts'
import { readConfig } from '../../src/config.ts'
import { Unusable } from '../../src/errors.ts'
import { given } from '../../src/fullness.ts'
import { newsml, newsmlNotice } from '../../src/publish/formats/newsml.ts'
import { toNinjs22 } from '../../src/publish/formats/ninjs-2.2.ts'
import { grantedNinjs, partnerNinjs } from '../../src/show/granted.ts'
import type { Source } from '../../src/source.ts'
import { source } from '../collect/parsers/pairs.ts'
import { frame } from './formats/samples.ts'
import { hasNewsmlSchema, newsmlFaults } from './newsml-schema.ts'
import { hasSchemas, validateNinjs, validateNinjs22 } from './validate.ts'

/*
 * By IPTC's own schemas: ninjs and NewsML-G2 of whatever is an article of the sample archive, of our corpus and references, and of the cases
 * that lie beside the checkout.
 */

interface Input {
  path: string
  bytes: Buffer
  source: Source
}

const { site } = frame
const contents = ['full', 'summary', 'headline'] as const

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

const sample = readConfig({}, fileURLToPath(new URL('../..', import.meta.url))).sources.flatMap(from =>
  'folder' in from ? filesBelow(from.folder).map(path => inputOf(path, from)) : [],
)
const own = ['../corpus/pairs', '../collect/parsers/pairs'].flatMap(folder =>
  filesBelow(fileURLToPath(new URL(folder, import.meta.url)))
    .filter(path => !path.endsWith('.json'))
    .map(path => inputOf(path, source)),
)
const caseFolder = fileURLToPath(new URL('../../../shared/cases', import.meta.url))
const hasCases = existsSync(join(caseFolder, 'expected.json'))
const cases = hasCases
  ? Object.entries(
      JSON.parse(readFileSync(join(caseFolder, 'expected.json'), 'utf8')) as Record<string, { source?: object }>,
    ).flatMap(([path, { source: settings }]) =>
      filesOf(join(caseFolder, path)).map(each =>
        inputOf(each, { ...source, language: 'en', dates: [], boilerplate: [], tail: [], ...settings }),
      ),
    )
  : []

function filesOf(path: string): string[] {
  return path.endsWith('/') ? filesBelow(path) : [path]
}

function inputOf(path: string, from: Source): Input {
  return { path, bytes: readFileSync(path), source: from }
}

/** What would be shown of an input, if anything: also what is held back. */
function articlesOf({ path, bytes, source: from }: Input): Article[] {
  const now = instant(Date.parse('2026-11-27T12:00:00Z'))
  return readAll(bytes, from).flatMap((reading, at) => {
    if (reading instanceof Unusable || reading.pubStatus === 'canceled') return []
    const key = mintKey(`${path} ${at}`)
    const { content } = reading
    const published = content.published ?? now
    const identity = { uri: uriOf(site.authority, `desk/${key}`), source: 'desk', key, version: 1, changed: published }
    return [{ ...content, published, ...identity, pubStatus: 'usable' }]
  })
}

function readAll(bytes: Buffer, from: Source): ReturnType<typeof readArticles> {
  try {
    return readArticles(bytes, from)
  } catch (error) {
    if (error instanceof Unusable) return []
    throw error
  }
}

function faultsOf(article: Article): string[] {
  const style = { site, content: 'full' } as const
  const ninjs = [partnerNinjs, grantedNinjs].flatMap(write =>
    contents.map(content => write(article, { content }, site)),
  )
  const entries = contents.map(content => newsml.entry(given(article, { content }), { ...style, content }))
  const message = newsml.head(frame) + [...entries, newsmlNotice(article, site)].join(newsml.separator) + newsml.tail
  return [
    ...ninjs.flatMap(document => [...validateNinjs(sent(document)), ...validateNinjs22(sent(toNinjs22(document)))]),
    ...newsmlFaults(message),
  ]
}

describe.runIf(hasSchemas && hasNewsmlSchema)(
  'by the schemas of IPTC (left out: ../shared/schema is not there)',
  () => {
    it.each([
      ['the sample archive', sample, 25],
      ['the corpus and the references', own, 50],
    ])('all of %s is valid', (_name, inputs, least) => {
      expect(count(inputs)).toBeGreaterThan(least)
    })

    it.runIf(hasCases)('all of the cases is valid (left out: ../shared/cases is not there)', () => {
      expect(count(cases)).toBeGreaterThan(100)
    })
  },
)

/** As it is sent. */
function sent(ninjs: object): unknown {
  return JSON.parse(JSON.stringify(ninjs)) as unknown
}

/** How many articles were looked at, without a fault. */
function count(inputs: readonly Input[]): number {
  let articles = 0
  for (const input of inputs) {
    for (const article of articlesOf(input)) {
      articles++
      expect([input.path, ...faultsOf(article)]).toEqual([input.path])
    }
  }
  return articles
}

import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Unusable } from '../../../src/errors.ts'
import { evasions } from '../../corpus/evasions.ts'
import { formatNames, writers, type Told } from '../../corpus/formats.ts'
import { expectBounded, isMeasured, outcomesOf } from '../parsers/outcomes.ts'
import { pairsOf, source } from '../parsers/pairs.ts'

const told: Told = {
  id: 'urn:x:1',
  title: 'Title',
  body: 'Text.',
  author: 'Ida Holm',
  link: 'https://e.example/1',
  image: 'https://e.example/1.png',
  caption: 'Caption',
  section: 'News',
  keyword: 'word',
  language: 'en',
  date: '2024-05-01T10:00:00Z',
}

/** Valid stored articles, to be broken. */
const samples = formatNames.flatMap(format => [
  { format, text: writers[format](told) },
  ...pairsOf(format).map(({ input }) => ({ format, text: input.toString() })),
])

/** One way to break a text. Places are parts of its length. */
interface Edit {
  from: number
  length: number
  /** How often what stands there is repeated. */
  times: number
  insert: string
}

const scrap = fc.oneof(
  fc.constantFrom('<', '>', '&', '"', "'", '\n\n', '{', '[', '\\', '---\n', '<!--', ']]>', '<![CDATA[', '\0', '\ud800'),
  fc.constantFrom(
    '<div>',
    '</div>',
    '<p>',
    '<li><td>',
    '<svg>',
    '<script>',
    '<item>',
    '<entry>',
    '"a":[',
    '&amp;',
    '> ',
  ),
  fc.constantFrom(...evasions),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
const place = fc.double({ min: 0, max: 1, noNaN: true })
const edit = fc.record<Edit>({
  from: place,
  length: fc.integer({ min: 0, max: 200 }),
  times: fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constantFrom(1_000, 10_000, 100_000)),
  insert: scrap,
})

/** Characters. */
const longest = 250_000

function broken(text: string, edits: readonly Edit[]): string {
  return edits.reduce((whole, { from, length, times, insert }) => {
    const at = Math.floor(from * whole.length)
    const piece = whole.slice(at, at + length) + insert
    const room = Math.max(0, Math.floor((longest - whole.length) / Math.max(1, piece.length)))
    return whole.slice(0, at) + piece.repeat(Math.min(times, room)) + whole.slice(at + length)
  }, text)
}

/** Milliseconds of the processor that reading may take: a second a megabyte, and one for what all pay, on a machine that does other things too. */
const share = (size: number) => 2_000 + size / 500

describe('any bytes as any format', () => {
  it('end in articles or a reason', () => {
    const anyFormat = fc.constantFrom('auto', ...formatNames)
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), anyFormat, (bytes, format) => {
        const latin = Buffer.from(bytes).toString('latin1')
        expect([...outcomesOf(format, latin), ...outcomesOf(format, `\ufeff${latin}`)]).toSatisfy(areOutcomes)
      }),
      { numRuns: 1_000 },
    )
  })

  it('end in time that grows with their size, also where they are nearly an article', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('own', 'auto', ...formatNames),
        (sample, edits, asked) => {
          const text = broken(sample.text, edits)
          expectBounded(
            share(text.length),
            () => expect(outcomesOf(asked === 'own' ? sample.format : asked, text)).toSatisfy(areOutcomes),
            3,
          )
        },
      ),
      { numRuns: 400, endOnFailure: true },
    )
  }, 240_000)
})

const runs = promisify(execFile)
const program = fileURLToPath(new URL('measure.js', import.meta.url))

interface Measured {
  path: string
  outcome: string
  seconds: number
  megabytes: number
}

describe('a process that reads what is built to exhaust it', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'feedwire-hostile-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  async function measure(format: string, texts: Record<string, string>, maxBytes = 100_000_000): Promise<Measured[]> {
    const warm = formatNames.find(name => name === format) ?? 'html'
    await writeFile(join(folder, 'warm'), writers[warm](told))
    for (const [path, text] of Object.entries(texts)) await writeFile(join(folder, path), text)
    const settings = { ...source, folder, format, maxBytes }
    const { stdout } = await runs(process.execPath, [
      '--expose-gc',
      program,
      JSON.stringify(settings),
      'warm',
      ...Object.keys(texts),
    ])
    const all = stdout
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as Measured)
    return all.slice(1)
  }

  it.each(formatNames)('takes nothing of entity bombs and 100,000 nested tags: %s', async format => {
    const found = await measure(format, { ...bombs(format), ...towers(format) })
    expect(found).toHaveLength(11)
    expect(found.flatMap(one => faultsOf(one, isText(format, one.path)))).toEqual([])
  })

  it.each(['', 'auto'].flatMap(asked => formatNames.map(format => [asked || format, format] as const)))(
    'refuses a line of 50 MB at once: as %s, of %s',
    async (asked, format) => {
      const found = await measure(asked, {
        line: writers[format]({ ...told, body: 'word '.repeat(10_000_000) }),
        'line-of-wide-letters': writers[format]({ ...told, body: '한국 '.repeat(3_500_000) }),
      })
      expect(found).toHaveLength(2)
      expect(found.flatMap(one => faultsOf(one))).toEqual([])
    },
  )

  it.each(formatNames)('refuses it as a title, and as all there is: %s', async format => {
    const line = 'word '.repeat(10_000_000)
    const found = await measure(format, { title: writers[format]({ ...told, title: line }), alone: line })
    expect(found).toHaveLength(2)
    expect(found.flatMap(one => faultsOf(one))).toEqual([])
  })

  // Before its format is looked at.
  it('refuses it by its size alone, without reading it', async () => {
    const [found] = await measure('auto', { line: 'word '.repeat(10_000_000) }, 10_000_000)
    expect(found?.outcome).toContain('maxBytes')
    expect(found?.megabytes).toBeLessThan(10)
  })
})

/** Where it was not refused, or took three seconds of the processor, where that is asked, or 200 MB. */
function faultsOf(measured: Measured, mayBeText = false): Measured[] {
  const { outcome, seconds, megabytes } = measured
  const inTime = !isMeasured() || seconds < 3
  return (mayBeText || outcome !== 'an article') && inTime && megabytes < 200 ? [] : [measured]
}

/** What has no entities or tags of its own takes them for text. */
function isText(format: string, path: string): boolean {
  return (
    path.endsWith('-as-text') ||
    (path.startsWith('bomb') && !/^(?:atom|rss|nitf|newsml-1|newsml-g2)$/.test(format)) ||
    // The text of NITF is its own elements: tags of HTML are escaped in it.
    (format === 'nitf' && path.startsWith('tags')) ||
    format === 'page-dump'
  )
}

function bombs(format: (typeof formatNames)[number]): Record<string, string> {
  const text = writers[format]({ ...told, body: 'BODY' }).replace('BODY', '&e20;')
  const steps = Array.from({ length: 20 }, (_, at) => `<!ENTITY e${at + 1} "${`&e${at};`.repeat(10)}">`)
  const aliases = Array.from({ length: 20 }, (_, at) => `k${at + 1}: &k${at + 1} [${`*k${at}, `.repeat(9)}x]\n`)
  return {
    'bomb-of-laughs': `<!DOCTYPE x [<!ENTITY e0 "ha">${steps.join('')}]>${text}`,
    'bomb-of-one-long-entity': `<!DOCTYPE x [<!ENTITY e20 "${'x'.repeat(100_000)}">]>${text.replace('&e20;', '&e20;'.repeat(100_000))}`,
    'bomb-from-outside': `<!DOCTYPE x [<!ENTITY % p SYSTEM "https://evil.example/x.dtd"> %p; <!ENTITY e20 SYSTEM "file:///x">]>${text}`,
    'bomb-of-declarations': `<!DOCTYPE x [${'<!ENTITY e "">'.repeat(500_000)}]>${text}`,
    'bomb-of-aliases': `---\ntitle: T\nk0: &k0 [x, x]\n${aliases.join('')}tags: *k20\n---\nText.\n`,
  }
}

function towers(format: (typeof formatNames)[number]): Record<string, string> {
  const [open, closed] = ['<div>'.repeat(100_000), '</div>'.repeat(100_000)]
  return {
    tags: writers[format]({ ...told, body: `${open}x${closed}` }),
    'tags-that-never-end': writers[format]({ ...told, body: `${open}x` }),
    'tags-alone': open + closed,
    'tags-in-the-title-as-text': writers[format]({ ...told, title: `${open}x` }),
    lists: inJson('[', ']'),
    objects: inJson('{"items":', '}'),
  }
}

/** Neither JSON Feed nor ninjs by its form alone. */
function inJson(begin: string, end: string): string {
  const items = `${begin.repeat(100_000)}1${end.repeat(100_000)}`
  return `{"version":"https://jsonfeed.org/version/1.1","uri":"u","headline":"T","items":${items}}`
}

function areOutcomes(outcomes: unknown): boolean {
  return (
    Array.isArray(outcomes) &&
    outcomes.every(outcome => outcome instanceof Unusable || 'content' in outcome || outcome.pubStatus === 'canceled')
  )
}

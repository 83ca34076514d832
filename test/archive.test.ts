import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeReport, reportConfig } from '../src/commands/check.ts'
import type { Reading } from '../src/collect/reading/read.ts'
import { readings } from './collect/reading/readings.ts'
import { readConfig } from '../src/config.ts'
import { Unusable } from '../src/errors.ts'

/*
 * What a first start shows. Whether files become articles is decided elsewhere; here: does the sample home hold what the
 * README promises, and no fault but the intended ones?
 */

const home = join(import.meta.dirname, '..')
const config = readConfig({}, home)

/** Inputs that are there to be rejected, with the reason in a word. `tidal-turbine_copy.txt` is rejected as a copy, later. */
const faulty = new Map([
  ['dumps/2024/market-hall.txt', /03\/04\/2024 10:00/],
  ['dumps/2025/lighthouse-note.txt', /date/],
  ['dumps/2025/untitled.txt', /empty/],
])

const files = config.sources.flatMap(source => {
  if (!('folder' in source)) return []
  return readdirSync(source.folder, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.(txt|md)$/.test(path))
    .map(path => ({ source, path: `${source.name}/${path}`, bytes: readFileSync(join(source.folder, path)) }))
})

function readAll(): { path: string; reading: Reading }[] {
  return files
    .filter(({ path }) => !faulty.has(path))
    .flatMap(({ source, path, bytes }) => readings(bytes, source).map(reading => ({ path, reading })))
}

describe('the sample home', () => {
  it('has a configuration without a fault, and nothing in it that does not work yet', () => {
    expect(config.pending).toEqual([])
    expect(describeReport(reportConfig(config))).toContain('The configuration is good: 5 sources, 9 feeds.')
  })

  it('has about thirty articles in four languages', () => {
    const all = readAll()
    expect(all.length).toBeGreaterThanOrEqual(28)
    const languages = new Set(all.map(({ reading }) => reading.content.language.slice(0, 2)))
    expect([...languages].toSorted()).toEqual(['ar', 'en', 'ko', 'pt'])
  })

  for (const [path, reason] of faulty)
    it(`has ${path}, which becomes a reject`, () => {
      const file = files.find(candidate => candidate.path === path)
      const read = (): unknown => file && readings(file.bytes, file.source)
      expect(read).toThrow(Unusable)
      expect(read).toThrow(reason)
    })

  it('has one file that is a copy of another', () => {
    const digests = files.map(({ bytes }) => createHash('sha256').update(bytes).digest('hex'))
    expect(digests.length - new Set(digests).size).toBe(1)
  })

  it('holds one article back, and no other', () => {
    const embargoed = readAll().filter(({ reading }) => reading.content.embargoed !== undefined)
    expect(embargoed.map(({ path }) => path)).toEqual(['desk/2031-time-capsule.md'])
    const dates = readAll().map(({ reading }) => reading.content.published ?? '')
    expect(dates.filter(date => date > '2026-11-01')).toEqual(['2031-05-01T08:00:00Z'])
    expect(dates.every(date => date >= '2023')).toBe(true)
  })

  it('fills every feed', () => {
    const heads = readAll().map(({ path, reading: { content } }) => ({ source: path.split('/')[0], ...content }))
    const counts = config.feeds.map(({ name, select }) => {
      const selected = heads.filter(
        head =>
          (select.sections.length === 0 || select.sections.includes(head.section ?? '')) &&
          (select.languages.length === 0 || select.languages.some(language => head.language.startsWith(language))),
      )
      return [name, selected.length] as const
    })
    expect(counts.filter(([, count]) => count < 4)).toEqual([])
  })
})

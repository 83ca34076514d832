import { readdirSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../src/', import.meta.url))

/**
 * Design, section 4: imports go down only. Folders and files of `src/`, highest first; those on one line stand on
 * one level. Between different entries of one level only what `besides` names may be imported.
 */
const levels = [
  ['main.ts'],
  ['commands'],
  ['app.ts'],
  ['schedule.ts'],
  ['schedule', 'stages.ts'],
  ['stages'],
  ['collect', 'publish', 'serve', 'export'],
  ['show', 'operate', 'wire', 'partners'],
  ['store'],
  ['store/local', 'config.ts', 'config'],
  ['store/redis'],
  ['collect/parsers', 'publish/formats'],
  ['edition.ts', 'excerpt.ts', 'fullness.ts', 'printed-date.ts', 'selection.ts', 'shown.ts'],
  ['feed.ts', 'head.ts', 'parcel.ts', 'partner.ts', 'site.ts', 'source.ts', 'takedown.ts', 'text.ts'],
  ['outcomes.ts'],
  ['client', 'article.ts', 'errors.ts', 'log.ts', 'signals.ts', 'version.ts'],
]

/** Pairs of one level that may know each other, in this direction. */
const besides = new Set([
  'config.ts -> config',
  'feed.ts -> site.ts',
  'operate -> wire',
  'operate -> partners',
  'partners -> wire',
  'wire -> show',
  'takedown.ts -> head.ts',
])

const stages = new Set(['collect', 'publish', 'serve', 'export'])

interface Import {
  from: string
  to: string
}

const files = list(root)
const imports = files.flatMap(importsOf)

describe('the architecture', () => {
  it('has a level for every file', () => {
    expect(files.filter(file => levelOf(file) === undefined)).toEqual([])
  })

  it('lets imports go down only', () => {
    expect(imports.filter(({ from, to }) => !mayImport(from, to)).map(show)).toEqual([])
  })

  it('keeps stages apart: they meet in the store', () => {
    const across = imports.filter(({ from, to }) => {
      const [one, other] = [entryOf(from), entryOf(to)]
      return one !== other && stages.has(one) && stages.has(other)
    })
    expect(across.map(show)).toEqual([])
  })

  it('has no cycle', () => {
    expect(cycles(imports)).toEqual([])
  })

  it('reads the environment in config.ts only', () => {
    const readers = files.filter(file =>
      /\bprocess\s*\.\s*env\b|\benv\b[^\n]*=\s*process\b/.test(withoutComments(read(file))),
    )
    expect(readers.filter(file => file !== 'config.ts')).toEqual([])
  })

  it('finds what it looks for', () => {
    const bad = [
      { from: 'collect/a.ts', to: 'publish/b.ts' },
      { from: 'store/a.ts', to: 'collect/b.ts' },
      { from: 'article.ts', to: 'feed.ts' },
    ]
    expect(bad.filter(({ from, to }) => mayImport(from, to))).toEqual([])
    expect(
      cycles([
        { from: 'a', to: 'b' },
        { from: 'b', to: 'c' },
        { from: 'c', to: 'a' },
      ]),
    ).toHaveLength(1)
  })
})

function list(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.split('\\').join('/'))
    .filter(path => /\.tsx?$/.test(path))
    .toSorted()
}

function read(file: string): string {
  return readFileSync(root + file, 'utf8')
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '')
}

/** Of values and of types, also those of `import()`. */
function importsOf(file: string): Import[] {
  const found = read(file).matchAll(/(?:from|import)\s*\(?\s*['"`](\.[^'"`]+)['"`]/g)
  return Array.from(found, ([, path = '']) => ({ from: file, to: posix.join(posix.dirname(file), path) }))
}

/** The entry of `levels` that a file belongs to: the longest that fits. */
function entryOf(file: string): string {
  const fitting = levels.flat().filter(entry => file === entry || file.startsWith(`${entry}/`))
  return fitting.toSorted((a, b) => b.length - a.length)[0] ?? file
}

function levelOf(file: string): number | undefined {
  const level = levels.findIndex(entries => entries.includes(entryOf(file)))
  return level < 0 ? undefined : level
}

function mayImport(from: string, to: string): boolean {
  const [one, other] = [entryOf(from), entryOf(to)]
  if (one === other) return true
  const [above, below] = [levelOf(from), levelOf(to)]
  if (above === undefined || below === undefined) return false
  return above === below ? besides.has(`${one} -> ${other}`) : above < below
}

function cycles(edges: readonly Import[]): string[] {
  const next = new Map<string, string[]>()
  for (const { from, to } of edges) next.set(from, [...(next.get(from) ?? []), to])
  const done = new Set<string>()
  const found: string[] = []
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' -> '))
    if (path.includes(file) || done.has(file)) return
    for (const to of next.get(file) ?? []) visit(to, [...path, file])
    done.add(file)
  }
  for (const file of next.keys()) visit(file, [])
  return found
}

function show({ from, to }: Import): string {
  return `${from} -> ${to}`
}

import { readdirSync, readFileSync } from 'node:fs'
import type { FolderSource } from '../../../src/source.ts'

/** The source of all reference pairs. */
export const source: FolderSource = {
  name: 'herald',
  folder: '/nowhere',
  include: [],
  watch: false,
  missing: 'keep',
  format: 'auto',
  timezone: 'UTC',
  dates: ["dd/MM/yyyy HH'h'mm", "d 'de' MMMM 'de' yyyy 'às' H'h'mm", 'yyyy-MM-dd HH:mm'],
  undated: 'first-seen',
  language: 'pt',
  publisher: 'Example Herald',
  boilerplate: ['The views expressed'],
  tail: ['Related'],
  maxBytes: 10_000_000,
}

export interface Pair {
  name: string
  input: Buffer
  expected: unknown
}

/** The inputs of a format in `pairs/FORMAT`, each with the reading that is expected of it in the `.json` beside it. */
export function pairsOf(format: string): Pair[] {
  const folder = new URL(`pairs/${format}/`, import.meta.url)
  return readdirSync(folder)
    .filter(name => !name.endsWith('.json'))
    .map(name => ({
      name,
      input: readFileSync(new URL(name, folder)),
      expected: JSON.parse(readFileSync(new URL(name.replace(/\.\w+$/, '.json'), folder), 'utf8')) as unknown,
    }))
}

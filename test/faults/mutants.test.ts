import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const mutants = join(import.meta.dirname, 'mutants')

/** Of each hunk of a patch (unified diff): the file, and the text that has to stand in it. */
function textsBefore(patch: string): { file: string; text: string }[] {
  return patch.split(/^--- a\//m).flatMap((part, at) => {
    const [file = '', ...lines] = part.split('\n')
    if (at === 0) return []
    const hunks = lines
      .slice(1)
      .join('\n')
      .split(/^@@.*$/m)
      .slice(1)
    return hunks.map(hunk => {
      const before = hunk
        .split('\n')
        .slice(1)
        .filter(line => /^[ -]/.test(line))
      return { file, text: before.map(line => line.slice(1)).join('\n') }
    })
  })
}

describe('each fault that the suite has to notice', () => {
  it.each(readdirSync(mutants).filter(name => name.endsWith('.patch')))('can still be made: %s', name => {
    const texts = textsBefore(readFileSync(join(mutants, name), 'utf8'))
    expect(texts).not.toEqual([])
    for (const { file, text } of texts) expect(readFileSync(join(root, file), 'utf8')).toContain(text)
  })
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { shown, table } from '../../src/commands/print.ts'
import { dump } from '../newsroom.ts'
import { makeProgramHome, type ProgramHome } from '../processes.ts'
import { startRedis, type TestRedis } from '../redis.ts'

describe('text for a terminal', () => {
  it.each([
    ['an escape sequence', 'a\u001b[31mb', 'a?[31mb'],
    ['one of a single character (C1)', 'a\u009b31mb', 'a?31mb'],
    ['a carriage return, a bell, a delete', '\r\u0007\u007f', '???'],
    ['overrides of direction', '\u202aa\u202eb\u202c', '?a?b?'],
    ['isolates', '\u2066a\u2069', '?a?'],
  ])('shows %s instead of obeying it', (_, text, expected) => {
    expect(shown(text)).toBe(expected)
  })

  it.each(['one\ntwo', 'شاي\u200f.', 'a\u200db', 'Ação'])('leaves %j as it is', text => {
    expect(shown(text)).toBe(text)
  })

  it('keeps a row of a table on its line', () => {
    expect(table(['a'], [['one\ntwo']], 'none').split('\n')).toHaveLength(2)
  })
})

const nasty = 'bad\u001b]0;owned\u0007\u009b2J.txt'

describe('the program', () => {
  let redis: TestRedis
  let home: ProgramHome
  beforeAll(async () => {
    redis = await startRedis({ tcp: true })
    const stories = Array.from({ length: 40 }, (_, i) => [`${i}.txt`, dump(`Story ${i} ${'of many '.repeat(90)}`)])
    home = await makeProgramHome({ redis, files: { [nasty]: 'No date\n\nText.\n', ...Object.fromEntries(stories) } })
    await home.command('collect')
  })
  afterAll(async () => {
    await home[Symbol.asyncDispose]()
    await redis[Symbol.asyncDispose]()
  })

  it('lets no name of a file reach the terminal, as text or as JSON', async () => {
    const [text, json] = [await home.command('rejects'), await home.command('rejects', '--json')]
    for (const { stdout } of [text, json]) expect(stdout).not.toMatch(/(?!\n)\p{Cc}/u)
    expect(text.stdout).toContain('bad?]0;owned??2J.txt')
    expect(JSON.parse(json.stdout)).toMatchObject({ rejects: [{ file: nasty }] })
  })

  it('lets no argument reach it either', async () => {
    const { code, stderr } = await home.command('article', 'x\u001b[2J')
    expect(code).toBe(2)
    expect(stderr).toContain('x?[2J')
  })

  it('ends quietly when nobody reads its output any more', async () => {
    const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url))
    const child = spawn(process.execPath, [program, 'articles', '--json'], {
      env: home.environment(redis),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stderr = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.stdout.destroy()
    expect(await once(child, 'close')).toEqual([0, null])
    expect(stderr).toBe('')
  })
})

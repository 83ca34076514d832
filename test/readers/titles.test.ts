import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mustRun } from './programs.ts'
import { stories } from './stories.ts'
import { openSubscription, type Subscription } from './subscription.ts'

/** A program that reads a feed from its input, and what it prints: one title a line. */
const programs = [
  {
    name: 'sfeed',
    install: 'apt-get install sfeed',
    command: ['sfeed'],
    titles: (printed: string) => printed.split('\n').flatMap(line => line.split('\t')[1] ?? []),
  },
  {
    name: 'XML::Feed',
    install: 'apt-get install libxml-feed-perl',
    command: [
      '/usr/bin/perl',
      '-MXML::Feed',
      '-e',
      // Of RSS it gives letters, of Atom their bytes.
      'local $/; my $text = <STDIN>; for (XML::Feed->parse(\\$text)->entries) { my $title = $_->title; utf8::encode($title) if utf8::is_utf8($title); print $title, "\\n" }',
    ],
    titles: linesOf,
  },
  {
    name: 'rss-parser',
    install: 'npm ci',
    command: [
      process.execPath,
      '-e',
      `const Parser = require('rss-parser')
      let text = ''
      process.stdin.on('data', piece => (text += piece))
      process.stdin.on('end', async () => {
        const { items } = await new Parser().parseString(text)
        for (const { title } of items) console.log(title)
      })`,
    ],
    titles: linesOf,
  },
] as const

function linesOf(printed: string): string[] {
  return printed.trimEnd().split('\n')
}

const emptyFeed = '<rss version="2.0"><channel><title>T</title><link>https://e.example/</link></channel></rss>'

function print([program, ...args]: readonly string[], input: string): string {
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8' }
  return execFileSync(program!, args, { input, env, timeout: 60_000, stdio: ['pipe', 'pipe', 'ignore'] }).toString()
}

function isThere(command: readonly string[]): boolean {
  try {
    print(command, emptyFeed)
    return true
  } catch {
    return false
  }
}

describe.each(programs)('$name (not without it: $install)', ({ command, titles }) => {
  describe.skipIf(!isThere(command) && !mustRun)('reading', () => {
    let subscription: Subscription
    beforeAll(async () => {
      subscription = await openSubscription()
    }, 120_000)
    afterAll(() => subscription?.[Symbol.asyncDispose]())

    it.each(['rss', 'atom'])('shows the titles of %s as they were written', async format => {
      const edition = await (await fetch(subscription.urlOf(format))).text()
      expect(titles(print(command, edition))).toEqual(stories.map(({ title }) => title))
    })
  })
})

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describeReport, reportConfig, reportFaults } from '../src/commands/check.ts'
import { laterFormats } from '../src/config/sources.ts'
import { readConfig, type Config } from '../src/config.ts'
import { ConfigError } from '../src/errors.ts'

const site = 'site:\n  title: Example\n  authority: example.com,2023\n'

let home: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'feedwire-config-'))
  write('config/feedwire.yaml', site)
  write('feeds/latest.yaml', 'title: Latest\n')
  mkdirSync(join(home, 'archive'))
})
afterEach(() => rmSync(home, { recursive: true }))

function write(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(home, path)), { recursive: true })
  writeFileSync(join(home, path), content)
}

function read(environment: NodeJS.ProcessEnv = {}): Config {
  return readConfig(environment, home)
}

/** Every fault as the operator reads it. */
function faults(environment: NodeJS.ProcessEnv = {}): string[] {
  try {
    read(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.message.replaceAll(home, 'HOME').split('\n')
    throw error
  }
}

function faultsOfSite(yaml: string, environment: NodeJS.ProcessEnv = {}): string[] {
  write('config/feedwire.yaml', yaml)
  return faults(environment)
}

/** Of a source in line 5 and following, without the place's file. */
function faultsOfSource(yaml: string, environment: NodeJS.ProcessEnv = {}): string[] {
  const lines = yaml.trim().split('\n')
  const list = lines.map((line, at) => (at === 0 ? `  - ${line}` : `    ${line}`)).join('\n')
  return faultsOfSite(`${site}sources:\n${list}\n`, environment).map(fault =>
    fault.replace('config/feedwire.yaml:', ''),
  )
}

function faultsOfFeed(yaml: string): string[] {
  write('feeds/latest.yaml', yaml)
  return faults().map(fault => fault.replace('feeds/latest.yaml:', ''))
}

describe('a configuration that says little', () => {
  it('gets every default', () => {
    write('config/feedwire.yaml', `${site}sources:\n  - name: wire\n    folder: ../archive\n`)
    const { sources, feeds, ...config } = read()
    expect(config).toEqual({
      home,
      data: join(home, '.feedwire'),
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://127.0.0.1:8080',
      logLevel: 'info',
      site: {
        title: 'Example',
        url: 'http://127.0.0.1:8080',
        publisher: { name: 'Example' },
        authority: 'example.com,2023',
        language: 'en',
      },
      schedule: { timezone: 'UTC', collect: '* * * * *', republish: '0 4 * * *', prune: '30 4 * * *' },
      keep: { wire: 90 * 86_400_000, versions: 30 * 86_400_000, audit: 400 * 86_400_000 },
      pending: [],
      notes: [],
    })
    expect(sources).toEqual([
      {
        name: 'wire',
        folder: join(home, 'archive'),
        include: ['**/*'],
        format: 'auto',
        timezone: 'UTC',
        dates: ["dd/MM/yyyy HH'h'mm"],
        undated: 'reject',
        language: 'en',
        boilerplate: [],
        tail: ['Related'],
        watch: false,
        missing: 'keep',
        maxBytes: 10_000_000,
      },
    ])
    expect(feeds).toEqual([
      {
        name: 'latest',
        title: 'Latest',
        description: 'Latest',
        select: { sections: [], languages: [], sources: [], keywords: [] },
        limit: 50,
        content: 'full',
        access: 'public',
        language: 'en',
        formerly: [],
        gone: false,
      },
    ])
  })

  it('is frozen, all the way down', () => {
    write('config/feedwire.yaml', `${site}sources:\n  - name: wire\n    folder: ../archive\n`)
    const config = read()
    const inner = [config, config.site.publisher, config.sources, config.sources[0]?.dates, config.feeds[0]?.select]
    expect(inner.every(Object.isFrozen)).toBe(true)
  })
})

describe('a configuration that says much', () => {
  it('is read as it is written', () => {
    write(
      'config/feedwire.yaml',
      `site:
  title: "  The   Daily Example "
  url: https://example.com/news/
  publisher: { name: Example Media, url: https://example.com }
  authority: desk@example.com,2023-04-01
  language: pt-br
sources:
  - name: icaro
    folder: ${home}/archive
    include: ["**/*.txt", "!drafts/**"]
    format: page-dump
    timezone: Europe/Lisbon
    dates: ["d 'de' MMMM 'de' yyyy", yyyy년 M월 d일 HH:mm]
    undated: first-seen
    language: en
    publisher: ICARO Media Group
    section: News
    rights: "© ICARO"
    boilerplate: ["Cafe\u0301 terms"]
    tail: [Related, More]
    maxBytes: 500kB
  - name: agency
    url: https://agency.example/feed.atom?x=1
    headers: { Authorization: "Bearer \${AGENCY_TOKEN}" }
    private: true
    maxBytes: 2000
schedule: { timezone: Asia/Seoul, collect: "*/5 * * * *" }
`,
    )
    write(
      'feeds/latest.yaml',
      'title: Latest\ndescription: >\n  All\n  of it\nselect: { languages: [EN-gb], sources: [icaro] }\nimage: https://example.com/a.png\n',
    )
    const config = read({ AGENCY_TOKEN: 'secret' })
    expect(config.site).toEqual({
      title: 'The Daily Example',
      url: 'https://example.com/news',
      publisher: { name: 'Example Media', url: 'https://example.com' },
      authority: 'desk@example.com,2023-04-01',
      language: 'pt-BR',
      timezone: 'Asia/Seoul',
    })
    const [icaro, agency] = config.sources
    expect(icaro).toMatchObject({
      timezone: 'Europe/Lisbon',
      language: 'en',
      maxBytes: 500_000,
      boilerplate: ['Café terms'],
    })
    expect(icaro).toMatchObject({ dates: ["d 'de' MMMM 'de' yyyy", 'yyyy년 M월 d일 HH:mm'], undated: 'first-seen' })
    expect(agency).toMatchObject({
      url: 'https://agency.example/feed.atom?x=1',
      headers: { Authorization: 'Bearer secret' },
      private: true,
      language: 'pt-BR',
      maxBytes: 2000,
    })
    expect(agency).not.toHaveProperty('folder')
    expect(config.schedule).toMatchObject({ timezone: 'Asia/Seoul', collect: '*/5 * * * *', republish: '0 4 * * *' })
    expect(config.feeds[0]).toMatchObject({
      description: 'All of it',
      language: 'pt-BR',
      select: { sections: [], languages: ['en-GB'], sources: ['icaro'], keywords: [] },
      image: 'https://example.com/a.png',
    })
  })

  it('may have items lead always to its own pages', () => {
    write('config/feedwire.yaml', `${site}  links: here\n`)
    expect([read().site.links, read().pending]).toEqual(['here', []])
    write('config/feedwire.yaml', `${site}  links: source\n`)
    expect(read().site).not.toHaveProperty('links')
    expect(faultsOfSite(`${site}  links: own\n`)).toEqual([
      'config/feedwire.yaml:4:10: site.links: expected one of source, here, found "own"',
    ])
  })

  it('may name a hub, which is written in one spelling', () => {
    write('config/feedwire.yaml', `${site}  hub: HTTPS://Hub.example\n`)
    expect(read().site.hub).toBe('https://hub.example/')
    expect(read().pending).toEqual([])
    expect(faultsOfSite(`${site}  hub: //hub.example\n`)).toEqual([
      'config/feedwire.yaml:4:8: site.hub: expected an absolute address that begins with https:// or http://, found "//hub.example"',
    ])
  })

  it('may make a feed a podcast', () => {
    write(
      'feeds/latest.yaml',
      `title: Latest
image: https://example.com/a.png
icon: https://example.com/small.png
select: { media: [audio, video] }
podcast: { author: The  Desk, email: desk@example.com, category: News > Daily News }
`,
    )
    expect(read().feeds[0]).toMatchObject({
      icon: 'https://example.com/small.png',
      select: { media: ['audio', 'video'] },
      podcast: {
        author: 'The Desk',
        email: 'desk@example.com',
        category: ['News', 'Daily News'],
        explicit: false,
        image: 'https://example.com/a.png',
      },
    })
  })

  it('may say what machines may do with a feed', () => {
    write(
      'feeds/latest.yaml',
      'title: Latest\nlicence:\n  permits: [search]\n  prohibits: [ai-all]\n  payment: attribution\n  terms: https://example.com/terms\n',
    )
    expect(read().feeds[0]?.licence).toEqual({
      permits: ['search'],
      prohibits: ['ai-all'],
      payment: 'attribution',
      terms: 'https://example.com/terms',
    })
  })

  it('may share settings through anchors', () => {
    const shared = '    dates: &dates ["d MMMM yyyy"]\n'
    write(
      'config/feedwire.yaml',
      `${site}sources:\n  - name: a\n    folder: ../archive\n${shared}  - name: b\n    folder: ../archive\n    dates: *dates\n`,
    )
    expect(read().sources.map(source => source.dates)).toEqual([['d MMMM yyyy'], ['d MMMM yyyy']])
  })

  it('may begin with a byte-order mark and end its lines with CRLF', () => {
    write('config/feedwire.yaml', `\uFEFF${site.replaceAll('\n', '\r\n')}`)
    expect(read().site.title).toBe('Example')
  })
})

describe('the environment', () => {
  it('settles where things are', () => {
    const config = readConfig(
      {
        FEEDWIRE_HOME: home,
        FEEDWIRE_DATA: 'state',
        REDIS_URL: 'redis://:pass@redis.example:6379',
        HOST: '::1',
        PORT: '9000',
        LOG_LEVEL: 'warn',
      },
      '/tmp',
    )
    expect(config).toMatchObject({
      home,
      data: '/tmp/state',
      redis: 'redis://:pass@redis.example:6379',
      port: 9000,
      publicUrl: 'http://[::1]:9000',
      logLevel: 'warn',
    })
  })

  for (const [host, address] of [
    ['0.0.0.0', 'http://localhost:8080'],
    ['::', 'http://localhost:8080'],
    ['feeds.example.com', 'http://feeds.example.com:8080'],
    ['2001:db8::7', 'http://[2001:db8::7]:8080'],
  ])
    it(`makes ${address} the public address of HOST ${host}`, () => expect(read({ HOST: host }).site.url).toBe(address))

  it('has the last word on the public address', () => {
    write('config/feedwire.yaml', site.replace('title', 'url: https://example.org\n  title'))
    expect(read().publicUrl).toBe('https://example.org')
    expect(read({ PUBLIC_URL: 'https://example.com/wire//', PORT: '0' }).site.url).toBe('https://example.com/wire')
  })

  for (const [variable, value, fault] of [
    ['PORT', '80a', 'expected a whole number from 0 to 65535'],
    ['PORT', '65536', 'expected a whole number from 0 to 65535'],
    ['PORT', '', 'is empty: expected a whole number from 0 to 65535, or leave it unset'],
    ['PORT', '0', '0 leaves the port to the system: expected PUBLIC_URL or site.url with it'],
    ['HOST', 'http://x', 'expected an IP address or a host name, without scheme and port'],
    ['HOST', '1.2.3.400', 'expected an IP address or a host name, without scheme and port'],
    ['HOST', 'fe80::1%eth0', 'expected an IP address or a host name, without scheme and port'],
    ['PUBLIC_URL', 'example.com', 'expected an address such as https://example.com, without query, fragment or login'],
    [
      'PUBLIC_URL',
      'https://u:p@x.org',
      'expected an address such as https://example.com, without query, fragment or login',
    ],
    ['LOG_LEVEL', 'warning', 'expected one of fatal, error, warn, info, debug, trace, silent, found "warning"'],
    ['LOG_LEVEL', 'inof', 'expected one of fatal, error, warn, info, debug, trace, silent: did you mean "info"?'],
    ['FEEDWIRE_OPERATOR_TOKEN', 'two words', 'expected a token of visible ASCII characters, without spaces'],
    ['FEEDWIRE_HOME', '/nowhere/at/all', '/nowhere/at/all does not exist'],
  ] as const)
    it(`is refused with ${variable}="${value}"`, () => {
      expect(faults({ [variable]: value })).toEqual([`environment: ${variable}: ${fault}`])
    })

  it('does not show a password when REDIS_URL is refused', () => {
    const [fault, ...more] = faults({ REDIS_URL: 'http://:hunter2@redis.example' })
    expect(more).toEqual([])
    expect(fault).toMatch(/^environment: REDIS_URL: expected redis:/)
    expect(fault).not.toContain('hunter2')
  })
})

describe('faults', () => {
  it('come all at once, ordered by place', () => {
    write(
      'config/feedwire.yaml',
      'site:\n  titel: Example\nsources:\n  - name: wire\n    folder: ../archive\nshedule: {}\n',
    )
    write('feeds/a.yaml', 'title: A\nlimit: 0\nselect: { sources: [wier] }\n')
    write('feeds/Big News.yaml', 'title: B\n')
    expect(faults({ PORT: 'x' })).toEqual([
      'config/feedwire.yaml:2:3: unknown key "titel" in site: did you mean "title"?',
      'config/feedwire.yaml:2:3: site.title is missing: expected a text',
      'config/feedwire.yaml:2:3: site.authority is missing: expected a domain or e-mail address and a day on which it was yours, such as example.com,2023 (RFC 4151)',
      'config/feedwire.yaml:6:1: unknown key "shedule": did you mean "schedule"?',
      'environment: PORT: expected a whole number from 0 to 65535',
      "feeds/Big News.yaml: the file's name is the feed's name and its address: expected small letters a-z, digits and hyphens, then .yaml",
      'feeds/a.yaml:2:8: limit: expected a whole number from 1 to 1000, found number 0',
      'feeds/a.yaml:3:21: select.sources: unknown source "wier": did you mean "wire"?',
    ])
  })

  for (const [what, yaml, fault] of [
    ['an empty file', '', ':1:1: expected a mapping (key: value, one each line), found nothing'],
    ['a list', '- a\n', ':1:1: expected a mapping (key: value, one each line), found a list'],
    [
      'a duplicate key',
      `${site}  title: Again\n`,
      ':4:3: the key "title" stands twice in one mapping: keep one of them',
    ],
    ['a tab', 'site:\n\ttitle: x\n', ':2:1: a tab cannot indent in YAML: write spaces'],
    [
      'two documents',
      `${site}---\nb: 1\n`,
      ':4:1: a second document begins here: expected one, so delete this "---" and what follows',
    ],
    [
      'an alias to nothing',
      `${site}keep: *gone\n`,
      ':4:7: a value that begins with * is an alias, and this one has no anchor before it: write a text in quotes',
    ],
    [
      'Latin-1',
      Buffer.from('site:\n  title: Caf\xe9\n', 'latin1'),
      ':2:13: is not UTF-8 from here on: save the file as UTF-8',
    ],
    ['a huge file', `# ${'x'.repeat(300_000)}`, ': has 300002 bytes: a configuration has at most 256000'],
    ['no text', site.replace('Example', '""'), ':2:10: site.title: expected a text that is not empty, found ""'],
    [
      'a number',
      site.replace('Example', '2024'),
      ':2:10: site.title: expected a text, found number 2024: write "2024", in quotes',
    ],
    ['a key without a value', site.replace('Example', ''), ':2:10: site.title: expected a text, found nothing'],
    [
      'no time zone',
      `${site}schedule: { timezone: Mars }\n`,
      ':4:23: schedule.timezone: expected a time zone of the IANA database such as UTC or Europe/Lisbon, found "Mars"',
    ],
    [
      'no cron pattern',
      `${site}schedule: { collect: "61 * * * *" }\n`,
      ':4:22: schedule.collect: expected a cron pattern (minute hour day month weekday) such as "0 4 * * *", found "61 * * * *"',
    ],
    [
      'no duration',
      `${site}keep: { wire: 90 }\n`,
      ':4:15: keep.wire: expected a number of days, hours or minutes such as 90d, 12h or 30m, found number 90',
    ],
    ['no list', `${site}sources: wire\n`, ':4:10: sources: expected a list of sources, found "wire": write ["wire"]'],
  ] as const)
    it(`tell the place in config/feedwire.yaml: ${what}`, () => {
      write('config/feedwire.yaml', yaml)
      expect(faults()).toEqual([`config/feedwire.yaml${fault}`])
    })

  it('tell the place of what an alias stands for', () => {
    expect(faultsOfSite(`${site}schedule: &shared { collect: "0 0 * * *" }\nkeep: *shared\n`)).toEqual([
      'config/feedwire.yaml:4:21: unknown key "collect" in keep: expected wire, versions, audit',
    ])
  })

  it('tell a slip in YAML once for each line', () => {
    expect(faultsOfSite('site: { title: [a\nsources: 1\n')).toEqual([
      expect.stringMatching(/^config\/feedwire\.yaml:\d+:\d+: not YAML: /),
    ])
  })

  for (const authority of ['example.com', 'example.com,23', 'example.com,2023-13', '-x.com,2023', 'a b@x.com,2023'])
    it(`tell that "${authority}" is no authority`, () => {
      const [fault] = faultsOfSite(site.replace('example.com,2023', `"${authority}"`))
      expect(fault).toContain(
        'config/feedwire.yaml:3:14: site.authority: expected a domain or e-mail address and a day',
      )
    })

  it('end in bounded time for an alias bomb, deep nesting and a cron pattern with an endless range', () => {
    const bomb = [
      'a0: &a0 [x, x]',
      ...Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}, *a${at}]`),
    ]
    expect(faultsOfSite(bomb.join('\n'))).toEqual([expect.stringContaining('aliases repeat too much by here')])
    expect(faultsOfSite('['.repeat(100_000))).toEqual([expect.stringContaining('not YAML: ')])
    expect(faultsOfSite(`${site}schedule: { collect: "0-999999999 * * * *" }\n`)).toEqual([
      expect.stringContaining('expected a cron pattern'),
    ])
  })

  it('tell what a home lacks', () => {
    rmSync(join(home, 'config'), { recursive: true })
    rmSync(join(home, 'feeds'), { recursive: true })
    expect(faults()).toEqual([
      'config/feedwire.yaml: does not exist: expected it in the home HOME, which FEEDWIRE_HOME sets',
      'feeds: this folder does not exist: expected one file for each feed',
    ])
  })

  it('tell what cannot be read', () => {
    mkdirSync(join(home, 'feeds/folder.yaml'))
    symlinkSync('nowhere', join(home, 'feeds/dangling.yaml'))
    expect(faults()).toEqual(['feeds/dangling.yaml: does not exist', 'feeds/folder.yaml: is not a file'])
  })
})

describe('a source', () => {
  const folder = 'name: wire\nfolder: ../archive\n'
  for (const [what, yaml, fault] of [
    ['without a name', 'folder: ../archive', '5:5: sources[0].name is missing: expected a name'],
    [
      'with capitals in its name',
      folder.replace('wire', 'Wire'),
      '5:11: sources[0].name: expected a name of small letters a-z, digits and hyphens, found "Wire"',
    ],
    ['without folder and url', 'name: wire', '5:5: sources[0] has no folder, no url and no wire: expected one of them'],
    ['with both', `${folder}url: https://x.org/feed`, '7:5: sources[0] has a folder and a url: expected one of them'],
    [
      'with a folder and a wire',
      `${folder}wire: https://x.org/wire`,
      '7:5: sources[0] has a folder and a wire: expected one of them',
    ],
    [
      'whose wire is the address of a page',
      'name: a\nwire: https://x.org/wire?feed=a',
      '6:11: sources[0].wire: expected the address of a wire, such as https://other.example/wire, found "https://x.org/wire?feed=a"',
    ],
    [
      'with a format for its wire',
      'name: a\nwire: https://x.org/wire\nformat: ninjs',
      '7:13: sources[0].format: expected nothing here (another Feedwire tells it), found "ninjs"',
    ],
    [
      'with feeds for its folder',
      `${folder}feeds: [a]`,
      '7:12: sources[0].feeds: expected nothing here (only a source with a wire has it), found a list',
    ],
    ['that is a text', 'wire', '5:5: sources[0]: expected a mapping, found "wire"'],
    [
      'with a key of the other kind',
      'name: a\nurl: https://x.org/feed\nwatch: true',
      '7:12: sources[0].watch: expected nothing here (only a source with a folder has it), found boolean true',
    ],
    [
      'with headers for its folder',
      `${folder}headers: {}`,
      '7:14: sources[0].headers: expected nothing here (only a source with a url has it)',
    ],
    [
      'whose folder is a file',
      'name: wire\nfolder: feedwire.yaml',
      '6:13: sources[0].folder: HOME/config/feedwire.yaml is not a folder (expected a folder, relative to this file)',
    ],
    [
      'with one text for a list',
      `${folder}tail: Related`,
      '7:11: sources[0].tail: expected a list of texts, found "Related": write ["Related"]',
    ],
    [
      'with an empty text in a list',
      `${folder}tail: [Related, ""]`,
      '7:21: sources[0].tail[1]: expected a text that is not empty, found ""',
    ],
    [
      'with an unknown format',
      `${folder}format: markdwon`,
      expect.stringMatching(
        /^7:13: sources\[0\]\.format: expected one of auto, .*json-feed.*, found "markdwon": did you mean "markdown"\?$/,
      ),
    ],
    [
      'with a size that is none',
      `${folder}maxBytes: ten`,
      '7:15: sources[0].maxBytes: expected a size of at most 1GB such as 10MB, 500kB or a number of bytes, found "ten"',
    ],
    [
      'with no bytes at all',
      `${folder}maxBytes: 0`,
      '7:15: sources[0].maxBytes: expected a size of at most 1GB such as 10MB, 500kB or a number of bytes, found number 0',
    ],
    [
      'with a language that is none',
      `${folder}language: english_`,
      '7:15: sources[0].language: expected a language tag (BCP 47) such as en, pt-BR or ar, found "english_"',
    ],
    [
      'with a text for a switch',
      `${folder}watch: "yes"`,
      '7:12: sources[0].watch: expected true or false, found "yes"',
    ],
    [
      'with a pattern outside its folder',
      `${folder}include: ["../*"]`,
      '7:15: sources[0].include[0]: expected a pattern of paths below the folder such as "**/*.txt", found "../*"',
    ],
    [
      'with an address that is none',
      'name: a\nurl: ftp://x.org/feed',
      '6:10: sources[0].url: expected an absolute address that begins with https:// or http://',
    ],
  ])
    it(`is refused ${what}`, () => expect(faultsOfSource(yaml)).toEqual([fault]))

  it('may be the wire of another Feedwire', () => {
    const wire =
      'wire: https://other.example/wire\n    feeds: [world]\n    headers: { Authorization: "Bearer ${TOKEN}" }'
    write('config/feedwire.yaml', `${site}sources:\n  - name: parent\n    ${wire}\n    rights: ours\n`)
    expect(read({ TOKEN: 'hunter2' }).sources).toMatchObject([
      {
        name: 'parent',
        format: 'wire',
        wire: 'https://other.example/wire',
        feeds: ['world'],
        headers: { Authorization: 'Bearer hunter2' },
        private: false,
        rights: 'ours',
        maxBytes: 10_000_000,
        language: 'en',
      },
    ])
    const report = reportConfig(read({ TOKEN: 'hunter2' }))
    expect(report.sources).toEqual([{ name: 'parent', from: 'https://other.example', format: 'wire' }])
    expect(JSON.stringify(report)).not.toContain('hunter2')
  })

  for (const pattern of ['yyyy', 'dd/MM', 'foo', "dd/MM/yyyy 'h", 'D', 'nonsense', 'dd/MM/yyyy hh o clock'])
    it(`is refused with the date pattern ${pattern}`, () => {
      const [fault, ...more] = faultsOfSource(`${folder}dates: ["${pattern}"]`)
      expect(fault).toContain('7:13: sources[0].dates[0]: expected a date pattern of Luxon with year, month and day')
      expect(more).toEqual([])
    })

  it.each([
    ['dd/mm/yyyy hh:MM', 'MM is the month, mm minutes'],
    ['dd/mm/yyyy', 'MM is the month, mm minutes'],
    ['dd/mm/yyyy HH:mm', 'MM is the month, mm minutes'],
    ['dd/MM/yyyy HH:MM', 'MM is the month, mm minutes'],
    ['dd. MMMM yyyy HH:MM', 'MM is the month, mm minutes'],
    ['HH:MM dd.yyyy', 'MM is the month, mm minutes'],
    ['dd/MM/yyyy hh:mm', 'hh counts to twelve and needs an "a"'],
    ['d MMMM yyyy, h:mm', 'h counts to twelve and needs an "a"'],
    ['dd/MM/yyyy HHhmm', 'the hour stands there twice'],
    ['dd/dd/yyyy', 'the day stands there twice'],
    ['dd/MM/yy yyyy', 'the year stands there twice'],
    ['DD/MM/YYYY', 'yyyy is the year, dd the day'],
    ['dd/MM/yyyy HH:ss', 'mm is minutes, ss seconds'],
    ['MM/yyyy', 'no day is in it'],
    ['dd yyyy HH:mm', 'no month is in it'],
  ])('is refused with the date pattern %s, which cannot be meant', (pattern, remedy) => {
    const [fault, ...more] = faultsOfSource(`${folder}dates: ["d MMMM yyyy", "${pattern}"]`)
    expect(fault).toContain('sources[0].dates[1]: expected a date pattern of Luxon')
    expect(fault).toContain(remedy)
    expect(more).toEqual([])
  })

  it.each([
    'HH:mm dd.MM.yyyy',
    "yyyy-MM-dd'T'HH:mm:ssZZ",
    'yyyyMMdd',
    'EEEE, d. MMMM yyyy, H:mm',
    "MMMM d, yyyy 'at' h:mm a",
    'yyyy년 M월 d일 a h:mm',
    'yyyy-ooo',
    'dd/MM/yy HH:mm:ss.SSS',
  ])('may have the date pattern %s', pattern => {
    expect(faultsOfSource(`${folder}dates: ["${pattern}"]`)).toEqual([])
  })

  it('is refused with the name of another', () => {
    const other = '  - name: wire\n    folder: ../archive\n'
    expect(faultsOfSite(`${site}sources:\n${other}${other}`)).toEqual([
      'config/feedwire.yaml:7:11: sources[1].name: "wire" is already the name of the source in line 5',
    ])
  })

  for (const value of [
    '"Bearer " hunter2',
    '*hunter2',
    '!hunter2 x',
    '|hunter2',
    '"hunter2',
    '@hunter2',
    '[hunter2',
    '&hunter2 *b',
  ])
    it(`never shows the header ${value}, which is no YAML`, () => {
      const found = faultsOfSource(`name: a\nurl: https://x.org/feed\nheaders:\n  Authorization: ${value}`)
      expect(found).not.toEqual([])
      expect(found.join('')).not.toContain('hunter2')
    })

  it('never shows a header, whatever is wrong with it', () => {
    const url = 'name: a\nurl: https://x.org/feed\n'
    const environment = { BROKEN: 'hunter2\r\nX: y' }
    expect(
      faultsOfSource(`${url}headers: { Authorization: "hunter2 \${NOWHERE} \${NOT_THERE}" }`, environment),
    ).toEqual(['7:31: sources[0].headers.Authorization: not set in the environment: NOWHERE, NOT_THERE'])
    expect(faultsOfSource(`${url}headers: { Authorization: "\${BROKEN}" }`, environment)).toEqual([
      '7:31: sources[0].headers.Authorization: expected one line of Latin-1 text, as HTTP carries it',
    ])
    expect(faultsOfSource(`${url}headers: { Authorization: [hunter2], "b c": x }`)).toEqual([
      '7:31: sources[0].headers.Authorization: expected a text',
      '7:42: sources[0].headers.b c: expected the name of an HTTP header',
    ])
    expect(faultsOfSource('name: a\nurl: https://me:hunter2@x.org/feed').join('')).not.toContain('hunter2')
  })
})

describe('a folder that is not on this machine', () => {
  it('is no fault, since one that only serves need not have it; check tells it', () => {
    write('config/feedwire.yaml', `${site}sources:\n  - name: wire\n    folder: ../elsewhere\n`)
    expect(faults()).toEqual([])
    expect(reportConfig(read())).toMatchObject({ ok: true, sources: [{ name: 'wire' }] })
    expect(describeReport(reportConfig(read())).replaceAll(home, 'HOME')).toContain(
      '\nNote: config/feedwire.yaml:6:13: sources[0].folder: HOME/elsewhere does not exist here; collecting it will fail\n',
    )
  })
})

describe('a language', () => {
  for (const [written, canonical] of [
    ['en', 'en'],
    ['PT-br', 'pt-BR'],
    ['sr-latn-rs', 'sr-Latn-RS'],
    ['yue', 'yue'],
    ['eng', 'en'],
  ] as const)
    it(`may be written ${written}`, () => {
      write('config/feedwire.yaml', `${site}  language: ${written}\n`)
      expect(read().site.language).toBe(canonical)
    })

  // Each of these is a well-formed tag, or nearly.
  for (const written of ['english', 'jp', 'deutsch', 'pt_BR', 'x-mine', 'e'])
    it(`is not ${written}`, () =>
      expect(faultsOfSite(`${site}  language: ${written}\n`)).toEqual([
        `config/feedwire.yaml:4:13: site.language: expected a language tag (BCP 47) such as en, pt-BR or ar, found "${written}"`,
      ]))
})

describe('a feed', () => {
  for (const [what, yaml, fault] of [
    ['without a title', 'limit: 5', '1:1: title is missing: expected a text'],
    ['with an unknown key', 'title: A\ncontents: full', '2:1: unknown key "contents": did you mean "content"?'],
    [
      'with a key from elsewhere',
      'title: A\nfolder: x',
      '2:1: unknown key "folder": expected title, description, select, limit, content, media, access, language, image, icon, podcast, licence, formerly, gone',
    ],
    [
      'with an unknown choice',
      'title: A\naccess: partner',
      '2:9: access: expected one of public, partners, found "partner": did you mean "partners"?',
    ],
    ['with a limit in quotes', 'title: A\nlimit: "5"', '2:8: limit: expected a whole number from 1 to 1000, found "5"'],
    [
      'with too high a limit',
      'title: A\nlimit: 1001',
      '2:8: limit: expected a whole number from 1 to 1000, found number 1001',
    ],
    [
      'with one section for a list',
      'title: A\nselect:\n  sections: News',
      '3:13: select.sections: expected a list of texts, found "News": write ["News"]',
    ],
    [
      'with a kind of media that there is not',
      'title: A\nselect: { media: [audo] }',
      '2:19: select.media[0]: expected one of image, audio, video, found "audo": did you mean "audio"?',
    ],
    [
      'as a podcast without recordings',
      'title: A\nimage: https://a.example/a.png\npodcast: { author: A, category: News }',
      '1:1: select.media is missing: expected a list with audio or video, since episodes are recordings',
    ],
    [
      'as a podcast of pictures',
      'title: A\nimage: https://a.example/a.png\nselect: { media: [image] }\npodcast: { author: A, category: News }',
      '3:18: select.media: expected a list with audio or video, since episodes are recordings, found a list',
    ],
    [
      'as a podcast without a picture',
      'title: A\nselect: { media: [audio] }\npodcast: { author: A, category: News }',
      "3:10: podcast.image is missing: expected an image, here or as the feed's own",
    ],
    [
      'as a podcast of a category that Apple does not know below that one',
      'title: A\nselect: { media: [audio] }\npodcast: { author: A, category: News > Books, image: https://a.example/a.png }',
      '3:33: podcast.category: expected a category of Apple\'s such as "News" or "News > Daily News", found "News > Books"',
    ],
    [
      'as a podcast with an address that is none',
      'title: A\nselect: { media: [audio] }\npodcast: { author: A, category: News, image: https://a.example/a.png, email: desk@a }',
      '3:78: podcast.email: expected an e-mail address such as desk@example.com, found "desk@a"',
    ],
    [
      'as a podcast with an endless author',
      `title: A\nselect: { media: [audio] }\npodcast: { author: ${'a'.repeat(256)}, category: News, image: https://a.example/a.png }`,
      `3:20: podcast.author: expected a text of at most 255 characters, found "${'a'.repeat(60)}…"`,
    ],
    [
      'with a licence that says nothing',
      'title: A\nlicence: { permits: [] }',
      '2:10: licence: expected at least one of permits, prohibits, payment, standard, custom and terms, found a mapping',
    ],
    [
      'with a use that RSL does not know',
      'title: A\nlicence: { prohibits: [ai-training] }',
      '2:24: licence.prohibits[0]: expected one of all, ai-all, ai-train, ai-input, ai-index, search, found "ai-training"',
    ],
    [
      'with an unknown source',
      'title: A\nselect: { sources: [x] }',
      '2:21: select.sources: unknown source "x": config/feedwire.yaml has none',
    ],
    [
      'with its own name as an old one',
      'title: A\nformerly: [latest]',
      '2:12: formerly: "latest" is the feed\'s own name',
    ],
  ] as const)
    it(`is refused ${what}`, () => expect(faultsOfFeed(yaml)).toEqual([fault]))

  it('is refused with an old name that another has or had', () => {
    write('feeds/a.yaml', 'title: A\nformerly: [old]\n')
    write('feeds/b.yaml', 'title: B\nformerly:\n  - old\n  - a\n')
    expect(faults()).toEqual([
      'feeds/b.yaml:3:5: formerly: "old" is already an old name of feeds/a.yaml',
      'feeds/b.yaml:4:5: formerly: "a" is the name of feeds/a.yaml',
    ])
  })

  it('is asked to end in .yaml', () => {
    write('feeds/a.yml', 'title: A\n')
    expect(faults()).toEqual(['feeds/a.yml: rename it to a.yaml: the files of feeds end so'])
  })

  it('lies beside files that are none, of which check tells those that are not hidden', () => {
    write('feeds/README.md', '# Feeds\n')
    write('feeds/.a.yaml.swp', 'x')
    expect(read().feeds.map(({ name }) => name)).toEqual(['latest'])
    expect(describeReport(reportConfig(read()))).toContain(
      '\nNote: feeds/README.md: is ignored: the files of feeds end in .yaml\n',
    )
  })
})

const noParser = 'there is no parser for this format, so each input becomes a reject'

describe('what does not work yet', () => {
  it('is accepted, and noted with its place', () => {
    write(
      'config/feedwire.yaml',
      `${site}sources:
  - name: agency
    url: https://agency.example/feed
    format: ${laterFormats[0] ?? 'auto'}
  - name: wire
    folder: ../archive
    watch: true
    missing: kill
schedule: { prune: "0 0 * * *" }
keep: { wire: 1d }
`,
    )
    write('feeds/latest.yaml', 'title: A\naccess: partners\n')
    const { pending } = read({ FEEDWIRE_OPERATOR_TOKEN: 'hunter2' })
    expect(
      describeReport({ ...reportConfig(read()), pending })
        .split('\n')
        .filter(line => line.startsWith('Does')),
    ).toEqual([
      ...(laterFormats.length > 0 ? [`Does not work yet: config/feedwire.yaml:8:5: format: ${noParser}`] : []),
      'Does not work yet: environment: FEEDWIRE_OPERATOR_TOKEN: there is no console and no API',
    ])
  })

  it('is not noted where it is switched off', () => {
    const source = '  - name: wire\n    folder: ../archive\n    watch: false\n    missing: keep\n    format: auto\n'
    write('config/feedwire.yaml', `${site}sources:\n${source}    probe: false\n`)
    write('feeds/latest.yaml', 'title: A\naccess: public\n')
    expect(read().pending).toEqual([])
  })
})

describe('check', () => {
  it('counts and lists what it found, without secrets', () => {
    write(
      'config/feedwire.yaml',
      `${site}sources:\n  - name: wire\n    folder: ../archive\n  - name: b\n    url: https://x.org/feed?key=hunter2\n    headers: { A: hunter2 }\n`,
    )
    const text = describeReport(reportConfig(read())).replaceAll(home, 'HOME')
    expect(text.split('\n').slice(0, 7)).toEqual([
      'The configuration is good: 2 sources, 1 feed.',
      'Site: Example, http://127.0.0.1:8080',
      'Sources:',
      '  wire  HOME/archive (auto)',
      '  b     https://x.org (auto)',
      'Feeds:',
      '  latest  Latest',
    ])
    expect(JSON.stringify(reportConfig(read()))).not.toContain('hunter2')
  })

  it('prints every fault on its line, and how many there are', () => {
    const report = reportFaults([{ file: 'a.yaml', line: 1, column: 2, message: 'wrong' }])
    expect(describeReport(report)).toBe('a.yaml:1:2: wrong\n1 fault\n')
    expect(report).toMatchObject({ ok: false, sources: [], feeds: [] })
  })
})

import { Command, Option } from 'commander'
import { version } from '../version.ts'

/** A command's own file. It is loaded when the command is asked for, or its help. */
interface CommandModule {
  /** Gives a command its options and what it does. */
  add: (command: Command) => void
}

/** What `--help` says of a command, and where the rest is. */
interface Entry {
  /** Its name and its arguments, as commander reads them. */
  usage: string
  description: string
  load: () => Promise<CommandModule>
}

/** Every command, in the order of `--help`. */
const commands: readonly Entry[] = [
  {
    usage: 'start',
    description: 'everything in one go: worker, server and clock; a local Redis where REDIS_URL is unset',
    load: () => import('./start.ts'),
  },
  {
    usage: 'serve',
    description: 'answer requests; the editions come from a worker',
    load: () => import('./serve.ts'),
  },
  {
    usage: 'work',
    description: 'collect and publish: by the clock, and when nudged',
    load: () => import('./work.ts'),
  },
  {
    usage: 'collect [source]',
    description: 'one round now: read what is new or changed in every source, or in one',
    load: () => import('./collect.ts'),
  },
  {
    usage: 'republish [feeds...]',
    description: 'render editions again now, of all feeds or of those named',
    load: () => import('./republish.ts'),
  },
  {
    usage: 'prune',
    description: 'drop changes, earlier versions and texts that are no longer to be kept',
    load: () => import('./prune.ts'),
  },
  {
    usage: 'kill <uri>',
    description: 'take an article away everywhere, and keep it from coming back',
    load: () => import('./kill.ts'),
  },
  {
    usage: 'withhold <uri>',
    description: 'hide an article until it is released',
    load: () => import('./withhold.ts'),
  },
  {
    usage: 'release <uri>',
    description: 'show a withheld article again; a killed one comes back with the next collect',
    load: () => import('./release.ts'),
  },
  {
    usage: 'correct <uri>',
    description: "publish an editor's note with an article",
    load: () => import('./correct.ts'),
  },
  {
    usage: 'status',
    description: 'what was collected, published and refused, at a glance',
    load: () => import('./status.ts'),
  },
  {
    usage: 'feeds',
    description: 'the feeds, with their addresses',
    load: () => import('./feeds.ts'),
  },
  {
    usage: 'articles',
    description: 'the articles, in the order of their uris',
    load: () => import('./articles.ts'),
  },
  {
    usage: 'article <uri>',
    description:
      'one article, by its uri, by SOURCE-KEY, by the address of its page or by its own id; with --json as ninjs 3.1',
    load: () => import('./article.ts'),
  },
  {
    usage: 'rejects',
    description: 'inputs that could not become an article, and why; and what was read in spite of a fault',
    load: () => import('./rejects.ts'),
  },
  {
    usage: 'try <file>',
    description: 'what a file would become, and why, without storing it',
    load: () => import('./try.ts'),
  },
  {
    usage: 'wire',
    description: 'the last change of every article, in order',
    load: () => import('./wire.ts'),
  },
  {
    usage: 'export <dir>',
    description: 'write all public editions and pages as static files, with .gz and .br beside them',
    load: () => import('./export.ts'),
  },
  {
    usage: 'check',
    description: 'read the configuration and say every fault, without starting',
    load: () => import('./check.ts'),
  },
  {
    usage: 'partner',
    description: 'who has tokens, and for which feeds: add, set, token, revoke, remove, list, show',
    load: () => import('./partner.ts'),
  },
  {
    usage: 'takedown',
    description: 'who holds what was taken away, and who was told: list, show, confirm',
    load: () => import('./takedown.ts'),
  },
  {
    usage: 'audit',
    description: 'who was given what, how and when, and what operators did',
    load: () => import('./audit.ts'),
  },
]

export function createProgram(): Command {
  const program = new Command('feedwire')
    .description('Collects stored articles and publishes them as RSS 2.0, Atom 1.0 and JSON Feed 1.1.')
    .version(version)
    .option('--json', 'print one JSON document instead of text')
    .addOption(new Option('--no-fetch', 'never fetch a Redis where none is installed'))
    .exitOverride()
    .showHelpAfterError('(feedwire --help lists the commands)')
  const entries = new Map<Command, Entry>()
  for (const entry of commands) entries.set(program.command(entry.usage).description(entry.description), entry)
  // Before a command looks at its arguments, so that the others need not be loaded.
  return program.hook('preSubcommand', async (_program, command) => {
    const { add } = (await entries.get(command)?.load()) ?? {}
    add?.(command)
  })
}

import { Command, Option } from 'commander'
import { version } from '../version.ts'
import { addArticle } from './article.ts'
import { addArticles } from './articles.ts'
import { addCheck } from './check.ts'
import { addCollect } from './collect.ts'
import { addCorrect } from './correct.ts'
import { addExport } from './export.ts'
import { addFeeds } from './feeds.ts'
import { addKill } from './kill.ts'
import { addLater } from './later.ts'
import { addPrune } from './prune.ts'
import { addRejects } from './rejects.ts'
import { addRelease } from './release.ts'
import { addRepublish } from './republish.ts'
import { addServe } from './serve.ts'
import { addStart } from './start.ts'
import { addStatus } from './status.ts'
import { addWire } from './wire.ts'
import { addWithhold } from './withhold.ts'
import { addWork } from './work.ts'

/** Every command, in the order of `--help`. Each adds itself, with its arguments and what it does. */
const commands = [
  addStart,
  addServe,
  addWork,
  addCollect,
  addRepublish,
  addPrune,
  addKill,
  addWithhold,
  addRelease,
  addCorrect,
  addStatus,
  addFeeds,
  addArticles,
  addArticle,
  addRejects,
  addWire,
  addExport,
  addCheck,
  addLater,
]

export function createProgram(): Command {
  const program = new Command('feedwire')
    .description('Collects stored articles and publishes them as RSS 2.0, Atom 1.0 and JSON Feed 1.1.')
    .version(version)
    .option('--json', 'print one JSON document instead of text')
    .addOption(new Option('--no-fetch', 'never fetch a Redis where none is installed'))
    .exitOverride()
    .showHelpAfterError('(feedwire --help lists the commands)')
  for (const add of commands) add(program)
  return program
}

import type { Command } from 'commander'
import { AlreadySaid } from '../errors.ts'
import { recordAct } from '../operate/acts.ts'
import type { Paging } from '../operate/page.ts'
import {
  confirmTakedown,
  listTakedowns,
  showTakedown,
  type ShownTakedown,
  type Takedowns,
} from '../operate/takedowns.ts'
import { withApp } from './context.ts'
import { operator } from './operator.ts'
import { addPaging, describeMore } from './paging.ts'
import { print, table } from './print.ts'

/** Each action is a command of its own below `takedown`. */
export function add(takedown: Command): void {
  addList(takedown)
  takedown
    .command('show <uri>')
    .description('who holds it, and who was told: a report to print; exit code 1 while a holder is not told')
    .option('--json', 'print one JSON document instead of text')
    .action((name: string, _options, command: Command) =>
      withApp(command, async ({ config: { site }, store }) => {
        const shown = await showTakedown(name, { site, store })
        print(command, shown, () => describe(shown))
        if (shown.holders.some(({ state }) => state === 'pending')) throw new AlreadySaid(1)
      }),
    )
  takedown
    .command('confirm <uri>')
    .description('a holder has said, other than by the wire, that it is gone there')
    .requiredOption('--partner <name>', 'who')
    .option('--json', 'print one JSON document instead of text')
    .action((name: string, { partner }: { partner: string }, command: Command) =>
      withApp(command, async ({ config: { site }, store, clock }) => {
        const confirmed = await confirmTakedown(name, partner, { site, store, now: clock() })
        const shown = await showTakedown(name, { site, store })
        if (confirmed)
          await recordAct(
            { act: 'takedown confirm', about: shown.uri, after: partner },
            { store, now: clock(), operator: operator() },
          )
        print(command, shown, () =>
          confirmed ? `Noted: ${partner} has confirmed it.` : `${partner} had confirmed it before.`,
        )
      }),
    )
}

function addList(takedown: Command): void {
  const list = takedown
    .command('list')
    .description('what was taken away from those who hold it, newest first; exit code 1 while a holder is not told')
  addPaging(list, 'ID').action((paging: Paging, command: Command) =>
    withApp(command, async ({ config: { site }, store }) => {
      const document = await listTakedowns(paging, { site, store })
      print(command, document, () => describeList(document))
      if (document.takedowns.some(({ pending }) => pending > 0)) throw new AlreadySaid(1)
    }),
  )
}

function describeList({ takedowns, ...continuation }: Takedowns): string {
  const rows = takedowns.map(({ id, action, at, pending, told, confirmed, reason = '' }) => [
    id,
    action,
    at,
    pending,
    told,
    confirmed,
    reason,
  ])
  const head = ['takedown', '', 'at', 'not told', 'told', 'confirmed', 'reason']
  return table(head, rows, 'Nobody holds anything that was taken away.') + describeMore(continuation)
}

function describe({ uri, id, action, at, reason, holders }: ShownTakedown): string {
  const why = reason === undefined ? '' : `\n${reason}`
  const rows = holders.map(({ partner, version, state, at: since }) => [
    partner,
    version,
    state === 'pending' ? 'not told' : state,
    since,
  ])
  return `${uri}\n${id}: ${action} at ${at}${why}\n\n${table(['holder', 'version', '', 'since'], rows, 'No partner was ever given it.')}`
}

import { InvalidArgumentError, type Command } from 'commander'
import { instant, type Instant } from '../article.ts'
import { UsageError } from '../errors.ts'
import {
  addPartner,
  addToken,
  listPartners,
  removePartner,
  revokeToken,
  setPartner,
  showPartner,
  type GivenToken,
  type PartnerOptions,
  type ShownPartner,
} from '../operate/partners.ts'
import { withApp } from './context.ts'
import { momentOf } from './moment-of.ts'
import { operator } from './operator.ts'
import { print, table } from './print.ts'

interface Given {
  feeds?: string[]
  expires?: Instant
  rate?: number
  webhook?: string
}

/** Each action is a command of its own below `partner`. */
export function add(partner: Command): void {
  // Sorted by what an operator does first.
  addTo(partner)
  addSet(partner)
  addTokens(partner)
  action(partner, 'remove <name>', 'take a partner away, with all tokens').action(
    (name: string, _options, command: Command) =>
      run(command, async options => {
        await removePartner(name, options)
        print(
          command,
          { name, removed: true },
          () => `Partner ${name} is no longer: their tokens are refused everywhere.`,
        )
      }),
  )
  addLooks(partner)
}

function addTo(partner: Command): void {
  action(partner, 'add <name>', 'a new partner; prints the token, once')
    .requiredOption('--feeds <names>', 'the feeds that they may have, separated by commas', readNames)
    .option('--expires <date>', 'the token is good until then', readExpiry)
    .option('--rate <n/min>', 'requests a minute; a 304 counts a tenth', readRate)
    .option('--webhook <url>', 'where changes are pushed to (does not work yet)')
    .action((name: string, { webhook, ...settings }: Given, command: Command) => {
      refuseWebhook(webhook)
      return run(command, async options => {
        const given = await addPartner(name, settings, options)
        print(command, given, () => describeToken(given))
      })
    })
}

function addSet(partner: Command): void {
  action(partner, 'set <name>', 'give a partner other feeds, or another rate')
    .option('--feeds <names>', 'these feeds and no others', readNames)
    .option('--rate <n/min>', 'requests a minute', readRate)
    .option('--webhook <url>', 'where changes are pushed to (does not work yet)')
    .action((name: string, { webhook, ...settings }: Given, command: Command) => {
      refuseWebhook(webhook)
      if (settings.feeds === undefined && settings.rate === undefined)
        throw new UsageError('nothing is said that could be set: --feeds, --rate')
      return run(command, async options => {
        await setPartner(name, settings, options)
        const shown = await showPartner(name, options)
        print(command, shown, () => describe([shown]))
      })
    })
}

function addTokens(partner: Command): void {
  action(partner, 'token <name>', 'one more token for a partner; prints it, once')
    .option('--expires <date>', 'it is good until then', readExpiry)
    .action((name: string, { expires }: Given, command: Command) =>
      run(command, async options => {
        const given = await addToken(name, expires, options)
        print(command, given, () => describeToken(given))
      }),
    )
  action(partner, 'revoke <name>', 'take a token away, or all of them')
    .option('--token <id>', 'the one with this id, as partner show tells it')
    .action((name: string, { token }: { token?: string }, command: Command) =>
      run(command, async options => {
        const revoked = await revokeToken(name, token, options)
        const text = revoked.length === 0 ? `${name} had no token.` : `Revoked: ${revoked.join(', ')}.`
        print(command, { name, revoked }, () => text)
      }),
    )
}

function addLooks(partner: Command): void {
  action(partner, 'list', 'all partners').action((_options, command: Command) =>
    run(command, async options => {
      const partners = await listPartners(options)
      print(command, { partners }, () => describe(partners))
    }),
  )
  action(partner, 'show <name>', 'one partner with the tokens, which are named by their ids').action(
    (name: string, _options, command: Command) =>
      run(command, async options => {
        const shown = await showPartner(name, options)
        print(command, shown, () => `${describe([shown])}\n\n${describeTokens(shown)}`)
      }),
  )
}

function action(partner: Command, usage: string, description: string): Command {
  return partner.command(usage).description(description).option('--json', 'print one JSON document instead of text')
}

function run(command: Command, what: (options: PartnerOptions) => Promise<void>): Promise<void> {
  return withApp(command, async ({ store, clock, config }) => {
    const configured = config.feeds.filter(({ gone }) => !gone).map(({ name }) => name)
    await what({ store, now: clock(), configured, operator: operator() })
  })
}

function describeToken({ name, token, tokenId }: GivenToken): string {
  return `${token}\n\nThe token ${tokenId} of ${name}. It is shown this once, and kept nowhere.`
}

function describe(partners: readonly ShownPartner[]): string {
  const rows = partners.map(({ name, feeds, rate, tokens, created }) => {
    const used = tokens.flatMap(token => token.used ?? []).toSorted()
    const good = tokens.filter(({ isExpired }) => !isExpired).length
    return [name, feeds.join(' '), `${rate}/min`, good, used.at(-1) ?? 'never', created]
  })
  return table(['partner', 'feeds', 'rate', 'tokens', 'last used', 'since'], rows, 'There are no partners yet.')
}

function describeTokens({ tokens }: ShownPartner): string {
  const rows = tokens.map(({ id, created, expires, isExpired, used }) => {
    const end = expires === undefined ? 'never' : `${expires}${isExpired ? ' (expired)' : ''}`
    return [id, created, end, used ?? 'never']
  })
  return table(['token', 'since', 'expires', 'last used'], rows, 'No token: nobody can ask in their name.')
}

function refuseWebhook(webhook: string | undefined): void {
  if (webhook !== undefined) throw new UsageError('--webhook does not work yet in this version')
}

function readNames(text: string): string[] {
  const names = text.split(',').map(name => name.trim())
  if (names.some(name => !/^[a-z0-9-]+$/.test(name)))
    throw new InvalidArgumentError('expected names of feeds, separated by commas')
  return names
}

function readRate(text: string): number {
  const [, count] = /^(\d{1,6})(?:\/min)?$/.exec(text) ?? []
  if (count === undefined || Number(count) < 1) throw new InvalidArgumentError('expected requests a minute: 600/min')
  return Number(count)
}

function readExpiry(text: string): Instant {
  return instant(momentOf(text, '--expires'))
}

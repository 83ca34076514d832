import { isIPv6 } from 'node:net'
import { resolve } from 'node:path'
import type { Fault } from '../errors.ts'
import type { LogLevel } from '../log.ts'
import { describeAddressFault } from '../store/redis/address.ts'
import { didYouMean } from './nearest.ts'
import { isHost, parsePublicAddress } from './values.ts'

/** What the environment settles. */
export interface Settings {
  /** Absolute: the folder with `config/` and `feeds/`. */
  home: string
  /** Absolute: local state. */
  data: string
  /** Unset: a local Redis. */
  redis?: string
  host: string
  /** 0: the system chooses. */
  port: number
  /** `PUBLIC_URL`, without a slash at the end. */
  publicUrl?: string
  operatorToken?: string
  logLevel: LogLevel
}

/** Reads the variables of design section 5. Faults never show the value of one that may hold a secret. */
export function readEnvironment(environment: NodeJS.ProcessEnv, workingDirectory: string, faults: Fault[]): Settings {
  /** The value as `convert` makes it; of a malformed one `expected` says what it should be. */
  const read = <Value>(variable: string, expected: string, convert: (written: string) => Value | undefined) => {
    const written = environment[variable]
    if (written === undefined) return undefined
    const value = written === '' ? undefined : convert(written)
    const trouble = written === '' ? `is empty: expected ${expected}, or leave it unset` : `expected ${expected}`
    if (value === undefined) faults.push(environmentFault(variable, trouble))
    return value
  }
  const path = (written: string): string | undefined =>
    written.includes('\0') ? undefined : resolve(workingDirectory, written)
  const home = read('FEEDWIRE_HOME', 'the folder with config/ and feeds/', path) ?? workingDirectory
  const redis = readRedisUrl(environment.REDIS_URL, faults)
  const publicUrl = read(
    'PUBLIC_URL',
    'an address such as https://example.com, without query, fragment or login',
    parsePublicAddress,
  )
  const operatorToken = read('FEEDWIRE_OPERATOR_TOKEN', 'a token of visible ASCII characters, without spaces', asToken)
  return {
    home,
    data: read('FEEDWIRE_DATA', 'a folder for local state', path) ?? resolve(home, '.feedwire'),
    ...(redis !== undefined && { redis }),
    host: read('HOST', 'an IP address or a host name, without scheme and port', asHost) ?? '127.0.0.1',
    port: read('PORT', 'a whole number from 0 to 65535', asPort) ?? 8080,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(operatorToken !== undefined && { operatorToken }),
    logLevel: readLogLevel(environment.LOG_LEVEL, faults) ?? 'info',
  }
}

/** `http://HOST:PORT`; whoever listens everywhere is found at `localhost`. Undefined for port 0, which becomes known too late. */
export function localAddress({ host, port }: Pick<Settings, 'host' | 'port'>): string | undefined {
  if (port === 0) return undefined
  const reachable = host === '0.0.0.0' || /^[0:]+$/.test(host) ? 'localhost' : host
  return new URL(`http://${isIPv6(reachable) ? `[${reachable}]` : reachable}:${port}`).origin
}

export function environmentFault(variable: string, trouble: string): Fault {
  return { file: 'environment', message: `${variable}: ${trouble}` }
}

function readRedisUrl(written: string | undefined, faults: Fault[]): string | undefined {
  if (written === undefined) return undefined
  const trouble = describeAddressFault(written)
  if (trouble === undefined) return written
  faults.push(environmentFault('REDIS_URL', trouble))
  return undefined
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const satisfies LogLevel[]

function readLogLevel(written: string | undefined, faults: Fault[]): LogLevel | undefined {
  const level = logLevels.find(known => known === written)
  if (level === undefined && written !== undefined) {
    const advice = didYouMean(written, logLevels) || `, found ${JSON.stringify(written.slice(0, 60))}`
    faults.push(environmentFault('LOG_LEVEL', `expected one of ${logLevels.join(', ')}${advice}`))
  }
  return level
}

function asToken(written: string): string | undefined {
  return /^[\x21-\x7e]{1,1000}$/.test(written) ? written : undefined
}

function asHost(written: string): string | undefined {
  return isHost(written) ? written : undefined
}

function asPort(written: string): number | undefined {
  return /^\d{1,5}$/.test(written) && Number(written) <= 65_535 ? Number(written) : undefined
}

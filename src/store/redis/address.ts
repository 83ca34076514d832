import { isAbsolute } from 'node:path'

interface Node {
  host: string
  port: number
}

interface Login {
  username?: string
  password?: string
}

/** Where Redis is, as `REDIS_URL` says it, taken apart. */
export type Address =
  | ({ kind: 'server'; tls: boolean; db: number } & Node & Login)
  | ({ kind: 'sentinel'; nodes: readonly Node[]; name: string; db: number } & Login)
  | ({ kind: 'cluster'; nodes: readonly Node[] } & Login)
  | { kind: 'socket'; path: string }

const expected =
  'expected redis://HOST:PORT, rediss://HOST:PORT, redis-cluster://HOST:PORT,HOST:PORT or redis-sentinel://HOST:PORT,HOST:PORT/NAME'

/** What is wrong with the text as an address, in words that never hold a part of it: it may be a password. Undefined: nothing. */
export function describeAddressFault(text: string): string | undefined {
  const address = parseAddress(text)
  return typeof address === 'string' ? address : undefined
}

/**
 * `redis[s]://[[USER:]PASSWORD@]HOST[:PORT][/DB]` as registered with IANA, with a colon in front of a lone password;
 * several hosts for Cluster and Sentinel, whose path is `NAME[/DB]`; or the absolute path of a unix socket.
 * Text that is none of these gives the fault in words.
 */
export function parseAddress(text: string): Address | string {
  if (isAbsolute(text)) return { kind: 'socket', path: text }
  const [, scheme, userinfo, hosts = '', path = ''] =
    /^(redis|rediss|redis-cluster|redis-sentinel):\/\/(?:([^/]*)@)?([^@/?#]*)(?:\/([^?#]*))?$/.exec(text) ?? []
  if (scheme === undefined) return expected
  const login = parseLogin(userinfo)
  if (typeof login === 'string') return login
  const nodes = hosts.split(',').map(host => parseNode(host, scheme === 'redis-sentinel' ? 26379 : 6379))
  const [first] = nodes
  if (first === undefined || !nodes.every(node => node !== undefined)) return `a host or port is not valid: ${expected}`
  if (scheme === 'redis-cluster')
    return path === '' ? { kind: 'cluster', nodes, ...login } : 'a cluster has no databases'
  if (scheme === 'redis-sentinel') return parseSentinel(nodes, path, login)
  if (nodes.length > 1) return `several hosts need redis-cluster:// or redis-sentinel://`
  const db = parseDatabase(path)
  return db === undefined ? badDatabase : { kind: 'server', tls: scheme === 'rediss', ...first, db, ...login }
}

function parseSentinel(nodes: readonly Node[], path: string, login: Login): Address | string {
  const [, name, database = ''] = /^([^/]+)(?:\/([^/]*))?$/.exec(path) ?? []
  if (name === undefined) return 'the name of the master is missing: expected redis-sentinel://HOST:PORT,HOST:PORT/NAME'
  const db = parseDatabase(database)
  return db === undefined ? badDatabase : { kind: 'sentinel', nodes, name, db, ...login }
}

function parseLogin(userinfo: string | undefined): Login | string {
  if (userinfo === undefined || userinfo === '') return {}
  const [, username = '', password] = /^([^:]*)(?::(.*))?$/s.exec(userinfo) ?? []
  if (password === undefined) return 'a password is missing: expected USER:PASSWORD@, or :PASSWORD@ without a user'
  try {
    return {
      ...(username !== '' && { username: decodeURIComponent(username) }),
      password: decodeURIComponent(password),
    }
  } catch {
    return 'user or password is not percent-encoded: write a % as %25'
  }
}

function parseNode(text: string, defaultPort: number): Node | undefined {
  const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(text) ?? []
  const host = bracketed ?? plain
  const number = port === undefined ? defaultPort : Number(port)
  return host !== undefined && number >= 1 && number <= 65535 ? { host, port: number } : undefined
}

const badDatabase = 'the database is not valid: expected a whole number after the last /'

function parseDatabase(text: string): number | undefined {
  return /^\d{0,5}$/.test(text) ? Number(text) : undefined
}

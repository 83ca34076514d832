import type { Ref } from '../article.ts'
import type { WireAction } from './commits.ts'
import type { RedisClient } from './redis/connect.ts'
import { keys } from './keys.ts'

/** One line of the log of changes. */
export interface WireEntry {
  position: number
  action: WireAction
  ref: Ref
  version: number
  /** Under which the content of that version is kept. */
  body: string
  /** When it was committed, in milliseconds since 1970. */
  at: number
}

/** A cursor is `EPOCH-POSITION`: positions of another epoch, before a restore, mean nothing here. */
export function encodeCursor(epoch: string, position: number): string {
  return `${epoch}-${position}`
}

/** Undefined for text that is no cursor. */
export function decodeCursor(text: string): { epoch: string; position: number } | undefined {
  const found = /^([0-9a-z]{1,40})-(\d{1,15})$/.exec(text)
  return found ? { epoch: found[1]!, position: Number(found[2]) } : undefined
}

/** The ordered, append-only log of every change to an article. */
export class Wire {
  readonly #redis: RedisClient

  constructor(redis: RedisClient) {
    this.#redis = redis
  }

  async epoch(): Promise<string> {
    return (await this.#redis.get(keys.epoch)) ?? ''
  }

  /** The newest position; 0 for an empty wire. */
  async position(): Promise<number> {
    return Number((await this.#redis.get(keys.position)) ?? 0)
  }

  /** Changes after a position, in order. */
  async after(position: number, limit: number): Promise<WireEntry[]> {
    const entries = await this.#redis.xrange(keys.log, `(${position}-0`, '+', 'COUNT', limit)
    return entries.map(([id, fields]) => {
      const value = Object.fromEntries(fields.flatMap((name, i) => (i % 2 === 0 ? [[name, fields[i + 1]!]] : [])))
      return {
        position: Number.parseInt(id, 10),
        action: value['action'] as WireAction,
        ref: value['ref']!,
        version: Number(value['version']),
        body: value['body']!,
        at: Number(value['at']),
      }
    })
  }
}

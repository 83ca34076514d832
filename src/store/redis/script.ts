import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { RedisClient } from './connect.ts'

/** A Lua script of `lua/`: sent whole the first time, by its hash after that. */
export class Script {
  readonly #text: string
  readonly #hash: string

  /** Of several files: one after the other, as one script. */
  constructor(...names: string[]) {
    this.#text = names.map(name => readFileSync(new URL(`../lua/${name}.lua`, import.meta.url), 'utf8')).join('')
    this.#hash = createHash('sha1').update(this.#text).digest('hex')
  }

  /** The keys say in which slot of a Cluster it runs; every key that the script uses lies there. */
  async run(
    redis: RedisClient,
    key: string | readonly string[],
    args: readonly (string | number | Buffer)[],
  ): Promise<unknown> {
    const all = [key].flat()
    try {
      return await redis.evalsha(this.#hash, all.length, ...all, ...args)
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error
      return await redis.eval(this.#text, all.length, ...all, ...args)
    }
  }
}

import { refOf, uriOf, type Ref } from '../../../src/article.ts'
import { openNewsroom, type HomeOptions, type Newsroom } from '../../newsroom.ts'
import { serveWire, type WireServer } from '../../serve/wire/wire-server.ts'

/** A newsroom whose wire another one follows, over HTTP. */
export interface Chain extends AsyncDisposable {
  parent: Newsroom
  server: WireServer
  child: Newsroom
  /** A round of the parent's own source, and one of the child's that follows it. */
  round: () => Promise<Record<string, number>>
}

export interface ChainOptions {
  parent?: HomeOptions & { ownRedis?: boolean }
  child?: HomeOptions & { ownRedis?: boolean }
  /** Settings of the child's source, besides its address. */
  source?: Record<string, unknown> | ((parent: Newsroom) => Promise<Record<string, unknown>>)
}

export const childAuthority = 'child.example,2024'

export async function openChain({ parent: ofParent, child: ofChild, source }: ChainOptions = {}): Promise<Chain> {
  const parent = await openNewsroom(ofParent)
  await parent.app.collect('desk')
  const server = await serveWire(parent.app)
  const follows = {
    name: 'parent',
    wire: `${server.url}/wire`,
    private: true,
    ...(typeof source === 'function' ? await source(parent) : source),
  }
  const site = { authority: childAuthority, ...ofChild?.site }
  const child = await openNewsroom({ ...ofChild, site, sources: [follows, ...(ofChild?.sources ?? [])] })
  return {
    parent,
    server,
    child,
    async round() {
      await parent.app.collect('desk')
      return { ...(await child.app.collect('parent')) }
    },
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
      await parent[Symbol.asyncDispose]()
    },
  }
}

/** What stands of each article: the parent's by its uri, the child's by the uri of the parent's. `VERSION STATUS NOTE`. */
export async function standing({ app }: Newsroom, source = 'desk'): Promise<Record<string, string>> {
  const heads = await app.store.articles.list({ limit: 1000 })
  return Object.fromEntries(
    heads
      .filter(head => head.source === source)
      .map(head => {
        const name = source === 'desk' ? uriOf(app.config.site.authority, refOf(head)) : (head.ownId ?? '')
        return [name, [head.version, head.pubStatus, head.note].filter(word => word !== undefined).join(' ')]
      }),
  )
}

/** The child's article that stands for one of the parent's. */
export async function childOf({ child, parent }: Pick<Chain, 'child' | 'parent'>, ref: Ref): Promise<Ref> {
  const uri = uriOf(parent.app.config.site.authority, ref)
  const heads = await child.app.store.articles.list({ limit: 1000 })
  const head = heads.find(({ ownId }) => ownId === uri)
  if (head === undefined) throw new Error(`${uri} is not there`)
  return refOf(head)
}

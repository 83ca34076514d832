import { open, readFile, rename } from 'node:fs/promises'

/** What the folder holds of one document. */
export interface Kept {
  /** As in `StaticFile`; '' for one that was only about to be written. */
  recipe: string
  hash: string
  /** Whole seconds since 1970: the time of each of its files. */
  modified: number
  /** Bytes of its files, in the order identity, gzip, br; identity alone where it has no codings. */
  sizes: readonly number[]
}

/** The documents that exports have written into a folder: nothing else there is ever removed. */
export interface Manifest {
  /** Of the store that they came from. */
  epoch: string
  kept: Map<string, Kept>
}

const heading = 'feedwire-export 1'

/** Every path of an export: folders and a file of plain names, none of them hidden. */
const goodPath = /^(?:[a-z0-9-]+\/){0,3}[a-z0-9-]+(?:\.[a-z]+)+$/

/** Undefined where there is none. Throws where it is none of ours: what it names might be anything. */
export async function readManifest(path: string): Promise<Manifest | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text === undefined) return undefined
  const [first = '', ...lines] = text.split('\n')
  const [found, epoch] = first.split('\t')
  const entries = lines.filter(line => line !== '').map(readLine)
  if (found !== heading || epoch === undefined || entries.includes(undefined))
    throw new Error(`${path} is damaged: give an empty folder, or remove this one`)
  return { epoch, kept: new Map(entries.filter(entry => entry !== undefined)) }
}

function readLine(line: string): [string, Kept] | undefined {
  const [path = '', recipe = '', hash = '', modified = '', ...sizes] = line.split('\t')
  return goodPath.test(path)
    ? [path, { recipe, hash, modified: Number(modified), sizes: sizes.map(Number) }]
    : undefined
}

/** In place as a whole, and on disk, when it returns: what it does not name after a power cut would stay for ever. */
export async function writeManifest(path: string, { epoch, kept }: Manifest): Promise<void> {
  const lines = [...kept].map(([name, { recipe, hash, modified, sizes }]) =>
    [name, recipe, hash, modified, ...sizes].join('\t'),
  )
  const file = await open(`${path}.tmp`, 'w')
  try {
    await file.writeFile([`${heading}\t${epoch}`, ...lines, ''].join('\n'))
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(`${path}.tmp`, path)
}

/** Throws for a path that could lead out of the folder: names come from configurations and keys, and stay what they are. */
export function checkPath(path: string): string {
  if (!goodPath.test(path)) throw new Error(`“${path}” is no path of an export`)
  return path
}

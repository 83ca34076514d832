import { createHash } from 'node:crypto'
import { lstat, mkdir, realpath, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A socket's path has at most 107 bytes on Linux and 103 on macOS (`sun_path`). */
const longest = 100

/**
 * Where the local Redis of a folder listens: in the folder, or, if that path is too long, in a folder of the temporary folder,
 * named by a hash of it. The folder must exist; its real path counts, so that every way to it leads to the same socket.
 */
export async function localSocket(folder: string): Promise<string> {
  const real = await realpath(folder)
  const near = join(real, 'redis.sock')
  if (Buffer.byteLength(near) <= longest) return near
  const far = join(tmpdir(), `feedwire-${createHash('sha256').update(real).digest('hex').slice(0, 16)}`)
  await mkdir(far, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  // Anybody may write into the temporary folder: one that somebody else made could hold somebody else's server.
  const { uid, mode } = await lstat(far)
  const owner = (await stat(real)).uid
  if (uid !== owner || (mode & 0o170077) !== 0o040000)
    throw new Error(`${far} is not a private folder of the owner of ${folder}`)
  return join(far, 'redis.sock')
}

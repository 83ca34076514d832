import { chmod, lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Takes a folder and all below it from everybody but its owner, whatever it was like before: 0700 and 0600, or 0700 for what
 * can be run. Links are left alone, and what lies behind them. Returns what could not be changed, by its path.
 */
export async function makePrivate(path: string): Promise<string[]> {
  try {
    const found = await lstat(path)
    if (found.isSymbolicLink()) return []
    if ((found.mode & 0o077) !== 0) await chmod(path, found.mode & 0o700)
    if (!found.isDirectory()) return []
    const failed: string[] = []
    for (const name of await readdir(path)) failed.push(...(await makePrivate(join(path, name))))
    return failed
  } catch (error) {
    // It has just gone, or was never there.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    return [path]
  }
}

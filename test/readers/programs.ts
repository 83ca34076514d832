import { execFile, execFileSync } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Where everything must be tried, a reader that is not installed is a fault; elsewhere its tests are left out. */
export const mustRun = process.env['CI'] !== undefined

/** Does the program answer? */
export function answers(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What it prints. Rejects when it fails, or takes longer than a minute. */
export async function run(
  program: string,
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<string> {
  const env = { PATH: process.env['PATH'], LANG: 'C.UTF-8', ...environment }
  const { stdout } = await execute(program, args, { env, timeout: 60_000, maxBuffer: 64 << 20 })
  return stdout
}

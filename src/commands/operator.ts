import { userInfo } from 'node:os'

/** Who acts by the command line, for the audit. */
export function operator(): string {
  try {
    return `${userInfo().username}, command line`
  } catch {
    // In a container a user may have no name.
    return `user ${process.getuid?.() ?? '?'}, command line`
  }
}

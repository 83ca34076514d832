/** Milliseconds within which signals count as one: Ctrl-C reaches a process from the terminal, from npm and from `start`. */
const together = 1000

/**
 * Aborted when this process is to end: by SIGTERM or SIGINT, or because the process that started it is gone. A later
 * second signal ends it at once.
 */
export function endOfProcess(): AbortSignal {
  const ending = new AbortController()
  let first: number | undefined
  const end = () => {
    first ??= performance.now()
    if (performance.now() - first > together) process.exit(130)
    ending.abort()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // It may be gone already; a process that was started by nobody of ours has no channel.
  if (process.send !== undefined && !process.connected) ending.abort()
  process.once('disconnect', () => ending.abort())
  return ending.signal
}

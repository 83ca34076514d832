/**
 * Aborted when this process is to end: by SIGTERM or SIGINT, or because the process that started it is gone. The
 * second signal ends it at once.
 */
export function endOfProcess(): AbortSignal {
  const ending = new AbortController()
  const end = () => {
    if (ending.signal.aborted) process.exit(130)
    ending.abort()
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  // It may be gone already; a process that was started by nobody of ours has no channel.
  if (process.connected === false) ending.abort()
  process.once('disconnect', () => ending.abort())
  return ending.signal
}

import { pino, destination, type Logger } from 'pino'

export type { Logger }
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** One JSON line per outcome on standard error: ids and counts, never bodies, never secrets. */
export function createLog(level: LogLevel, process: string): Logger {
  return pino({ level, base: { process }, timestamp: () => `,"time":"${new Date().toISOString()}"` }, destination(2))
}

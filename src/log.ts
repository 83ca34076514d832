import { pino, destination, type LevelWithSilent, type Logger } from 'pino'

export type { Logger }
export type LogLevel = LevelWithSilent

/** One JSON line per outcome on standard error: ids and counts, never bodies, never secrets. */
export function createLog(level: LogLevel, process: string): Logger {
  return pino({ level, base: { process }, timestamp: () => `,"time":"${new Date().toISOString()}"` }, destination(2))
}

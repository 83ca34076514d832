import type { Logger } from './log.ts'

/**
 * What came of things that are done again and again, in the log: one line when something begins to fail, or fails for
 * another reason, one when it is well again, and none in between, however often it is tried.
 */
export class Outcomes {
  readonly #log: Logger
  /** What was said last, by what fails. */
  readonly #failing = new Map<string, string>()

  constructor(log: Logger) {
    this.#log = log
  }

  /** `what` names the thing among all of this process; `message` and `fields` are the line's. */
  failed(what: string, message: string, fields: { reason?: string; [field: string]: unknown } = {}): void {
    const said = `${message}\n${fields.reason ?? ''}`
    const known = this.#failing.get(what) === said
    this.#failing.set(what, said)
    this.#log[known ? 'debug' : 'error'](fields, message)
  }

  /** Says so only where it had failed before. */
  succeeded(what: string, message: string, fields: Record<string, unknown> = {}): void {
    if (this.#failing.delete(what)) this.#log.info(fields, message)
  }
}

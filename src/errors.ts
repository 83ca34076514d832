/** An input cannot become an article: collect sets it aside as a reject, and goes on. `message` is a sentence for the operator. */
export class Unusable extends Error {
  override name = 'Unusable'
  constructor(
    message: string,
    /** Counted from 1, where the input has lines. */
    readonly line?: number,
  ) {
    super(message)
  }
}

/** The text of an article is not in the store: the article is left out, and the feed goes on. */
export class TextLost extends Error {
  override name = 'TextLost'
}

/** What was asked for cannot be done as asked (unknown feed or uri, wrong option): exit code 2, without a stack. */
export class UsageError extends Error {
  override name = 'UsageError'
}

/** The command has said what is wrong already: it ends with this exit code, without another word. */
export class AlreadySaid extends Error {
  override name = 'AlreadySaid'
  constructor(readonly exitCode: 1 | 2 | 130 = 2) {
    super()
  }
}

/** A fault in the configuration, with the place where it stands. */
export interface Fault {
  /** Path as the operator would type it, or `environment`. */
  file: string
  line?: number
  column?: number
  message: string
}

/** The configuration cannot be used. Carries every fault at once: exit code 2. */
export class ConfigError extends Error {
  override name = 'ConfigError'
  constructor(readonly faults: readonly Fault[]) {
    super(faults.map(describeFault).join('\n'))
  }
}

/** `file:line:column: message`, as compilers print it. */
export function describeFault({ file, line, column, message }: Fault): string {
  return `${[file, line, column].filter(part => part !== undefined).join(':')}: ${message}`
}

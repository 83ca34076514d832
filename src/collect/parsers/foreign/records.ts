const isBlank = (line: string) => line.trim() === ''

/** How many of these lines are such. */
function shareOf(lines: readonly string[], is: (line: string) => boolean): number {
  return lines.length === 0 ? 0 : lines.filter(is).length / lines.length
}

/** Records with the same number of fields, below their names: in prose commas stand before a space, and not as many in each line. */
export function isTable(lines: readonly string[]): boolean {
  const start = /^sep=.$/.test(lines[0] ?? '') ? 1 : 0
  return ['\t', ';', ',', '|'].some(separator => isSeparated(lines.slice(start), separator))
}

function isSeparated(lines: readonly string[], separator: string): boolean {
  const head = lines[0] ?? ''
  if (!head.includes(separator) || head.length > 5000) return false
  const [names = [], ...records] = recordsOf(lines, separator)
  const least = separator === '\t' ? 2 : 3
  const isNamed = names.length >= least && names.every(name => isName(name)) && new Set(names).size === names.length
  const whole = records.filter(({ length }) => length === names.length)
  return isNamed && records.length > 0 && whole.length >= 0.9 * records.length
}

/** `published_at`, `Date of birth`, `標題`: and no part of a sentence, which would begin with the space behind its comma. */
function isName(name: string): boolean {
  return /^(?! )[\p{L}\p{N}\p{M}_ .#%()/-]{1,40}$/u.test(name) && name.split(' ').length <= 4 && !/[.] ?$/.test(name)
}

/** As RFC 4180 has it: a field in quotes may hold separators and lines. A last record that is cut is left out. */
function recordsOf(lines: readonly string[], separator: string): string[][] {
  const records: string[][] = []
  let open: string | undefined
  let fields: string[] = []
  for (const line of lines) {
    if (open === undefined && isBlank(line)) continue
    for (const [index, part] of line.split(separator).entries()) {
      const joined: string = open === undefined ? part : open + (index === 0 ? '\n' : separator) + part
      const quotes = /^\s?"/.test(joined) ? (joined.match(/"/g)?.length ?? 0) : 0
      if (quotes % 2 === 1 && joined.length < 20_000) open = joined
      else {
        fields.push(joined.replace(/^\s?"|"$/g, ''))
        open = undefined
      }
    }
    if (open === undefined) {
      records.push(fields)
      fields = []
    }
  }
  return records
}

const level = String.raw`(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL)`
const logLine = new RegExp(
  [
    // 2024-05-17 10:30:00,123 ..., [17/May/2024:10:30:00 +0000] ..., 1715942400.123
    String.raw`^\[?\d{4}[-/]\d\d[-/]\d\d[T ]\d\d:\d\d:\d\d`,
    // Syslog (RFC 3164)
    String.raw`^(?:<\d{1,3}>)?[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ \S{1,80}:`,
    // Web servers' common format
    String.raw`^\S{1,60} \S{1,60} \S{1,60} \[\d\d/[A-Z][a-z]{2}/\d{4}:`,
    String.raw`^\[?${level}\]?[:\s]`,
    String.raw`^\[[A-Z][a-z]{2} [A-Z][a-z]{2} \d\d \d\d:\d\d:\d\d`,
  ].join('|'),
)

export function isLog(lines: readonly string[]): boolean {
  if (!lines.slice(0, 10).some(line => logLine.test(line))) return false
  const written = lines.filter(line => !isBlank(line) && !/^\s+(?:at |\.{3}|Caused by)/.test(line))
  return written.length > 2 && logLine.test(written[0] ?? '') && shareOf(written, line => logLine.test(line)) > 0.7
}

/** As the common programs export it: a moment and a name before what each one says. */
const chatLine =
  /^(?:\[\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?[AaPp]\.?[Mm]\.?)?\] |\d{1,4}[./-]\d{1,2}[./-]\d{2,4},? \d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)? - )[^:\n]{1,60}: /

export function isChat(lines: readonly string[]): boolean {
  if (!lines.slice(0, 10).some(line => chatLine.test(line))) return false
  const written = lines.filter(line => !isBlank(line))
  return written.filter(line => chatLine.test(line)).length > 2 && written.slice(0, 3).some(line => chatLine.test(line))
}

const section = /^\s*\[\[?[\w. "'/:@-]{1,80}\]?\]\s*$/
const setting = /^\s*(?:export )?["']?[A-Za-z_$][\w.$/-]{0,80}["']?\s*(?:=(?!=)|:(?=\s|$))/
const comment = /^\s*(?:[#;!]|\/\/)/
const item = /^\s*- \S/

/** INI, TOML, YAML, properties, environments: each line sets something. */
export function isSettings(lines: readonly string[]): boolean {
  const written = lines.filter(line => !isBlank(line) && line !== '---' && line !== '...')
  const first = written.find(line => !comment.test(line)) ?? ''
  if (!section.test(first) && !setting.test(first)) return false
  const set = written.filter(line => setting.test(line))
  const titled = set.some(line => /^\s*title\s*[:=]/i.test(line)) && !lines.some(line => section.test(line))
  const isAny = (line: string) => section.test(line) || setting.test(line) || comment.test(line) || item.test(line)
  // With a text of several words for each, it may be an interview.
  const prose = set.filter(line => line.split(/\s+/).length > 12)
  return set.length > 2 && !titled && prose.length < 0.3 * set.length && shareOf(written, isAny) > 0.9
}

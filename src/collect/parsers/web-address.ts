/**
 * An address of the web, absolute: as written where it is, else against `base`, which may be absent. Undefined where that cannot be, or
 * for another scheme. For reading alone: what an article keeps is checked once more.
 */
export function webAddress(written: string | undefined, base?: string): string | undefined {
  const trimmed = written?.trim() ?? ''
  if (trimmed === '' || trimmed.length > 10_000 || !URL.canParse(trimmed, base)) return undefined
  const { protocol, href } = new URL(trimmed, base)
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  return /^https?:\/\//i.test(trimmed) ? trimmed : href
}

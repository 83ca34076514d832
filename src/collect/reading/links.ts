const schemes = { link: ['http:', 'https:', 'mailto:'], web: ['http:', 'https:'] } as const

/** Scheme and host, and nothing that could end an attribute or that browsers read in another way. */
const unambiguous = /^https?:\/\/[^\s<>"\\\p{C}]+$/iu

/**
 * The absolute form of an address as written in an article: byte for byte where it is absolute already, else resolved against `base`.
 * Undefined where it is relative and there is no base, or its scheme is none for links (`link`) or for pages and media (`web`).
 */
export function absoluteUrl(
  written: string | undefined,
  kind: keyof typeof schemes,
  base?: string,
): string | undefined {
  if (written === undefined || written.length > 10_000) return undefined
  const trimmed = written.trim()
  if (trimmed === '' || !URL.canParse(trimmed, base)) return undefined
  const url = new URL(trimmed, base)
  if (!schemes[kind].some(scheme => scheme === url.protocol)) return undefined
  return unambiguous.test(trimmed) ? trimmed : url.href
}

/** Is an address one that only a base makes whole: a path, not an anchor, a scheme of its own or nothing? */
export function isRelative(written: string | undefined): boolean {
  const trimmed = written?.slice(0, 10_000).trim() ?? ''
  return trimmed !== '' && !/^(?:#|\?$|[a-z][a-z\d+.-]*:)/i.test(trimmed)
}

/** The keys by which shared caches forget an answer; some read them from one field (Fastly, Varnish) and some from the other (Cloudflare). */
export function purgeKeys(...keys: readonly string[]): Readonly<Record<string, string>> {
  return { 'Surrogate-Key': keys.join(' '), 'Cache-Tag': keys.join(',') }
}

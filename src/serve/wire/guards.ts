/** What every answer of the wire says: it is for programs everywhere, for the one who asked, and no page. */
export const guards: Readonly<Record<string, string>> = {
  'Cache-Control': 'no-store',
  'Access-Control-Allow-Origin': '*',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

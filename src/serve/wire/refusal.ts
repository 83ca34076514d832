import { STATUS_CODES, type ServerResponse } from 'node:http'
import { Refused } from '../../wire/refused.ts'

/** What an error of the wire says: a problem (RFC 9457). */
interface Refusal {
  status: number
  detail: string
  /** Members of its own. */
  more?: Record<string, string>
  headers?: Record<string, string>
}

/**
 * Answers with what was refused, and why. `restart`: where whoever has a cursor that is lost begins anew. Of anything else that went wrong the
 * client learns that it may come again.
 */
export function sendRefusal(
  response: ServerResponse,
  error: unknown,
  { restart, hasToken }: { restart: string; hasToken: boolean },
): void {
  const { status, detail, more, headers } = describe(error, restart, hasToken)
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail, ...more }
  response
    .writeHead(status, {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      'Access-Control-Allow-Origin': '*',
      ...headers,
    })
    .end(JSON.stringify(problem))
}

function describe(error: unknown, restart: string, hasToken: boolean): Refusal {
  if (!(error instanceof Refused))
    return { status: 503, detail: 'The wire cannot be told right now.', headers: { 'Retry-After': '5' } }
  const { why, message: detail, parameter } = error
  if (why === 'lost') return { status: 410, detail, more: { restart } }
  if (why === 'parameter') return { status: 400, detail, ...(parameter !== undefined && { more: { parameter } }) }
  // Where a token could help, it is not told what there is.
  if (why === 'token' || !hasToken)
    return { status: 401, detail: 'This is for partners.', headers: { 'WWW-Authenticate': 'Bearer' } }
  return { status: 404, detail }
}

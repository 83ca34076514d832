import { STATUS_CODES, type ServerResponse } from 'node:http'
import { Refused } from '../../wire/refused.ts'
import type { Answer } from '../http/answers.ts'
import { guards } from './guards.ts'

/** What an error of the wire says: a problem (RFC 9457). */
interface Refusal {
  status: number
  detail: string
  /** Members of its own. */
  more?: Record<string, string>
  headers?: Readonly<Record<string, string>>
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
  sendProblem(response, describe(error, restart, hasToken))
}

/** What is answered elsewhere by a sentence, with the headers that say more than how it is written. */
export function sendAsProblem(response: ServerResponse, { status, headers, body }: Answer): void {
  const kept: Record<string, string> = {}
  for (let at = 0; at < headers.length; at += 2)
    if (!headers[at]!.startsWith('Content-')) kept[headers[at]!] = headers[at + 1]!
  sendProblem(response, { status, detail: body.trim(), headers: kept })
}

function sendProblem(response: ServerResponse, { status, detail, more, headers }: Refusal): void {
  const problem = { type: 'about:blank', title: STATUS_CODES[status], status, detail, ...more }
  const body = JSON.stringify(problem)
  response
    .writeHead(status, {
      ...guards,
      ...headers,
      'Content-Type': 'application/problem+json',
      'Content-Length': String(Buffer.byteLength(body)),
    })
    .end(response.req.method === 'HEAD' ? undefined : body)
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

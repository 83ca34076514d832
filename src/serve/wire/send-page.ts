import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Page } from '../../wire/page.ts'
import { putJson } from '../../wire/written.ts'
import type { Coding } from '../../edition.ts'
import { encode } from '../../show/coding.ts'
import { flat } from '../http/answers.ts'
import { chooseCoding } from '../http/negotiate.ts'
import { worthCoding } from '../http/send-document.ts'
import { guards } from './guards.ts'
import type { Rest } from './poll.ts'

/** An answer for as many as get the same, in each coding: made when it is first asked for. */
interface Answers {
  identity: Answer
  coded: Partial<Record<Coding, Answer | Promise<Answer>>>
}

interface Answer {
  headers: string[]
  /** Each character a byte: with its head it goes out in one write. What is large stays bytes. */
  body: string | Buffer
  length: number
}

/** Bytes of a body that is worth a copy for each who gets it. */
const small = 16_384

/** Made once for all who get the same. */
const written = new WeakMap<object, Answers>()

/** A page as `{ "cursor", "changes", "more" }`. */
export function sendPage(request: IncomingMessage, response: ServerResponse, page: Page | Rest): void | Promise<void> {
  const answers = written.get(page) ?? answersOf(bytesOf(page))
  written.set(page, answers)
  return send(request, response, answers)
}

function bytesOf({ cursor, changes, more }: Page | Rest): Buffer {
  const [begun, ended] = [`{"cursor":${JSON.stringify(cursor)},"changes":[`, `],"more":${more}}`]
  const commas = Math.max(0, changes.length - 1)
  const bytes = Buffer.allocUnsafe(
    changes.reduce((sum, { length }) => sum + length, begun.length + commas + ended.length),
  )
  let at = bytes.write(begun)
  for (const [i, change] of changes.entries()) {
    if (i > 0) bytes[at++] = comma
    at = putJson(change, bytes, at)
  }
  bytes.write(ended, at)
  return bytes
}

const comma = 0x2c

/** JSON that no cache may keep. */
export function sendJson(request: IncomingMessage, response: ServerResponse, value: object): void | Promise<void> {
  return send(request, response, answersOf(Buffer.from(JSON.stringify(value))))
}

function answersOf(bytes: Buffer): Answers {
  const identity = answerOf(bytes, 'identity')
  return { identity, coded: { identity } }
}

function send(request: IncomingMessage, response: ServerResponse, answers: Answers): void | Promise<void> {
  const { identity } = answers
  const coding = identity.length < worthCoding ? 'identity' : chooseCoding(request.headers['accept-encoding'])
  const answer = (answers.coded[coding] ??= encoded(answers, coding))
  if (!(answer instanceof Promise)) return end(request, response, answer)
  return answer.then(made => end(request, response, made))
}

async function encoded(answers: Answers, coding: Coding): Promise<Answer> {
  const { body } = answers.identity
  const answer = answerOf(await encode(typeof body === 'string' ? Buffer.from(body, 'latin1') : body, coding), coding)
  answers.coded[coding] = answer
  return answer
}

function answerOf(bytes: Buffer, coding: Coding): Answer {
  const headers = flat({
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(bytes.length),
    ...(coding !== 'identity' && { 'Content-Encoding': coding }),
    Vary: 'Accept-Encoding, Authorization',
    ...guards,
  })
  return { headers, body: bytes.length < small ? bytes.toString('latin1') : bytes, length: bytes.length }
}

function end({ method }: IncomingMessage, response: ServerResponse, { headers, body }: Answer): void {
  if (response.destroyed) return
  response.writeHead(200, headers)
  if (method === 'HEAD') response.end()
  else if (typeof body !== 'string') response.end(body)
  else {
    // Ended at once its head and body would be two pieces, for which Node takes memory anew each time; and where one change answers
    // thousands, what is left to do for each has time until all have theirs.
    response.write(body, 'latin1')
    setImmediate(endOf, response)
  }
}

function endOf(response: ServerResponse): void {
  response.end()
}

import type { ServerResponse } from 'node:http'
import { Refused } from '../../wire/refused.ts'
import { flat } from '../http/answers.ts'
import type { WireDesk } from '../wire/desk.ts'
import { greeting, reset } from '../wire/frames.ts'
import { guards } from '../wire/guards.ts'
import { Stream } from '../wire/stream.ts'
import type { Watch } from '../wire/waiting-room.ts'
import { asked } from './wire.ts'

/** Bytes of the changes that a stream is given at once, unless one alone has more. */
const pieceBytes = 400_000

/** `/wire/stream`: the same changes as server-sent events, as they come. */
export const answerStream = asked(['feed', 'after', 'version'], async ({ desk, asker, ask, request, response }) => {
  if (desk.draining.aborted) throw new Error('this process takes its leave')
  const watch = desk.watch(asker, ask, 'stream', pieceBytes)
  const last = request.headers['last-event-id']
  const after = typeof last === 'string' && last !== '' ? last : ask.after
  const stream = new Stream(desk.streaming, { asker, watch, response })
  // When many come again at once, as after a rotation, nobody asks.
  if (request.method === 'GET' && after !== undefined && stream.sitDown(after)) {
    desk.passed(watch, stream.seat!.position)
    begin(response, greeting)
    desk.streams.follow(stream)
    return
  }
  const { page, isReset } = await firstPage(desk, watch, after)
  if (!isReset) desk.passed(watch, page.from)
  if (request.method === 'HEAD') {
    response.writeHead(200, headers).end()
    return
  }
  begin(response, isReset ? greeting + reset : greeting)
  desk.streams.follow(stream)
  stream.start(page)
})

/** A cursor that is lost is no error here: EventSource would give up for ever. */
async function firstPage(desk: WireDesk, watch: Watch, after: string | undefined) {
  try {
    return { page: await desk.read(watch, after), isReset: false }
  } catch (error) {
    if (!(error instanceof Refused) || error.why !== 'lost') throw error
    return { page: await desk.read(watch, undefined), isReset: true }
  }
}

const headers = flat({
  ...guards,
  'Content-Type': 'text/event-stream',
  // nginx would hold it back.
  'X-Accel-Buffering': 'no',
})

function begin(response: ServerResponse, words: string): void {
  response.writeHead(200, headers)
  response.write(words)
}

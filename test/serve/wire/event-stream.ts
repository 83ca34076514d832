/** A server-sent event, as a browser's EventSource would give it. */
export interface StreamEvent {
  id?: string
  event: string
  data: string
}

export interface EventStream extends AsyncDisposable {
  status: number
  headers: Headers
  /** Milliseconds that the server asked to wait before coming again. */
  retry: number | undefined
  /** The next event; undefined where the server has ended it. */
  next: () => Promise<StreamEvent | undefined>
  /** The next few. */
  take: (count: number) => Promise<StreamEvent[]>
}

export async function openStream(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const over = new AbortController()
  const response = await fetch(url, { headers, signal: over.signal })
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  const stream: EventStream = {
    status: response.status,
    headers: response.headers,
    retry: undefined,
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const fields = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const values: Record<string, string> = {}
          for (const field of fields) values[field.split(':', 1)[0] ?? ''] = field.replace(/^[^:]*: /, '')
          if (values['retry'] !== undefined) stream.retry = Number(values['retry'])
          const { id, event = 'message', data } = values
          if (data !== undefined) return { ...(id !== undefined && { id }), event, data }
          continue
        }
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }))
        if (done || value === undefined) return undefined
        text += value
      }
    },
    async take(count) {
      const events: StreamEvent[] = []
      while (events.length < count) {
        const event = await stream.next()
        if (event === undefined) break
        events.push(event)
      }
      return events
    },
    async [Symbol.asyncDispose]() {
      over.abort()
      await Promise.resolve()
    },
  }
  return stream
}

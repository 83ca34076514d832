import type { RequestHandler } from 'express'
import type { Newsroom } from '../newsroom.ts'
import { makeDocument, type Document } from '../http/send-document.ts'

/** A page, or whatever else is answered behind the edge. */
export interface Route {
  /** As Express reads paths: one, or several spellings. */
  path: string | readonly string[]
  /** Absent: GET, and HEAD. */
  method?: 'post'
  /** Makes what answers them. Failures are `Problem`s. */
  open: (newsroom: Newsroom, options: RouteOptions) => RequestHandler<{ [name: string]: string }>
  /** Whoever has no token may ask it as often as they like. */
  isFree?: true
  /** Its HTML has a script of ours. */
  script?: true
  /** The edge answers its other methods, and knows which of its addresses there are. */
  edge?: true
}

export interface RouteOptions {
  /** Milliseconds since 1970. */
  clock: () => number
}

/** Keeps what was made of an object that is replaced, never changed: feeds in force, an edition's newest items. */
export function makeOnce(): (from: object, contentType: string, render: () => string) => Document {
  const made = new WeakMap<object, Document>()
  return (from, contentType, render) => {
    const document = made.get(from) ?? makeDocument(contentType, render())
    made.set(from, document)
    return document
  }
}

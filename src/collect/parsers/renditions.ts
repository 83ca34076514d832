import type { Media, Rendition } from '../../article.ts'

/** What its owner says of when it may be shown. */
export type Held = Pick<Media, 'pubStatus' | 'embargoed' | 'expires'>

/** Pixels. The widest that a page shows in full; what is wider was made for print. */
const wideEnough = 2048

/** Other renditions that are kept beside the best. */
const mostOthers = 10

/**
 * One medium of its renditions: the widest up to 2,048 pixels, else the first without a width, else the narrowest; with
 * the others beside it but for those made for print, each address once. Undefined where there is none. `held` with a value: it keeps all.
 */
export function mediumOf(renditions: readonly Media[], held: Held = {}): Media | undefined {
  const [best, ...rest] = renditions.toSorted((a, b) => worthOf(b) - worthOf(a))
  if (best === undefined) return undefined
  // Of what is kept back every address has to be known, or a text could show it.
  if (Object.values(held).some(word => word !== undefined)) {
    const others = rest.filter(({ url }) => url !== best.url).map(formOf)
    return { ...best, ...held, ...(others.length > 0 && { others }) }
  }
  const forms = new Map(rest.filter(({ width = 0 }) => width <= wideEnough).map(form => [form.url, form]))
  forms.delete(best.url)
  const others = [...forms.values()].slice(0, mostOthers).map(formOf)
  return others.length === 0 ? best : { ...best, others }
}

function formOf({ url, type, length, width, height, duration }: Media): Rendition {
  return { url, type, length, width, height, duration }
}

function worthOf({ width = 0 }: Media): number {
  return width > wideEnough ? 1 / width : width + 1
}

/** `IMAGE/JPEG; q=1` -> `image/jpeg`; undefined for what is no media type. */
export function mediaType(written: string | undefined): string | undefined {
  return /^\s*(\w+\/[\w.+-]+)/.exec(written ?? '')?.[1]?.toLowerCase()
}

export function kindOfType(type: string | undefined): Media['kind'] | undefined {
  const [family] = type?.split('/') ?? []
  return family === 'image' || family === 'audio' || family === 'video' ? family : undefined
}

/** IPTC's nature of an item (`ninat`), in lower case. */
export const kindsByNature: ReadonlyMap<string, Media['kind']> = new Map([
  ['picture', 'image'],
  ['graphic', 'image'],
  ['audio', 'audio'],
  ['video', 'video'],
])

import type { Media } from '../../article.ts'

/** Pixels. The widest that a page shows in full; what is wider was made for print. */
const wideEnough = 2048

/** One rendition of the same picture, film or sound: the widest up to 2,048 pixels, else the first without a width, else the narrowest. */
export function bestRendition(renditions: readonly Media[]): Media | undefined {
  return renditions.toSorted((a, b) => worthOf(b) - worthOf(a))[0]
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

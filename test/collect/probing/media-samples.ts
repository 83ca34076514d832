/** The beginnings of media files, by their specifications: what a probe reads, and nothing behind it. */

function big16(...values: number[]): Buffer {
  return Buffer.from(values.flatMap(value => [value >> 8, value & 255]))
}

function big32(...values: number[]): Buffer {
  return Buffer.concat(values.map(value => big16(value >>> 16, value & 0xffff)))
}

function latin(text: string): Buffer {
  return Buffer.from(text, 'latin1')
}

export function png(width: number, height: number): Buffer {
  return Buffer.concat([latin('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), big32(width, height), Buffer.from([8, 6, 0, 0, 0])])
}

export function gif(width: number, height: number): Buffer {
  return Buffer.concat([latin('GIF89a'), Buffer.from([width & 255, width >> 8, height & 255, height >> 8, 0, 0, 0])])
}

/** `before` is what stands in front of the frame's header: a preview, a profile. */
export function jpeg(width: number, height: number, before: Buffer = Buffer.alloc(0)): Buffer {
  const jfif = Buffer.concat([big16(0xffe0, 16), latin('JFIF\0'), Buffer.alloc(9)])
  const frame = Buffer.concat([big16(0xffc0, 17), Buffer.from([8]), big16(height, width), Buffer.alloc(10)])
  return Buffer.concat([big16(0xffd8), jfif, before, frame])
}

/** A segment of Exif that says how the picture lies, 1 to 8. */
export function exif(orientation: number): Buffer {
  const tiff = Buffer.concat([latin('MM\0*'), big32(8), big16(1, 0x0112, 3), big32(1), big16(orientation, 0), big32(0)])
  return segment(Buffer.concat([latin('Exif\0\0'), tiff]))
}

/** A segment of 64 kB that a program keeps for itself. */
export function profile(): Buffer {
  return segment(Buffer.alloc(65_533, 1))
}

function segment(data: Buffer): Buffer {
  return Buffer.concat([big16(0xffe1, data.length + 2), data])
}

export function webp(chunk: 'VP8 ' | 'VP8L' | 'VP8X', width: number, height: number): Buffer {
  const [w, h] = [width - 1, height - 1]
  const data = {
    'VP8 ': [0, 0, 0, 0x9d, 0x01, 0x2a, width & 255, width >> 8, height & 255, height >> 8],
    VP8L: [0x2f, w & 255, (w >> 8) | ((h & 3) << 6), (h >> 2) & 255, h >> 10, 0, 0, 0, 0, 0],
    VP8X: [0, 0, 0, 0, w & 255, w >> 8, 0, h & 255, h >> 8, 0],
  }[chunk]
  return Buffer.concat([latin(`RIFF\xff\0\0\0WEBP${chunk}`), Buffer.from([10, 0, 0, 0, ...data]), Buffer.alloc(20)])
}

export function box(type: string, ...parts: Buffer[]): Buffer {
  const data = Buffer.concat(parts)
  return Buffer.concat([big32(data.length + 8), latin(type), data])
}

/** An ISO base media file of these brands, the major one first. */
export function isoFile(brands: readonly string[], ...boxes: Buffer[]): Buffer {
  const [major = '', ...others] = brands
  return Buffer.concat([box('ftyp', latin(`${major}\0\0\0\0${others.join('')}`)), ...boxes])
}

/** One of HEIF's family, with the pixels of its picture and of each tile. */
export function heif(brands: readonly string[], sizes: readonly [number, number][], ...more: Buffer[]): Buffer {
  const measures = sizes.map(([width, height]) => box('ispe', big32(0, width, height)))
  return isoFile(brands, box('meta', big32(0), box('iprp', box('ipco', ...measures, ...more))), box('mdat'))
}

export const sounds = {
  mp3: latin('\xff\xfb\x90\x64'),
  id3: latin('ID3\x04\0\0\0\0\0\x0a'),
  aac: latin('\xff\xf1\x50\x80'),
  flac: latin('fLaC\0\0\0\x22'),
  wav: latin('RIFF\x24\0\0\0WAVEfmt '),
  ogg: latin('OggS\0\x02\0\0'),
}

export const webm = latin(
  '\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\xf7\x81\x01\x42\xf2\x81\x04\x42\xf3\x81\x08\x42\x82\x84webm',
)
export const matroska = Buffer.from(webm.toString('latin1').replace('webm', 'matr'), 'latin1')

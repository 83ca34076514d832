import { GIF } from 'image-size/types/gif'
import { HEIF } from 'image-size/types/heif'
import { JPG } from 'image-size/types/jpg'
import { PNG } from 'image-size/types/png'
import { WEBP } from 'image-size/types/webp'
import type { Media } from '../../article.ts'

/** Pixels. */
const most = 100_000

/** Those of `image-size` alone: its own choice would try every format that it knows. */
const formats = new Map([
  ['image/avif', HEIF],
  ['image/gif', GIF],
  ['image/heic', HEIF],
  ['image/heif', HEIF],
  ['image/jpeg', JPG],
  ['image/png', PNG],
  ['image/webp', WEBP],
])

/** Bytes of a HEIF header. For twice as many boxes it takes four times as long: a hundredth of a second here. */
const heifHead = 16 << 10

/** The pixels of an image as it is shown, from its first bytes; nothing where they do not tell. */
export function dimensionsOf(bytes: Uint8Array, type: string): Pick<Media, 'width' | 'height'> {
  const format = formats.get(type)
  // It reads on in the memory behind: so it gets a piece of its own.
  const own = Uint8Array.from(bytes.subarray(0, format === HEIF ? heifHead : bytes.length))
  if (format === undefined || (format === HEIF && isTurned(own))) return {}
  const { width, height, orientation = 1 } = sizeBy(format, own)
  if (!isMeasure(width) || !isMeasure(height)) return {}
  // Exif, 4.6.4: from 5 on it lies on its side.
  return orientation >= 5 ? { width: height, height: width } : { width, height }
}

function sizeBy(format: typeof PNG, bytes: Uint8Array): { width: number; height: number; orientation?: number } {
  const nothing = { width: 0, height: 0 }
  try {
    if (!format.validate(bytes)) return nothing
    const { images, ...size } = format.calculate(bytes)
    // The largest: the others are its tiles.
    return (images ?? []).reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a), size)
  } catch {
    // Every reader throws at a header that ends too early, or makes no sense.
    return nothing
  }
}

/** HEIF's rotation and cropping (ISO/IEC 23008-12, 6.5), which `image-size` leaves out of account. */
function isTurned(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer)
  return head.includes('irot') || head.includes('clap')
}

function isMeasure(pixels: number): boolean {
  return Number.isInteger(pixels) && pixels > 0 && pixels <= most
}

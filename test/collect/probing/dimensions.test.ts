import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dimensionsOf } from '../../../src/collect/probing/dimensions.ts'
import { box, exif, gif, heif, isoFile, jpeg, png, profile, webp } from './media-samples.ts'
import { expectBounded } from '../parsers/outcomes.ts'

const types = ['image/png', 'image/gif', 'image/jpeg', 'image/webp', 'image/avif', 'image/heic', 'image/svg+xml']

describe('the pixels of an image', () => {
  it.each([
    ['image/png', png(1600, 900)],
    ['image/gif', gif(1600, 900)],
    ['image/jpeg', jpeg(1600, 900)],
    ['image/jpeg', jpeg(1600, 900, exif(1))],
    ['image/webp', webp('VP8 ', 1600, 900)],
    ['image/webp', webp('VP8L', 1600, 900)],
    ['image/webp', webp('VP8X', 1600, 900)],
    ['image/avif', heif(['avif'], [[1600, 900]])],
    ['image/heif', heif(['mif1'], [[1600, 900]])],
  ])('stand at its beginning: %s', (type, bytes) => {
    expect(dimensionsOf(bytes, type)).toEqual({ width: 1600, height: 900 })
  })

  it.each([3, 6, 8])('are those that are shown, where a camera was held otherwise: %i', orientation => {
    const shown = orientation === 3 ? { width: 1600, height: 900 } : { width: 900, height: 1600 }
    expect(dimensionsOf(jpeg(1600, 900, exif(orientation)), 'image/jpeg')).toEqual(shown)
  })

  it('are those of the whole, not of its tiles', () => {
    const tiles: [number, number][] = [
      [512, 512],
      [4032, 3024],
      [512, 512],
    ]
    expect(dimensionsOf(heif(['heic'], tiles), 'image/heic')).toEqual({ width: 4032, height: 3024 })
  })

  it.each([
    [
      'a rotated picture of the HEIF family',
      heif(['avif'], [[1600, 900]], box('irot', Buffer.from([1]))),
      'image/avif',
    ],
    ['a cropped one', heif(['avif'], [[1600, 900]], box('clap', Buffer.alloc(32))), 'image/avif'],
    ['a header that ends too early', png(1600, 900).subarray(0, 20), 'image/png'],
    ['a picture that does not begin with its header', Buffer.from(png(1600, 900)).fill('X', 12, 16), 'image/png'],
    ['an empty file', Buffer.alloc(0), 'image/gif'],
    ['nothing wide', png(0, 900), 'image/png'],
    ['what no screen shows', png(4_000_000_000, 900), 'image/png'],
    ['a photograph whose profile is longer than what is read', jpeg(1, 1, profile()).subarray(0, 65_536), 'image/jpeg'],
    ['another format', png(1600, 900), 'image/svg+xml'],
    ['a file that is not what it is taken for', png(1600, 900), 'image/avif'],
  ])('are not guessed for %s', (_, bytes, type) => {
    expect(dimensionsOf(bytes, type)).toEqual({})
  })

  it('are not read from the memory behind what was given', () => {
    const memory = gif(1600, 900)
    expect(dimensionsOf(memory.subarray(0, 8), 'image/gif')).toEqual({})
  })

  it('are two whole numbers or none, whatever the bytes', () => {
    const starts = [png(1, 1), gif(1, 1), jpeg(1, 1, exif(6)), webp('VP8X', 1, 1), heif(['avif'], [[1, 1]])]
    const changed = fc
      .tuple(fc.constantFrom(...starts), fc.array(fc.tuple(fc.nat(120), fc.nat(255)), { maxLength: 5 }), fc.nat(120))
      .map(([start, changes, end]) => {
        const bytes = Buffer.from(start)
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
        return bytes.subarray(0, end)
      })
    fc.assert(
      fc.property(fc.oneof(changed, fc.uint8Array({ maxLength: 300 })), fc.constantFrom(...types), (bytes, type) => {
        const found = dimensionsOf(bytes, type)
        for (const pixels of Object.values(found)) expect(Number.isInteger(pixels) && pixels > 0).toBe(true)
        expect([0, 2]).toContain(Object.keys(found).length)
      }),
      { numRuns: 2000 },
    )
  })

  it.each(
    Object.entries({
      'boxes without a size': isoFile(['avif'], Buffer.alloc(65_000)),
      'as many measures as fit': heif(
        ['avif'],
        Array.from({ length: 3_200 }, (): [number, number] => [1, 1]),
      ),
      'segments of no length': jpeg(1, 1, Buffer.alloc(65_000)),
      'markers alone': jpeg(1, 1, Buffer.alloc(65_000, 0xff)),
    }),
  )('cost no more than their share: %s', (_, bytes) => {
    expectBounded(2000, () => types.map(type => dimensionsOf(bytes.subarray(0, 65_536), type)))
  })
})

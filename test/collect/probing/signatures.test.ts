import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isBinary, typeOfBytes } from '../../../src/collect/probing/signatures.ts'
import { gif, heif, isoFile, jpeg, matroska, png, sounds, webm, webp } from './media-samples.ts'

const { mp3, id3, aac, flac, wav, ogg } = sounds

describe('the type of a medium', () => {
  it.each([
    ['image/png', png(1, 1)],
    ['image/gif', gif(1, 1)],
    ['image/gif', Buffer.from('GIF87a')],
    ['image/jpeg', jpeg(1, 1)],
    ['image/webp', webp('VP8 ', 1, 1)],
    ['image/avif', heif(['avif', 'mif1', 'miaf'], [[1, 1]])],
    ['image/avif', heif(['mif1', 'avif', 'miaf'], [[1, 1]])],
    ['image/avif', isoFile(['avis', 'msf1'])],
    ['image/heic', heif(['heic', 'mif1'], [[1, 1]])],
    ['image/heif', heif(['mif1', 'miaf'], [[1, 1]])],
    ['audio/mpeg', mp3],
    ['audio/mpeg', id3],
    ['audio/aac', aac],
    ['audio/flac', flac],
    ['audio/wav', wav],
    ['audio/mp4', isoFile(['M4A ', 'mp42', 'isom'])],
    ['video/quicktime', isoFile(['qt  '])],
  ])('is told by its first bytes, whatever the article takes it for: %s', (type, bytes) => {
    for (const kind of ['image', 'audio', 'video'] as const) expect(typeOfBytes(bytes, kind)).toBe(type)
  })

  it.each([
    ['mp4', isoFile(['isom', 'iso2', 'avc1', 'mp41'])],
    ['mp4', isoFile(['M4V ', 'M4A ', 'mp42', 'qt  '])],
    ['ogg', ogg],
    ['webm', webm],
  ])('of what may be sound or film is what the article says: %s', (name, bytes) => {
    expect(typeOfBytes(bytes, 'audio')).toBe(`audio/${name}`)
    expect(typeOfBytes(bytes, 'video')).toBe(`video/${name}`)
    expect(typeOfBytes(bytes, 'image')).toBeUndefined()
  })

  it.each([
    ['nothing', ''],
    ['a page', '<!doctype html><title>Not found</title>'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['text with a mark', '\xff\xfeT\0e\0x\0t\0'],
    ['another container', 'RIFF\x24\0\0\0AVI LIST'],
    ['a frame that cannot be', '\xff\xfb\xf0\x64'],
    ['half a signature', '\x89PNG\r\n'],
    ['Matroska', matroska.toString('latin1')],
  ])('is not told by %s', (_, text) => {
    for (const kind of ['image', 'audio', 'video'] as const)
      expect(typeOfBytes(Buffer.from(text, 'latin1'), kind)).toBeUndefined()
  })

  it('is a media type or none, whatever the bytes', () => {
    const starts = fc.constantFrom('RIFF', '\0\0\0\x20ftyp', '\xff\xff\xff\xffftyp', '\x1a\x45\xdf\xa3', 'OggS\0', '')
    fc.assert(
      fc.property(starts, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        const type = typeOfBytes(Buffer.concat([Buffer.from(start, 'latin1'), rest]), 'video')
        expect(type ?? 'image/png').toMatch(/^(?:image|audio|video)\/[a-z0-9]+$/)
      }),
    )
  })

  it('may be said by another only of what is no text', () => {
    expect(isBinary(png(1, 1))).toBe(true)
    expect(isBinary(Buffer.from('\ufeff<svg>\r\n\tSchöne Grüße \x1b[0m</svg>'))).toBe(false)
    expect(isBinary(Buffer.from(`${' '.repeat(2_000)}\0`))).toBe(false)
  })
})

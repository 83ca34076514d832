import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Media } from '../../../src/article.ts'
import { probe } from '../../../src/collect/probing/probe.ts'
import { WebClient } from '../../../src/collect/sources/web-client.ts'
import { gif, jpeg, png, profile, sounds } from './media-samples.ts'
import { page, redirect, startSite, status, type Respond, type Site } from '../sources/site.ts'

const patience = { connect: 2_000, headers: 10_000, whole: 10_000 }
let site: Site
let client: WebClient

beforeEach(async () => {
  site = await startSite()
  client = new WebClient({ private: true }, 'Feedwire/0', patience)
})

afterEach(async () => {
  await client[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
})

function probed(path: string, kind: Media['kind'] = 'image') {
  return probe({ kind, url: site.origin + path }, client)
}

/** A server that gives the part that was asked for. */
function part(bytes: Buffer, headers: Record<string, string> = {}): Respond {
  return (response, asked) => {
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(asked.range ?? '') ?? []
    const body = bytes.subarray(Number(first), Number(last) + 1)
    const range = `bytes ${first}-${Number(first) + body.length - 1}/${bytes.length}`
    response.writeHead(206, { 'content-range': range, 'content-length': String(body.length), ...headers }).end(body)
  }
}

const photograph = Buffer.concat([jpeg(1600, 900), Buffer.alloc(200_000, 1)])

describe('probing a medium', () => {
  it('asks for its first 64 kB, and takes type, length and pixels from them', async () => {
    site.answers['/photo'] = part(photograph)
    expect(await probed('/photo')).toEqual({ type: 'image/jpeg', length: photograph.length, width: 1600, height: 900 })
    expect(site.asked).toHaveLength(1)
    expect(site.asked[0]?.headers).toMatchObject({
      range: 'bytes=0-65535',
      accept: '*/*',
      'accept-encoding': 'identity',
    })
  })

  it('takes them from a server that gives the whole, and from one without a length', async () => {
    site.answers['/whole'] = page(photograph, { 'content-length': String(photograph.length) })
    site.answers['/short'] = response => void response.writeHead(200).write(png(3, 2), () => response.end())
    site.answers['/long'] = response => void response.writeHead(200).write(photograph, () => response.end())
    expect(await probed('/whole')).toEqual({ type: 'image/jpeg', length: photograph.length, width: 1600, height: 900 })
    expect(await probed('/short')).toEqual({ type: 'image/png', length: png(3, 2).length, width: 3, height: 2 })
    expect(await probed('/long')).toEqual({ type: 'image/jpeg', width: 1600, height: 900 })
  })

  it('reads no further than that of one that floods without end', async () => {
    let written = 0
    site.answers['/flood'] = response => {
      response.writeHead(200).write(gif(3, 2))
      const flood = (): void => {
        written += 65_536
        if (response.destroyed) return
        if (response.write(Buffer.alloc(65_536))) setImmediate(flood)
        else response.once('drain', flood)
      }
      flood()
    }
    expect(await probed('/flood')).toEqual({ type: 'image/gif', width: 3, height: 2 })
    expect(written).toBeLessThan(50_000_000)
  })

  it('knows a type where the pixels stand further behind', async () => {
    site.answers['/photo'] = part(jpeg(1600, 900, profile()))
    expect(await probed('/photo')).toEqual({ type: 'image/jpeg', length: jpeg(1, 1, profile()).length })
  })

  it('goes by what the bytes are, not by what the server or the name says', async () => {
    site.answers['/a.png'] = part(jpeg(16, 9), { 'content-type': 'image/gif' })
    expect(await probed('/a.png')).toMatchObject({ type: 'image/jpeg' })
    site.answers['/talk.mp3'] = part(sounds.flac, { 'content-type': 'application/octet-stream' })
    expect(await probed('/talk.mp3', 'audio')).toEqual({ type: 'audio/flac', length: sounds.flac.length })
  })

  it.each([
    ['image/tiff', 'II*\0\x08\0\0\0', 'image/tiff'],
    ['IMAGE/X-Icon; a=b', '\0\0\x01\0', 'image/x-icon'],
    ['image/*', '\0\0\x01\0', undefined],
    ['application/octet-stream', '\0\0\x01\0', undefined],
    ['video/mp4', '\0\0\x01\0', undefined],
    ['image/jpeg', '<!doctype html><title>Not found</title>', undefined],
    ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>', undefined],
  ])('believes a server that says %s only of bytes that are not known', async (said, bytes, type) => {
    site.answers['/x'] = part(Buffer.from(bytes, 'latin1'), { 'content-type': said })
    expect(await probed('/x')).toEqual(type === undefined ? {} : { type, length: bytes.length })
  })

  it('learns nothing from a medium of another kind', async () => {
    site.answers['/film'] = part(Buffer.from('\0\0\0\x14ftypisom\0\0\0\0avc1', 'latin1'))
    expect(await probed('/film', 'image')).toEqual({})
    expect(await probed('/film', 'video')).toMatchObject({ type: 'video/mp4' })
  })

  it.each([404, 403, 410, 204, 416, 304])('fails for what cannot be had: %i', async code => {
    site.answers['/x'] = status(code)
    expect(await probed('/x')).toBe('failed')
  })

  it('fails for another part than the one that was asked for', async () => {
    site.answers['/x'] = part(png(3, 2), { 'content-range': 'bytes 8-32/100' })
    expect(await probed('/x')).toBe('failed')
  })

  it.each([429, 500, 503])('says so where the host cannot answer now: %i', async code => {
    site.answers['/x'] = status(code)
    await expect(probed('/x')).rejects.toThrow(`answered ${code}`)
  })

  it('follows redirects, but not for ever', async () => {
    site.answers['/old'] = redirect(301, '/new')
    site.answers['/new'] = part(png(3, 2))
    site.answers['/round'] = redirect(302, '/round')
    expect(await probed('/old')).toMatchObject({ type: 'image/png' })
    await expect(probed('/round')).rejects.toThrow('redirects more than 5 times')
    expect(site.asked).toHaveLength(2 + 6)
  })

  it('asks no private address, and is led to none, unless the source allows it', async () => {
    site.answers['/x'] = part(png(3, 2))
    await using guarded = new WebClient({ private: false }, 'Feedwire/0', patience)
    await using half = new WebClient({ private: false }, 'Feedwire/0', patience, address => address === '127.0.0.1')
    await expect(probe({ kind: 'image', url: `${site.origin}/x` }, guarded)).rejects.toThrow('no public address')
    expect(site.asked).toHaveLength(0)
    site.answers['/out'] = redirect(302, `http://127.0.0.2:${new URL(site.origin).port}/x`)
    await expect(probe({ kind: 'image', url: `${site.origin}/out` }, half)).rejects.toThrow('no public address')
    expect(site.asked.map(({ path }) => path)).toEqual(['/out'])
  })

  it('gives up one that does not answer, and one that stops in the middle', async () => {
    await using hasty = new WebClient({ private: true }, 'Feedwire/0', { ...patience, whole: 200 })
    site.answers['/silent'] = () => {}
    site.answers['/stops'] = response => void response.writeHead(200).write('GIF8')
    for (const path of ['/silent', '/stops'])
      await expect(probe({ kind: 'image', url: site.origin + path }, hasty)).rejects.toThrow('no complete answer')
  })
})

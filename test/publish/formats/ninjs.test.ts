import { describe, expect, it } from 'vitest'
import type { Article } from '../../../src/article.ts'
import { toNinjs, toNinjsNotice } from '../../../src/publish/formats/ninjs.ts'
import { validateNinjs } from '../validate.ts'
import { articleNamed, articles, frame, reference } from './samples.ts'

const { site } = frame

describe('ninjs', () => {
  it.each([...articles.keys()])('writes the article "%s" as in its reference', async name => {
    const document = JSON.stringify(toNinjs(articleNamed(name), site), null, 2)
    await expect(`${document}\n`).toMatchFileSnapshot(reference(name, 'ninjs'))
  })

  it('is valid for every article of the references, killed or not', () => {
    for (const article of articles.values()) {
      for (const pubStatus of ['usable', 'canceled'] as const) {
        // As it is sent: `JSON.stringify` drops what is undefined.
        const document = JSON.stringify(toNinjs({ ...article, pubStatus }, site))
        expect(validateNinjs(JSON.parse(document))).toEqual([])
      }
    }
  })

  it('says nothing of a killed article but that it was killed', () => {
    const killed: Article = { ...articleNamed('everything'), pubStatus: 'canceled', note: 'Wrong photograph.' }
    const document = JSON.stringify(toNinjs(killed, site))
    expect(JSON.parse(document)).toMatchObject({
      pubStatus: 'canceled',
      uri: killed.uri,
      version: '3',
      edNote: 'Wrong photograph.',
    })
    for (const word of ['Aurora', 'Holm', 'towed', 'mp3', 'Ports']) expect(document).not.toContain(word)
  })

  it('can tell of a withheld article without showing it', () => {
    const withheld: Article = { ...articleNamed('korean'), pubStatus: 'withheld' }
    expect(Object.keys(toNinjsNotice(withheld))).not.toContain('bodies')
    expect(toNinjsNotice(withheld)).toMatchObject({ pubStatus: 'withheld' })
  })
})

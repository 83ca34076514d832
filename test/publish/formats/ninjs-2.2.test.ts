import { describe, expect, it } from 'vitest'
import { toNinjs22 } from '../../../src/publish/formats/ninjs-2.2.ts'
import { toNinjs, toNinjsNotice } from '../../../src/publish/formats/ninjs.ts'
import { validateNinjs22 } from '../validate.ts'
import { articleNamed, articles, frame } from './samples.ts'

const { site } = frame

/** As it is sent: `JSON.stringify` drops what is undefined. */
function sent(ninjs: object): Record<string, unknown> {
  return JSON.parse(JSON.stringify(toNinjs22(ninjs))) as Record<string, unknown>
}

describe('ninjs 2.2', () => {
  it('is valid for every article of the references, killed or not', () => {
    for (const article of articles.values()) {
      for (const pubStatus of ['usable', 'canceled'] as const) {
        expect(validateNinjs22(sent(toNinjs({ ...article, pubStatus }, site)))).toEqual([])
      }
      expect(validateNinjs22(sent(toNinjsNotice({ ...article, pubStatus: 'withheld' })))).toEqual([])
    }
  })

  it('says the same in its own words', () => {
    const embargoed = '2024-06-01T00:00:00Z'
    const article = { ...articleNamed('everything'), embargoed }
    const [older, newer] = [sent(toNinjs(article, site)), JSON.parse(JSON.stringify(toNinjs(article, site)))]
    expect(older).toMatchObject({
      standard: { version: '2.2' },
      pubstatus: newer.pubStatus,
      versioncreated: newer.versionCreated,
      copyrightnotice: newer.copyrightNotice,
      usageterms: newer.usageTerms,
      embargoed,
      altids: newer.altIds,
      infosources: newer.infoSources,
    })
    expect(Object.keys(older)).toHaveLength(Object.keys(newer).length)
  })
})

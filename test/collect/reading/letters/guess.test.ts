import { describe, expect, it } from 'vitest'
import { decode } from '../../../../src/collect/reading/decode.ts'
import { Unusable } from '../../../../src/errors.ts'
import { encode } from './encode.ts'
import { stories } from './stories.ts'

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text)

/** What becomes of texts that say nothing of their coding. */
function tally(texts: readonly { text: string; coding: string; language?: string }[]) {
  const counts = { right: 0, refused: 0 }
  const wrong: string[] = []
  for (const { text, coding, language } of texts) {
    try {
      const read = decode(encode(text, coding), { language }).text
      if (read === text.normalize('NFC')) counts.right++
      else wrong.push(`${coding}: ${read}`)
    } catch (error) {
      if (!(error instanceof Unusable)) throw error
      counts.refused++
    }
  }
  return { ...counts, wrong }
}

const written = stories.flatMap(({ language, codings, lines }) => codings.map(coding => ({ language, coding, lines })))
const pieces = written.flatMap(({ lines, ...story }) =>
  lines.filter(text => !isAscii(text)).map(text => ({ ...story, text })),
)

describe('letters that nobody declared', () => {
  it.each(written.map(({ language, coding, lines }) => [language, coding, lines.join('\n\n')] as const))(
    'are told in a short report: %s in %s',
    (_language, coding, text) => {
      expect(decode(encode(text, coding)).text).toBe(text.normalize('NFC'))
    },
  )

  it('are never taken for others, also where there is but a sentence or a headline', () => {
    const told = tally(pieces.map(({ text, coding }) => ({ text, coding })))
    expect(told).toMatchObject({ wrong: [], right: expect.toSatisfy((right: number) => right > 0.75 * pieces.length) })
  })

  it('are told in more of them where the source says its language, and as surely', () => {
    const told = tally(pieces)
    expect(told).toMatchObject({ wrong: [], right: expect.toSatisfy((right: number) => right > 0.8 * pieces.length) })
  })

  it('are told in spite of a language that the source says wrongly', () => {
    const texts = written.map(({ coding, lines }) => ({ text: lines.join('\n'), coding, language: 'de' }))
    expect(tally(texts)).toEqual({ right: texts.length, refused: 0, wrong: [] })
  })

  it.each([
    ['Bez majiteľa niet lode a loď bez majiteľa neodíde z prístavu.', /it could be iso-8859-2 .* or windows-1250/],
    ['Ředitelství', /too little text/],
    ['Þjóðvegur', /too little text|those of no coding/],
  ])('are a reject where they leave a doubt, and it says which: %s', (text, doubt) => {
    expect(() => decode(encode(text, /Þ/.test(text) ? 'windows-1252' : 'windows-1250'))).toThrow(doubt)
    expect(() => decode(encode(text, /Þ/.test(text) ? 'windows-1252' : 'windows-1250'))).toThrow(/Store it as UTF-8/)
  })
})

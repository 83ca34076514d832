import { describe, expect, it } from 'vitest'
import { guardXml } from '../../../../src/collect/parsers/xml/xml-guard.ts'

const cut = '<![CDATA[]]>'

describe('a document for the parser', () => {
  it('is what it was where nothing is amiss', () => {
    const document = `<a b="1>">text &amp; <![CDATA[<c>]]>\n<d e='"'/></a>`
    expect(guardXml(document)).toEqual({ document, lines: [1, 2] })
  })

  it('has no comment or instruction, and no text moves together', () => {
    expect(guardXml(`<?xml version="1.0"?><a>1<!-- <b> -->2<?c it's?></a>`).document).toBe(
      `${cut}<a>1${cut}2${cut}</a>`,
    )
  })

  it('has no text that is long, but for CDATA', () => {
    const { document } = guardXml(`<a>${'b'.repeat(200_000)}<![CDATA[${'c'.repeat(200_000)}]]></a>`)
    expect(document.split(cut).map(piece => piece.replace(/<!\[CDATA\[.*/, '').length)).toEqual([
      3 + 65_536,
      65_536,
      65_536,
      200_000 - 3 * 65_536,
    ])
  })
})

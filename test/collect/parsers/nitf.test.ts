import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../src/collect/reading/read.ts'
import { Unusable } from '../../../src/errors.ts'
import { source } from './pairs.ts'

function document(docdata = '', { attributes = '', doctype = '', text = '<p>The ice is thin.</p>' } = {}): string {
  return (
    `<?xml version="1.0"?>\n${doctype}<nitf><head><docdata ${attributes}><doc-id id-string="ice-1"/>` +
    `<date.issue norm="20240104T090000Z"/>${docdata}</docdata></head>` +
    `<body><body.head><hedline><hl1>Thin ice</hl1></hedline></body.head><body.content>${text}</body.content></body></nitf>`
  )
}

function read(text: string) {
  return readArticles(Buffer.from(text), { ...source, format: 'auto' }).map(outcome => {
    if (outcome instanceof Unusable) return outcome.message
    return outcome.pubStatus === 'canceled' ? outcome : { pubStatus: outcome.pubStatus, ...outcome.content }
  })
}

describe('nitf', () => {
  it.each([
    ['by its status', document('', { attributes: 'management-status="canceled"' })],
    ['by the type of a message to editors', document('<ed-msg msg-type="Kill" info="Kill it"/>')],
    ['by the status that older ones have', document('<doc.status status="killed"/>')],
  ])('is a kill %s', (_, text) => {
    expect(read(text)).toMatchObject([{ pubStatus: 'canceled', ownId: 'ice-1' }])
  })

  it('takes back another document that it names', () => {
    const attributes = 'management-doc-idref="ice-0" management-idref-status="canceled"'
    expect(read(document('', { attributes }))).toMatchObject([
      { title: 'Thin ice' },
      { ownId: 'ice-0', pubStatus: 'canceled' },
    ])
  })

  it('is a correction by its own element or the type of a message, and by no update', () => {
    expect(read(document('<correction info="It is two metres."/>'))).toMatchObject([
      { isCorrection: true, edNote: 'It is two metres.' },
    ])
    expect(read(document('<ed-msg msg-type="correction" info="Two metres"/>'))).toMatchObject([{ isCorrection: true }])
    expect(read(document('<ed-msg msg-type="update" info="Corrects the third paragraph"/>'))[0]).not.toHaveProperty(
      'isCorrection',
    )
  })

  it('waits for its release, and without one for the word of its agency', () => {
    const attributes = 'management-status="embargoed"'
    expect(read(document('<date.release norm="20400104T090000+0200"/>', { attributes }))).toMatchObject([
      { embargoed: '2040-01-04T07:00:00Z' },
    ])
    expect(read(document('', { attributes }))).toMatchObject([{ pubStatus: 'withheld' }])
  })

  it('may name its type, and no more: declarations of its own are refused', () => {
    expect(read(document('', { doctype: '<!DOCTYPE nitf SYSTEM "nitf-3-4.dtd">\n' }))).toMatchObject([
      { title: 'Thin ice' },
    ])
    const own = document('', {
      doctype: '<!DOCTYPE nitf [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
      text: '<p>&a;</p>',
    })
    expect(() => read(own)).toThrow(/document type declaration/)
  })

  it.each([
    ['an unknown status', document('', { attributes: 'management-status="ready"' }), /management-status is "ready"/],
    ['no text', document('', { text: '' }), /no text/],
    ['a date that is none', document().replace('20240104T090000Z', 'soon'), /"soon" is not a date/],
  ])('is refused for %s', (_, text, reason) => {
    expect(read(text)[0]).toMatch(reason)
  })
})

import { describe, expect, it } from 'vitest'
import { readArticles } from '../../../src/collect/reading/read.ts'
import { source } from './pairs.ts'

const read = (text: string) => {
  const outcome = readArticles(Buffer.from(text), source)[0]
  if (outcome === undefined || !('content' in outcome)) throw new Error('no article')
  return outcome.content
}
const ninjs = (body: object) =>
  read(
    JSON.stringify({
      uri: 'urn:bay:1',
      type: 'text',
      versioncreated: '2026-03-01T11:30:00Z',
      headline: 'Bay',
      ...body,
    }),
  )

describe('what a text of the wire says to colleagues', () => {
  it.each([
    'NOT FOR PUBLICATION: The source is Bo Lund, 555 0100.',
    'EDITORS: Pictures will follow at noon.',
    '(Eds: Updates with quotes.)',
    'ATTENTION EDITORS - Mild language in paragraph 4.',
    'Nicht zur Veröffentlichung bestimmt: Telefon 0100.',
    'Achtung Redaktionen: Bilder folgen.',
    'NE PAS PUBLIER : le nom de la source.',
    'À l’attention des rédactions : photos à suivre.',
    'NOTA A LOS EDITORES: habrá fotos.',
    'Não publicar: telefone da fonte.',
    'Не для печати: телефон источника.',
  ])('is a note to them, and no text: %s', note => {
    const { html, edNote } = ninjs({ body_html: `<p>The bay froze.</p><p><b>${note}</b></p><p>It thawed.</p>` })
    expect(html).toBe('<p>The bay froze.</p><p>It thawed.</p>')
    expect(edNote).toBe(note)
    expect(ninjs({ body_text: `The bay froze.\n\n${note}\n\nIt thawed.` }).html).not.toContain(note.slice(0, 12))
  })

  it.each([
    ['<h2>Notizblock</h2>', 'Ansprechpartner: Bo Lund, 0100'],
    ['<p># dpa-Notizblock</p>', 'Orte: Hafen, Kai 4'],
    ['<p>* * * * Die folgenden Informationen sind nicht zur Veröffentlichung bestimmt</p>', 'Autor: Bo Lund'],
    ['<p>The following information is not intended for publication</p>', 'Contact: Bo Lund'],
  ])('is a notepad, with all that is below it: %s', (heading, line) => {
    const { html, edNote } = ninjs({
      body_html: `<p>Die Bucht fror zu.</p>${heading}<ul><li>${line}</li></ul><p>lm/jd</p>`,
    })
    expect(html).toBe('<p>Die Bucht fror zu.</p>')
    expect(edNote).toContain(line)
  })

  it('is none where readers are told it', () => {
    const body_html = '<p>Editors of five papers met.</p><p>Editor’s note: This text was corrected.</p>'
    expect(ninjs({ body_html })).toMatchObject({ html: body_html })
    expect(ninjs({ body_html }).edNote).toBeUndefined()
  })

  it('is no article’s whole text', () => {
    expect(ninjs({ body_html: '<p>Attention editors: the bay will freeze.</p>' }).html).toContain('the bay will freeze')
  })

  it('comes apart in NITF, too, behind the note that the item has', () => {
    const { html, edNote } =
      read(`<nitf><head><title>Bay</title><docdata><doc-id id-string="b1"/><date.issue norm="20260301T113000Z"/>
      <ed-msg info="Updates"/></docdata></head><body><body.head><hedline><hl1>Bay</hl1></hedline></body.head>
      <body.content><p>The bay froze.</p><p>EDS: Photos follow.</p></body.content></body></nitf>`)
    expect(html).toBe('<p>The bay froze.</p>')
    expect(edNote).toBe('Updates\nEDS: Photos follow.')
  })
})

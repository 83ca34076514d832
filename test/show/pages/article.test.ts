import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { renderArticle } from '../../../src/show/pages/article.tsx'
import { articleNamed, frame } from '../../publish/formats/samples.ts'

const corrected = {
  ...articleNamed('arabic'),
  version: 2,
  changed: '2026-03-01T08:15:30Z',
  note: 'The bridge has <three> arches, not four.',
}

/** The paragraph that tells of a correction, in the page's document. */
function correctionOn(page: string) {
  const { document } = parseHTML(page)
  return [...document.querySelectorAll('article p')].find(({ textContent }) => textContent.startsWith('تصحيح'))
}

describe("the page of an article with an editor's note", () => {
  it.each(['full', 'summary'] as const)('shows it as a correction, with its date, also as %s', content => {
    const told = correctionOn(renderArticle(corrected, { content }, frame.site))
    expect(told?.textContent).toMatch(/^تصحيح \(1 مارس 2026\): The bridge has <three> arches, not four\.$/)
    expect(told?.querySelector('time')?.getAttribute('datetime')).toBe(corrected.changed)
  })

  it('keeps a note in its own direction on a page of the other', () => {
    const told = correctionOn(renderArticle(corrected, { content: 'full' }, frame.site))
    expect(told?.querySelector('bdi')?.textContent).toBe(corrected.note)
    expect(told?.querySelector('[lang="ar"]')?.getAttribute('dir')).toBe('rtl')
  })

  it('tells it to search engines as well', () => {
    const { document } = parseHTML(renderArticle(corrected, { content: 'full' }, frame.site))
    const told: unknown = JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? '')
    expect(told).toMatchObject({
      correction: { '@type': 'CorrectionComment', text: corrected.note, datePublished: corrected.changed },
    })
  })

  it('dates it by the correction, where the article was updated since', () => {
    const page = renderArticle(
      { ...corrected, version: 3, notedAt: '2026-02-28T20:00:00Z' },
      { content: 'full' },
      frame.site,
    )
    expect(correctionOn(page)?.querySelector('time')?.getAttribute('datetime')).toBe('2026-02-28T20:00:00Z')
    expect(page).toContain('"datePublished":"2026-02-28T20:00:00Z"')
  })

  it('says nothing of a correction where there was none', () => {
    const page = renderArticle({ ...corrected, note: undefined }, { content: 'full' }, frame.site)
    expect(page).not.toMatch(/correction|تصحيح/i)
  })
})

it('shows as a link only what leads somewhere: the address of one may have been dropped', () => {
  const { document } = parseHTML(renderArticle(articleNamed('arabic'), { content: 'full' }, frame.site))
  expect(document.querySelector('style')?.textContent).not.toMatch(/^a \{/m)
})

it('leaves captions and terms their own direction on a page of the other, and their side', () => {
  const { document } = parseHTML(renderArticle(articleNamed('arabic'), { content: 'full' }, frame.site))
  expect(document.querySelector('style')?.textContent).toMatch(
    /^figcaption, footer p \{ unicode-bidi: plaintext; .*text-align: match-parent; \}$/m,
  )
})

import { describe, expect, it } from 'vitest'
import { withStrongWords } from '../../../../src/collect/parsers/markdown/emphasis.ts'
import { expectBounded } from '../outcomes.ts'

describe('strong words', () => {
  it.each([
    ['これは**「橋」**です', 'これは<strong>「橋」</strong>です'],
    ['이것은 **다리(bridge)**라고 한다', '이것은 <strong>다리(bridge)</strong>라고 한다'],
    ['船**“北方”**到港', '船<strong>“北方”</strong>到港'],
    ['**注意：**明天停航', '<strong>注意：</strong>明天停航'],
    ['คือ**(สะพาน)**ใหม่', 'คือ<strong>(สะพาน)</strong>ใหม่'],
    ['*   **bridge.example **: open', '*   <strong>bridge.example</strong>: open'],
    ['**Note: **\nThe ferry is late.', '<strong>Note:</strong>\nThe ferry is late.'],
    ['**Спонсор — [мост](https://e.example/) **', '<strong>Спонсор — [мост](https://e.example/)</strong>'],
    ['**Few boats—**A test', '<strong>Few boats—</strong>A test'],
    ['**Ferry:**täglich', '<strong>Ferry:</strong>täglich'],
    ['the pier**—**it stands', 'the pier—it stands'],
    ['****This year', 'This year'],
    ['**Small boats\n\n**\n\nText', '<strong>Small boats</strong>\n\n\nText'],
    ['** What is new?**', '<strong>What is new?</strong>'],
  ])('are meant by %s', (written, strong) => {
    expect(withStrongWords(written)).toBe(strong)
  })

  it.each([
    '**Markdown** reads **this** itself, and **「これ」** too',
    '2 ** 3 ** 4 is not 2 ** 12',
    'f(*args, **kwargs) and g(**kwargs)',
    'call **kwargs and **options here',
    'tags to /path/**/tags; and /src/**/*.js',
    '**** of four, and f**** it, he said',
    'f** the pier and f** the boats',
    'the pier **(old)** stays',
    '张** 和李** 来了',
    '王**老师说他们都到了',
    'make: *** [pier.o] Error 1',
    'No**\nYes\nNo**',
    '** one\n** two',
  ])('are none in %s', written => {
    expect(withStrongWords(written)).toBe(written)
  })

  it.each(['**', '**a', '** ', '**「a」'])('are found in linear time where nothing ends: %s', piece => {
    expectBounded(1_000, () => withStrongWords(piece.repeat(250_000 / piece.length)))
  })
})

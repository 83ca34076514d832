import { describe, expect, it } from 'vitest'
import { withoutTemplateMarks } from '../../../../src/collect/parsers/markdown/template-marks.ts'
import { expectBounded } from '../outcomes.ts'

describe('template marks', () => {
  it.each([
    ['Hugo', 'A {{< tweet 1 >}}{{% note %}}B{{% /note %}}', 'A B'],
    ['a figure', '{{< figure src="https://e.example/a.jpg" caption="A boat" >}}', '![A boat](https://e.example/a.jpg)'],
    ['a figure with another text', "{{< figure src='/a.jpg' alt='A [b]' title='T' >}}", '![A b](/a.jpg)'],
    ['Liquid', '{% include x.html a="b" %}At {{ site.url }} now', 'At  now'],
    ['kramdown', 'Text.\n{: .note #id}\nMore.', 'Text.\n\nMore.'],
    ['wiki links', '[[Page]], [[Page|text]] and [[a#b|c]]', 'Page, text and c'],
    ['braces that are nobody’s', 'Dear {{name}},', 'Dear {{name}},'],
    ['a link whose text has brackets', '[[1]](https://e.example/)', '[[1]](https://e.example/)'],
    ['an embed', 'A ![[choir.jpg|400]] B', 'A  B'],
    ['a comment', 'A %%ask Mae%% B', 'A  B'],
    ['a comment of two lines', 'A\n%%\nask Mae\n%%\nB', 'A\n\nB'],
    ['a highlight', 'A ==bright== light, 1 == 1 and a == b', 'A bright light, 1 == 1 and a == b'],
    ['a callout', '> [!info] Where\n> There.', '> **Where**\n>\n> There.'],
    ['a callout without a title', '> [!NOTE]\n> There.', '> \n> There.'],
    ['a footnote', 'A.[^1]\n\n[^1]: B.', 'A.<sup>1</sup>\n\n<sup>1</sup> B.'],
    ['links of Markdown', '[a](b), [a][b] and [a]', '[a](b), [a][b] and [a]'],
    ['percentages', '5% to 10%, and {braces}', '5% to 10%, and {braces}'],
  ])('of %s are resolved, or go', (_, text, plain) => {
    expect(withoutTemplateMarks(text)).toBe(plain)
  })

  it.each([
    '`{{ .Site }} [[a]]`',
    '```\n{{ a }}\n```',
    '~~~ html\n{% a %}\n~~~\n',
    '    {{ a }}',
    '```\n%%a%% {{ never closed',
  ])('stay in code: %j', code => {
    expect(withoutTemplateMarks(code)).toBe(code)
  })

  it.each(['{{', '{{<', '{%', '[[', '%%', '==a', '[^a', '> [!a', '`', '```\n', '{:', '![[', '%% %'])(
    'take no more than linear time where nothing ends: %s',
    unit => {
      const text = unit.repeat(200_000 / unit.length)
      expectBounded(3000, () => withoutTemplateMarks(text))
    },
  )
})

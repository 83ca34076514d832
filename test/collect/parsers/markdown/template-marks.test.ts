import { describe, expect, it } from 'vitest'
import { withoutTemplateMarks } from '../../../../src/collect/parsers/markdown/template-marks.ts'
import { expectBounded } from '../outcomes.ts'

const address = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
const film = `<a href="${address}">${address}</a>`

describe('template marks', () => {
  it.each([
    ['Hugo', 'A {{< tweet 1 >}}{{% note %}}B{{% /note %}}', 'A B'],
    [
      'a figure',
      '{{< figure src="https://e.example/a.jpg" caption="A boat" >}}',
      '<figure><img src="https://e.example/a.jpg" alt="A boat"><figcaption>A boat</figcaption></figure>',
    ],
    [
      'a figure with another text',
      "{{< figure src='/a.jpg' alt='A [b]' title='T' >}}",
      '<img src="/a.jpg" alt="A [b]">',
    ],
    ['Liquid', '{% include x.html a="b" %}At {{ site.url }} now', 'At  now'],
    ['kramdown', 'Text.\n{: .note #id}\nMore.', 'Text.\n\nMore.'],
    ['wiki links', '[[Page]], [[Page|text]] and [[a#b|c]]', 'Page, text and c'],
    ['output', 'On {{ page.date | date: "%Y" }} at {{ site.title }}', 'On  at '],
    ['an address that is printed', '[a]({{ "/b/" | url }}) [c]({% post_url 2024-01-02-x %})', '[a](/b/) [c]()'],
    ['output beside output', '[1]: {{ site.url }}{{ site.b }}\n[2]: /c\n\n_{{ d }} e_', '[1]: <>\n[2]: /c\n\n_ e_'],
    ['attributes on two lines', '![a](b){: .c\nwidth="70"}D', '![a](b)D'],
    ['braces of a formula', '$x^{{2}} + \\frac{{a}}{b}$', '$x^{{2}} + \\frac{{a}}{b}$'],
    ['a tab', '=== "Oslo"\n\n    Rain.\n\nSun.', '\n**Oslo**\n\n\nRain.\n\nSun.'],
    ['pieces of other files', 'A\n\n--8<-- "b.md"\n\n<<< @/c.js{2}\n\n@[code](d.js)\n\nB', 'A\n\n\n\n\n\n\n\nB'],
    ['a span with a class', 'A [small]{.caps} word', 'A small word'],
    ['the name of a block', 'A word ^tower-1\n\nB', 'A word\n\nB'],
    ['a link whose text has brackets', '[[1]](https://e.example/)', '[[1]](https://e.example/)'],
    ['an embed', 'A ![[choir.jpg|400]] B', 'A  B'],
    ['a comment', 'A %%ask Mae%% B', 'A  B'],
    ['a comment of two lines', 'A\n%%\nask Mae\n%%\nB', 'A\n\nB'],
    ['a highlight', 'A ==bright== light, 1 == 1 and a == b', 'A bright light, 1 == 1 and a == b'],
    ['a callout', '> [!info] Where\n> There.', '> **Where**\n>\n> There.'],
    ['a callout without a title', '> [!NOTE]\n> There.', '> \n> There.'],
    [
      'a footnote with a long label',
      'A.[^harbour-board-report-of-the-year-2021]',
      'A.<sup>harbour-board-report-of-the-year-2021</sup>',
    ],
    [
      'footnotes and an address below each other',
      '[^1]: B.\n[^2]: C.\n[d]: /e',
      '<sup>1</sup> B.\n\n<sup>2</sup> C.\n\n[d]: /e',
    ],
    ['an id with other signs', '## Where? {#where?}\n## Here {#a}<b>', '## Where?\n## Here<b>'],
    [
      'an address with blanks',
      '[a](mailto:b@e.example?subject=The pier) [c](https:// e.example/d )',
      '[a](mailto:b@e.example?subject=The%20pier) [c](https://%20e.example/d)',
    ],
    [
      'a title without an address',
      '[a]( "The pier") [b]("The boats") [c](/d "The bridge")',
      '[a]() [b]() [c](/d "The bridge")',
    ],
    [
      'a caption in Markdown',
      '{{< img src="/a.jpg" caption="A [pier](https://e.example/) and **boats**" >}}',
      '<figure><img src="/a.jpg" alt="A pier and boats"><figcaption>A pier and boats</figcaption></figure>',
    ],
    [
      'Markdown behind the end of HTML',
      '<div>A</div>_B [c](https://e.example/)_',
      '<div>A</div>\n\n_B [c](https://e.example/)_',
    ],
    ['HTML with a text behind it', '<div>A</div>B (c)', '<div>A</div>B (c)'],
    ['an id with a dot', '## Results {#a.b-c}', '## Results'],
    ['an id within a heading', '## March 8 {#_03-08} - a table', '## March 8 - a table'],
    ['code in an item that the item ends', '* A\n    ```\n    {{ a }}\n* B {{ c }}', '* A\n    ```\n    {{ a }}\n* B '],
    ['a link by a label whose text has brackets', '[[1]][1]', '[[1]][1]'],
    ['a footnote', 'A.[^1]\n\n[^1]: B.', 'A.<sup>1</sup>\n\n<sup>1</sup> B.'],
    ['links of Markdown', '[a](b), [a][b] and [a]', '[a](b), [a][b] and [a]'],
    ['a comment of a template', 'A {% comment %}ask\n\nMae{% endcomment %}B {# ask Mae #}C<!-- ask Mae -->', 'A B C'],
    ['a loop', '{% for p in posts %}<li>{{ p.title }}</li>{% endfor %}A', 'A'],
    ['a choice', '{% if a %}A{% else %}B{% endif %}', 'A'],
    ['raw text', '{% raw %}{{ stays }}{% endraw %} {{ goes }}', '{{ stays }} '],
    ['raw text with code in it', '{% raw %}\n```\n{{ a }}\n```\n{% endraw %}', '\n```\n{{ a }}\n```\n'],
    [
      'a picture of Nunjucks',
      '{% include "linked-figure.html", image: "/a.png", alt: "B" %}',
      '<img src="/a.png" alt="B">',
    ],
    ['a sum', '$\\sum_{j=1}^n a_{#b}$ and {:ok, x}', '$\\sum_{j=1}^n a_{#b}$ and {:ok, x}'],
    ['ERB', 'A <%= link_to "b" %>B', 'A B'],
    ['code in a tag', '{% highlight js %}\nf({{ a }})\n{% endhighlight %}', '\n```js\nf({{ a }})\n```\n'],
    ['code in a shortcode', '{{< highlight go >}}\nx\n{{< /highlight >}}', '\n```go\nx\n```\n'],
    ['a film', '{{< youtube dQw4w9WgXcQ >}}', film],
    ['a film in Liquid', '{% include youtube.html id="dQw4w9WgXcQ" %}', film],
    ['a film in JSX', '<YouTube videoId="dQw4w9WgXcQ" />', film],
    ['a picture in Liquid', '{% include figure.html src="/a.jpg" alt="B" %}', '<img src="/a.jpg" alt="B">'],
    ['a picture of Eleventy', '{% image "a/b.png", "A boat" %}', '<img src="a/b.png" alt="A boat">'],
    ['a container', 'A\n\n:::warning[Mind]\nB\n:::\nC', 'A\n\n\n**Mind**\n\nB\n\nC'],
    ['a container in Pandoc', '::: {.callout-note title="Mind"}\nB\n:::', '\n**Mind**\n\nB\n'],
    ['an admonition', '!!! note "Mind"\n    B\n\n    C\nD', '\n**Mind**\n\nB\n\nC\nD'],
    ['an id', '## Results {#results}', '## Results'],
    ['an id in Greek', '## Αποτελέσματα {#αποτελέσματα .wide}', '## Αποτελέσματα'],
    ['classes', '![a](b){.wide width=50%} [c](d){:target="_blank"} `e`{.js}', '![a](b) [c](d) `e`'],
    ['a table of contents', '[TOC]\n\n* TOC\n{:toc}\n\nA', '\n\n\n\nA'],
    ['modules', "import A from 'a'\n\nB\n\nexport const c = {\n  d: 1,\n}\n\nE", '\nB\n\n\nE'],
    ['JSX', '<Tabs a={() => 1 > 2}>\nA <Badge b="c">d</Badge>\n</Tabs>{/* ask Mae */}', '\nA d\n'],
    ['links to stored files', '[a](./b.md#c) [d](https://e.example/f.md)', '[a]() [d](https://e.example/f.md)'],
    [
      'sentences that begin so',
      'import duties rise\nexport of grain falls',
      'import duties rise\nexport of grain falls',
    ],
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
    '``{{ a ` b }}``',
    '> ```\n> {{ a }}\n> ```',
    '- a\n\n  ```js\n  import b from "c"\n  ```',
    '<pre>\n{{ a }}\n\n{% b %}\n</pre>',
    '```markdown\nA:\n\n    ```r\n    {{ a }}\n    ```\n\n{{ b }}\n```',
    '```\n:::note\n## A {#b}\n```',
  ])('stay in code: %j', code => {
    expect(withoutTemplateMarks(code)).toBe(code)
  })

  it.each([
    '{{',
    '{{<',
    '{%',
    '[[',
    '%%',
    '==a',
    '[^a',
    '> [!a',
    '`',
    '```\n',
    '{:',
    '![[',
    '%% %',
    '{#',
    '{/*',
    '<%',
    '<!--',
    '<Aa ',
    '<Aa b={',
    '{% for %}',
    '{% raw %}',
    '{% if a %}{% else %}',
    ':::',
    '!!! a\n',
    '{.a',
    '</div>a',
    '[^a]: b\n',
    '](https:// ',
    '# a {#',
    'import {\n',
  ])('take no more than linear time where nothing ends: %s', unit => {
    const text = unit.repeat(200_000 / unit.length)
    expectBounded(3000, () => withoutTemplateMarks(text))
  })
})

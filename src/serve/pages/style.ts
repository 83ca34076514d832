import { createHash } from 'node:crypto'

/** The one style sheet, inside each page. Logical properties throughout: pages are written in both directions. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fdfcf9; --faint: #5c5c66; --line: #d9d6cd; --link: #0b57a4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e8e4; --paper: #16171a; --faint: #a5a5ae; --line: #36373d; --link: #8fc1ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1.1rem 4rem; max-width: 44rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .15em; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1rem 0 .5rem; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 .25rem; }
p { margin: .6rem 0; }
header, footer, .faint { color: var(--faint); font-size: .95rem; }
footer { margin-block-start: 3rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
.standfirst { font-size: 1.2rem; line-height: 1.5; }
ul.plain { list-style: none; padding: 0; }
ul.plain > li { padding: .55rem 0; border-block-end: 1px solid var(--line); }
ul.formats { display: flex; flex-wrap: wrap; gap: .4rem 1.1rem; list-style: none; padding: 0; margin: .4rem 0; }
figure { margin: 1rem 0; }
figure img { display: block; }
figcaption { color: var(--faint); font-size: .9rem; }
img, video { max-width: 100%; height: auto; border-radius: 4px; }
audio { width: 100%; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
pre, table { display: block; max-width: 100%; overflow-x: auto; }
table { border-collapse: collapse; }
th, td { padding: .3rem .6rem; border: 1px solid var(--line); text-align: start; }
code { font-size: .92em; }
`

/** Its source expression for `style-src` (CSP 3, 2.3.1). */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

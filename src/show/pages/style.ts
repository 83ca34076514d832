import { createHash } from 'node:crypto'

/** The one style sheet, inside each page. Logical properties throughout: pages are written in both directions. */
export const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fdfcf9; --card: #f3f1ea; --faint: #5c5c66; --line: #d9d6cd; --link: #0b57a4; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e8e4; --paper: #16171a; --card: #202226; --faint: #a5a5ae; --line: #36373d; --link: #8fc1ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.25rem 1.1rem 4rem; max-width: 44rem; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif; overflow-wrap: break-word; }
a:where([href]) { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
h1 { font-size: clamp(1.6rem, 1.3rem + 1.5vw, 2rem); line-height: 1.2; margin: 1rem 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; margin: 2rem 0 .25rem; }
p { margin: .6rem 0; }
header, footer, .faint { color: var(--faint); font-size: .95rem; }
header { padding-block-end: .75rem; border-block-end: 1px solid var(--line); }
header a { color: inherit; font-weight: 600; text-decoration: none; }
footer { margin-block-start: 3rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); }
.standfirst { font-size: 1.2rem; line-height: 1.5; }
.card { margin: 1.5rem 0; padding: 1rem 1.1rem; border: 1px solid var(--line); border-radius: 8px; background: var(--card); }
.card h2 { margin-block-start: 0; }
ul.plain, ul.formats, ul.addresses { list-style: none; padding: 0; margin: .4rem 0; }
ul.plain > li { padding: .8rem 0; border-block-end: 1px solid var(--line); }
ul.formats { display: flex; flex-wrap: wrap; gap: .2rem 1.1rem; }
ul.formats a { display: inline-block; padding: .15rem 0; }
ul.addresses > li { display: grid; grid-template: "name button" auto "address address" auto / 1fr auto; align-items: center;
  gap: .1rem .8rem; padding: .4rem 0; }
ul.addresses a { grid-area: name; font-weight: 600; justify-self: start; }
ul.addresses code { grid-area: address; overflow-wrap: anywhere; }
ul.addresses button { grid-area: button; }
@media (min-width: 40rem) {
  ul.addresses > li { grid-template: "name address button" minmax(2.4rem, auto) / 6.5rem 1fr auto; }
}
button { font: inherit; font-size: .95rem; min-height: 2.4rem; padding: .2rem .9rem; border: 1px solid var(--link); border-radius: 6px;
  background: var(--paper); color: var(--link); cursor: pointer; }
ul.plain a { font-weight: 600; line-height: 1.35; }
.brief { margin: .2rem 0; display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.skip, .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { width: auto; height: auto; clip-path: none; padding: .4rem .8rem; background: var(--paper); }
figure { margin: 1rem 0; }
ul.plain > li::after { content: ""; display: block; clear: both; }
ul.plain figure { float: inline-end; width: 7rem; margin-block: .3rem; margin-inline: 1rem 0; }
ul.plain figure img { width: 100%; aspect-ratio: 4 / 3; object-fit: cover; }
footer h2 { font-size: 1rem; margin-block-start: 0; }
footer nav ul { margin: .4rem 0; padding-inline-start: 1.2rem; }
figure img { display: block; }
figcaption, footer p { unicode-bidi: plaintext; text-align: -webkit-match-parent; text-align: match-parent; }
figcaption { color: var(--faint); font-size: .9rem; }
img, video { max-width: 100%; height: auto; border-radius: 4px; }
audio { width: 100%; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); }
pre { white-space: pre-wrap; }
table { display: block; max-width: 100%; overflow-x: auto; border-collapse: collapse; }
th, td { padding: .3rem .6rem; border: 1px solid var(--line); text-align: start; }
code { font-size: .9em; }
`

/** Its source expression for `style-src` (CSP 3, 2.3.1). */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

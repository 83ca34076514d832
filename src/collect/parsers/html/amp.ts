/** AMP's own elements (https://amp.dev/documentation/components/) that HTML has under another name. */
const names: Readonly<Record<string, string>> = {
  'amp-img': 'img',
  'amp-anim': 'img',
  'amp-video': 'video',
  'amp-audio': 'audio',
  'amp-iframe': 'iframe',
}

/** Those that show a page of another site, by the attribute that names it. */
const embeds: Readonly<Record<string, readonly [attribute: string, address: string]>> = {
  'amp-youtube': ['data-videoid', 'https://www.youtube.com/watch?v='],
  'amp-vimeo': ['data-videoid', 'https://vimeo.com/'],
  'amp-dailymotion': ['data-videoid', 'https://www.dailymotion.com/video/'],
  'amp-twitter': ['data-tweetid', 'https://x.com/i/status/'],
  'amp-instagram': ['data-shortcode', 'https://www.instagram.com/p/'],
}

const noText =
  /^amp-(?:ad|auto-ads|sticky-ad|embed|analytics|pixel|sidebar|consent|user-notification|social-share|state|geo|subscriptions)$/

/** Gives a page's AMP elements the names that everything behind this knows, and takes those away that show no part of the text. */
export function replaceAmp(document: Document, elements: readonly Element[]): void {
  for (const element of elements) {
    if (!element.localName.startsWith('amp-')) continue
    if (noText.test(element.localName)) element.remove()
    else replace(document, element)
  }
}

function replace(document: Document, element: Element): void {
  const [attribute = '', address = ''] = embeds[element.localName] ?? []
  const id = element.getAttribute(attribute)
  const src = id !== null && /^[\w-]{1,40}$/.test(id) ? address + id : undefined
  const name = src === undefined ? names[element.localName] : 'iframe'
  if (name === undefined) return
  const plain = document.createElement(name)
  for (const kept of element.getAttributeNames()) plain.setAttribute(kept, element.getAttribute(kept) ?? '')
  if (src !== undefined) plain.setAttribute('src', src)
  // An image's children stand in for it.
  if (name === 'video' || name === 'audio') plain.append(...element.childNodes)
  element.replaceWith(plain)
}

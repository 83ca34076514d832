import { withoutMarkdown } from './without-markdown.ts'

/** What tags of site generators mean, where any reader can see it: a picture, a film, a post elsewhere. HTML, since tags also stand within HTML. */

/** `src="a.jpg" class=wide "A boat"`: values by name, and those without one. */
interface Arguments {
  named: Map<string, string>
  alone: string[]
}

const pictures = /(?:^|[-_])(?:figure|fig|img|image|picture|photo)(?:[-_]|$)/
const pictureFile = /\.(?:jpe?g|png|gif|webp|avif|svg|bmp)(?:[?#]\S*)?$/i

/**
 * The HTML that a tag stands for, `{{< figure src="a.jpg" >}}` or `{% include youtube.html id="x" %}`; '' for what only its system can resolve.
 * `isAlone`: nothing else stands on its lines.
 */
export function htmlOfTag(name: string, written: string, isAlone: boolean): string {
  const given = argumentsIn(written)
  if (/^include(?:_cached|_relative)?$/.test(name)) {
    const template = /([\w-]{1,60})\.(?:html|md|liquid|njk)$/.exec(given.alone.shift() ?? '')?.[1]
    return template === undefined ? '' : htmlOf(template.toLowerCase(), given, isAlone)
  }
  return htmlOf(name.toLowerCase(), given, isAlone)
}

function htmlOf(name: string, given: Arguments, isAlone: boolean): string {
  if (pictures.test(name)) return picture(given, isAlone)
  const kind = /^(audio|video)(?:[-_]\w{1,20})?$/.exec(name)?.[1]
  const file =
    valueOf(given, 'src', 'file', 'mp4', 'mp3') ??
    given.alone.find(each => /\.(?:mp[34]|webm|og[gv]|m4[av])$/i.test(each))
  if (kind !== undefined && file !== undefined) return `<${kind} src="${quoted(file)}"></${kind}>`
  const address = elsewhere(name, given)
  return address === undefined ? '' : `<a href="${quoted(address)}">${quoted(address)}</a>`
}

function picture(given: Arguments, isAlone: boolean): string {
  const src =
    valueOf(given, 'src', 'url', 'file', 'path', 'image_path', 'image', 'img', 'link') ??
    given.alone.find(each => pictureFile.test(each))
  if (src === undefined || /[\s<>"{}]/.test(src)) return ''
  const words = given.alone.slice(given.alone.indexOf(src) + 1).filter(each => !/^\d+(?:px|%)?$/.test(each))
  // Its system reads Markdown there.
  const caption = withoutMarkdown(valueOf(given, 'caption') ?? '') || undefined
  const alt = valueOf(given, 'alt') ?? caption ?? valueOf(given, 'title') ?? words.at(-1) ?? ''
  const img = `<img src="${quoted(src)}" alt="${quoted(alt)}">`
  return caption === undefined || !isAlone ? img : `<figure>${img}<figcaption>${quoted(caption)}</figcaption></figure>`
}

/** Where services keep what a tag names by its id alone. */
const services: readonly (readonly [name: RegExp, id: RegExp, address: (id: string) => string])[] = [
  [/^youtube/, /^[\w-]{6,20}$/, id => `https://www.youtube.com/watch?v=${id}`],
  [/^vimeo/, /^\d{4,15}$/, id => `https://vimeo.com/${id}`],
  [/^(?:tweet|twitter|x)(?:[-_]\w{1,20})?$/, /^\d{8,25}$/, id => `https://x.com/i/status/${id}`],
  [/^instagram/, /^[\w-]{8,20}$/, id => `https://www.instagram.com/p/${id}/`],
  [/^gist/, /^[\w-]{1,40}\/[\da-f]{5,40}$/, id => `https://gist.github.com/${id}`],
  [/^bilibili/, /^BV\w{8,12}$/, id => `https://www.bilibili.com/video/${id}`],
]
const embeds =
  /^(?:embed|oembed|link-?card|card|link[-_]preview|youtube|vimeo|twitter|tweet|x|instagram|soundcloud|spotify|codepen|tiktok|facebook|iframe)/

function elsewhere(name: string, given: Arguments): string | undefined {
  const values = [
    valueOf(given, 'id', 'video', 'videoid', 'youtubeid', 'url', 'src', 'href') ?? [],
    ...given.alone,
  ].flat()
  const web = values.find(each => /^https?:\/\/[^\s<>"{}]+$/.test(each))
  if (embeds.test(name) && web !== undefined) return web
  // A gist is named by its owner and its number.
  if (name.startsWith('gist')) values.unshift(given.alone.slice(0, 2).join('/'))
  const [, form, address] = services.find(([service]) => service.test(name)) ?? []
  const id = values.find(each => form?.test(each))
  return id === undefined ? undefined : address?.(id)
}

const argument = /([\w-]{1,60})\s{0,9}[=:]\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'{}]+))|"([^"]*)"|'([^']*)'|([^\s"']+)/g

/** Templates hand on values of their own (`{src}` of JSX too): they are none. */
function argumentsIn(written: string): Arguments {
  const given: Arguments = { named: new Map(), alone: [] }
  for (const [all, name, double, single, bare, ...alone] of written.slice(0, 3_000).matchAll(argument)) {
    const value = double ?? single ?? bare
    if (/^https?:\/\//.test(all)) given.alone.push(all)
    else if (name !== undefined && value !== undefined) given.named.set(name.toLowerCase(), value)
    else given.alone.push(alone.find(each => each !== undefined) ?? '')
  }
  return given
}

function valueOf({ named }: Arguments, ...names: string[]): string | undefined {
  return names.map(name => named.get(name)).find(value => value !== undefined && value !== '')
}

function quoted(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replace(/\s+/g, ' ')
}

import { isKeptByPath } from '../file-name.ts'
import type { Entry, FrontMatter } from './front-matter.ts'

/** Keys that keep an article from readers when they are true, and those when they are not: of Hugo, Jekyll, Docusaurus, Eleventy, Astro, Obsidian, Hexo. */
const whenTrue = [
  'draft',
  'drafts',
  'isDraft',
  'unlisted',
  'hidden',
  'private',
  'isPrivate',
  'wip',
  'headless',
  'encrypt',
  'unpublished',
  'noPublish',
  'excluded',
  'disabled',
  'deleted',
  'internal',
  'membersOnly',
  'entwurf',
  'brouillon',
  'borrador',
  'rascunho',
  'bozza',
  'utkast',
  'черновик',
  'чернетка',
  '草稿',
  '下書き',
]
const whenFalse = [
  'published',
  'publish',
  'public',
  'isPublished',
  'isPublic',
  'listed',
  'visible',
  'isVisible',
  'active',
  'enabled',
  'live',
  'output',
  'render',
  'dgPublish',
  'veröffentlicht',
  'publié',
  'publicado',
  'pubblicato',
]
/** These keep it whatever their value: a password. */
const whenThere = ['password']

const states = [
  'status',
  'state',
  'stage',
  'postStatus',
  'publishStatus',
  'publicationStatus',
  'publishState',
  'workflowState',
]

/** What people write into a title themselves, in brackets: `[DRAFT] Old tower`. */
const marked = /^[[(](?:draft|wip|entwurf|brouillon|borrador|rascunho|bozza|черновик|草稿|下書き)[\])]/i

/** States in which no system shows an article, and the words for a draft that people write instead. */
const keptStates =
  /^(?:draft|hidden|private|pending|trash(?:ed)?|inherit|auto-draft|scheduled|unpublished|unlisted|skip|wip|idea|deleted|sent|future|embargoed|held|on hold|spiked|killed|rejected|planned|not published|unreleased|(?:needs )?review|in[ -]?(?:progress|review|bearbeitung)|work in progress|to ?do|entwurf|brouillon|borrador|rascunho|bozza|concept|utkast|kladde|luonnos|szkic|koncept|taslak|черновик|чернетка|草稿|下書き|초안|임시저장|مسودة|ड्राफ़्ट|ร่าง|nháp|πρόχειρο|טיוטה)$/i

const no = /^(?:false|no|off|n|0)$/i
const yes = /^(?:true|yes|on|y|1)$/i

/** Does its system, by any sign of the front matter or the path, keep an article from readers? */
export function isKeptBack(matter: FrontMatter, path = ''): boolean {
  const word = (key: string) => wordsOf(matter.found(key))[0]
  const says = (keys: readonly string[], test: (text: string) => boolean) =>
    keys.some(key => {
      const text = word(key)
      return text !== undefined && test(text)
    })
  return (
    isKeptByPath(path) ||
    says(whenTrue, text => !no.test(text)) ||
    says(whenFalse, text => no.test(text)) ||
    says(whenThere, () => true) ||
    says(['eleventyExcludeFromCollections'], text => yes.test(text)) ||
    says(['layout', 'type'], text => /^drafts?$/i.test(text)) ||
    says(['title'], text => marked.test(text)) ||
    // Eleventy writes no page without an address.
    says(['permalink'], text => no.test(text)) ||
    says(states, text => keptStates.test(text)) ||
    // Ghost: for members alone.
    says(['visibility'], text => !/^(?:public|visible|listed|default)$/i.test(text)) ||
    rendersNothing(matter) ||
    isMisspelt(matter, word)
  )
}

/** Hugo's `build: { render: never }` and `list: never`; its older name has a mark in front. */
function rendersNothing(matter: FrontMatter): boolean {
  return matter.found('build').some(entry => {
    const never = (key: string) => 'fields' in entry && /^(?:never|false)$/.test(entry.fields.get(key)?.text ?? '')
    return never('render') || never('list')
  })
}

/** `darft: true`: rather kept by mistake than shown by one. */
function isMisspelt(matter: FrontMatter, word: (key: string) => string | undefined): boolean {
  const typos = matter.keys.filter(key => key.length <= 12)
  return typos.some(key => {
    const text = word(key) ?? ''
    return (yes.test(text) && isTypo(key, 'draft')) || (no.test(text) && isTypo(key, 'published'))
  })
}

/** Is one word the other but for one letter: missing, too many, another, or two that changed places? */
export function isTypo(written: string, meant: string): boolean {
  const [a, b] = [written.toLowerCase(), meant]
  if (a === b || Math.abs(a.length - b.length) > 1) return false
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  return left.length <= 1 && right.length <= 1 ? true : left.length === 2 && left === `${right[1]}${right[0]}`
}

function wordsOf(entries: readonly Entry[]): string[] {
  return entries.flatMap(entry => ('text' in entry ? entry.text : []))
}

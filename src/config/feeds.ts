import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Fault } from '../errors.ts'
import type { Feed } from '../feed.ts'
import { check } from './explain.ts'
import { didYouMean } from './nearest.ts'
import { licence } from './licence.ts'
import { podcast } from './podcast.ts'
import { flag, language, listOf, mapping, name, oneOf, text, url } from './values.ts'
import { describeReadError } from './read-text.ts'
import { readYamlFile, type Path, type YamlFile } from './yaml-file.ts'

const limitError = { error: 'a whole number from 1 to 1000' }

const feedKeys = mapping({
  title: text,
  description: text.optional(),
  select: mapping({
    sections: listOf(text, 'texts').default([]),
    languages: listOf(language, 'language tags').default([]),
    sources: listOf(name, 'names of sources').default([]),
    keywords: listOf(text, 'texts').default([]),
    media: listOf(oneOf(['image', 'audio', 'video']), 'kinds of media').optional(),
  }).prefault({}),
  limit: z.int(limitError).min(1, limitError).max(1000, limitError).default(50),
  content: oneOf(['full', 'summary', 'headline']).default('full'),
  media: flag.default(true),
  access: oneOf(['public', 'partners']).default('public'),
  language: language.optional(),
  image: url.optional(),
  icon: url.optional(),
  podcast: podcast.optional(),
  licence: licence.optional(),
  formerly: listOf(name, 'names').default([]),
  gone: flag.default(false),
})

/** Episodes are recordings, and directories of podcasts refuse one without a picture. */
const feedFile = feedKeys.superRefine(({ podcast: show, select, image, media }, context) => {
  if (show === undefined) return
  if (!media) context.addIssue({ code: 'custom', path: ['media'], message: 'true, since episodes are recordings' })
  if (!select.media?.some(kind => kind !== 'image'))
    context.addIssue({
      code: 'custom',
      path: ['select', 'media'],
      message: 'a list with audio or video, since episodes are recordings',
    })
  if ((show.image ?? image) === undefined)
    context.addIssue({ code: 'custom', path: ['podcast', 'image'], message: "an image, here or as the feed's own" })
})

/** A feed's file as it was found, and the feed in it unless that has a fault. */
export interface FeedFile {
  name: string
  document: YamlFile
  feed?: Feed
}

/** Where feeds are read from, and what they need to know. */
export interface FeedsContext {
  /** Absolute: the folder. */
  path: string
  /** What it is called in faults and notes. */
  shownAs: string
  siteLanguage: string
  /** Where what is no fault, but worth a word, goes. */
  notes: Fault[]
}

/** Reads every feed in a folder; in the order of their names. */
export function readFeeds({ path, shownAs, siteLanguage, notes }: FeedsContext, faults: Fault[]): FeedFile[] {
  const names = namesIn(path, shownAs, faults)
  for (const ignored of names.filter(fileName => !isYaml(fileName)))
    notes.push({ file: `${shownAs}/${ignored}`, message: 'is ignored: the files of feeds end in .yaml' })
  return withGoodNames(names.filter(isYaml), shownAs, faults).flatMap(fileName => {
    const document = readYamlFile(join(path, fileName), `${shownAs}/${fileName}`, faults)
    if (!document) return []
    const feedName = fileName.replace(/\.yaml$/, '')
    const read = check(feedFile, document, [], faults)
    return [{ name: feedName, document, ...(read && { feed: toFeed(feedName, read, siteLanguage) }) }]
  })
}

function namesIn(path: string, shownAs: string, faults: Fault[]): string[] {
  try {
    // Names with a dot in front are those of editors and of mounted volumes.
    return readdirSync(path)
      .filter(fileName => !fileName.startsWith('.'))
      .toSorted()
  } catch (error) {
    faults.push({ file: shownAs, message: `this folder ${describeReadError(error)}: expected one file for each feed` })
    return []
  }
}

function isYaml(fileName: string): boolean {
  return /\.ya?ml$/i.test(fileName)
}

function withGoodNames(names: readonly string[], shownAs: string, faults: Fault[]): string[] {
  return names.filter(fileName => {
    const trouble = fileNameTrouble(fileName)
    if (trouble !== undefined) faults.push({ file: `${shownAs}/${fileName}`, message: trouble })
    return trouble === undefined
  })
}

function fileNameTrouble(fileName: string): string | undefined {
  const stem = fileName.replace(/\.[^.]*$/, '')
  if (!fileName.endsWith('.yaml')) return `rename it to ${stem}.yaml: the files of feeds end so`
  if (name.safeParse(stem).success) return undefined
  return "the file's name is the feed's name and its address: expected small letters a-z, digits and hyphens, then .yaml"
}

function toFeed(feedName: string, read: z.infer<typeof feedFile>, siteLanguage: string): Feed {
  const { image, icon, podcast: show, licence: terms, media: withMedia, ...rest } = read
  const { media, ...select } = read.select
  const picture = show?.image ?? image
  return {
    name: feedName,
    ...rest,
    select: { ...select, ...(media && media.length > 0 && { media }) },
    description: read.description ?? read.title,
    language: read.language ?? siteLanguage,
    ...(!withMedia && { media: false as const }),
    ...(image !== undefined && { image }),
    ...(icon !== undefined && { icon }),
    ...(show && picture !== undefined && { podcast: { ...show, image: picture } }),
    ...(terms && { licence: terms }),
  }
}

/** Sources that feeds select, but that are not there. */
export function checkSelectedSources(files: readonly FeedFile[], sources: ReadonlySet<string>, faults: Fault[]): void {
  for (const { document } of files)
    for (const [at, selected] of namesAt(document, ['select', 'sources'])) {
      if (sources.has(selected)) continue
      const known = sources.size === 0 ? 'config/feedwire.yaml has none' : `expected one of ${[...sources].join(', ')}`
      const advice = didYouMean(selected, sources) || `: ${known}`
      const place = document.placeOf(['select', 'sources', at])
      faults.push({ ...place, message: `select.sources: unknown source "${selected}"${advice}` })
    }
}

/** Old names that another feed has, now or formerly: one address cannot lead to two feeds. */
export function checkFormerNames(files: readonly FeedFile[], faults: Fault[]): void {
  const owners = new Map(files.map(({ name: feedName, document }) => [feedName, `the name of ${document.file}`]))
  for (const { name: feedName, document } of files)
    for (const [at, former] of namesAt(document, ['formerly'])) {
      const owner = former === feedName ? "the feed's own name" : owners.get(former)
      if (owner === undefined) owners.set(former, `already an old name of ${document.file}`)
      else faults.push({ ...document.placeOf(['formerly', at]), message: `formerly: "${former}" is ${owner}` })
    }
}

/** As written, so that a fault elsewhere in the file hides none here. */
function namesAt(document: YamlFile, path: Path): [number, string][] {
  const list = document.get(path)
  if (!Array.isArray(list)) return []
  return list.flatMap((item: unknown, at) => (typeof item === 'string' ? [[at, item]] : []))
}

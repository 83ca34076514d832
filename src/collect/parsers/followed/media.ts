import type { Media, Rendition } from '../../../article.ts'
import { listIn, numberIn, textIn, type Fields } from '../json.ts'
import { kindsByNature } from '../renditions.ts'

/** Pictures, films and sounds: the first form of each is its best. Feedwire tells only what may be shown now. */
export function mediaIn(article: Fields): Media[] {
  return listIn(article, 'associations').flatMap(association => {
    const kind = kindsByNature.get(textIn(association, 'type') ?? '')
    const [best, ...others] = listIn(association, 'renditions').flatMap(renditionIn)
    if (kind === undefined || best === undefined) return []
    const said = {
      caption: describedIn(association, 'caption'),
      alt: describedIn(association, 'alt'),
      credit: textIn(association, 'by'),
      rights: textIn(association, 'copyrightnotice'),
    }
    return [{ kind, ...best, ...defined(said), ...(others.length > 0 && { others }) }]
  })
}

function renditionIn(fields: Fields): Rendition[] {
  const url = textIn(fields, 'href')
  if (url === undefined) return []
  const told = {
    type: textIn(fields, 'contenttype'),
    length: numberIn(fields, 'sizeinbytes'),
    width: numberIn(fields, 'width'),
    height: numberIn(fields, 'height'),
    duration: numberIn(fields, 'duration'),
  }
  return [{ url, ...defined(told) }]
}

function describedIn(association: Fields, role: string): string | undefined {
  const piece = listIn(association, 'descriptions').find(each => textIn(each, 'role') === role)
  return piece && textIn(piece, 'value')
}

function defined<T extends object>(properties: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

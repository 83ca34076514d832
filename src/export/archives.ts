import { formatNames, type FormatName } from '../publish/formats/index.ts'
import type { History, Newsstand } from './newsstand.ts'
import type { Made, StaticFile } from './static-file.ts'

/** `feeds/NAME/archive/N.rss`, ...: every page of every public feed's archive. */
export function archiveFiles({ pages }: History, newsstand: Newsstand): StaticFile[] {
  return [...pages].flatMap(([{ name }, recipes]) =>
    recipes.flatMap((recipe, index) =>
      formatNames.map(format => ({
        path: `feeds/${name}/archive/${index + 1}.${format}`,
        recipe,
        make: () => makePage(name, index + 1, format, newsstand),
      })),
    ),
  )
}

async function makePage(feed: string, number: number, format: FormatName, { archives }: Newsstand): Promise<Made> {
  const page = await archives.page(feed, number, format)
  if (page === undefined) throw new Error(`the feed “${feed}” has no page ${number} any more`)
  return page
}

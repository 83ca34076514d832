import { articleFiles } from './articles.ts'
import { archiveFiles } from './archives.ts'
import { directoryFile } from './directory.ts'
import { editionFiles } from './editions.ts'
import { readHistory } from './history.ts'
import { listFiles } from './lists.ts'
import type { Newsstand } from './newsstand.ts'
import { noticeFiles } from './notices.ts'
import type { StaticFile } from './static-file.ts'

/**
 * Everything that an export consists of; what others lead to goes first. Another kind of document is one more line here.
 */
export async function documentsOf(newsstand: Newsstand): Promise<StaticFile[]> {
  const history = await readHistory(newsstand)
  return [
    ...articleFiles(history, newsstand),
    ...archiveFiles(history, newsstand),
    ...(await editionFiles(newsstand)),
    ...listFiles(history, newsstand),
    await directoryFile(history, newsstand),
    ...(await noticeFiles(newsstand)),
  ]
}

import type { Site } from '../../site.ts'
import { prefixOf } from '../addresses.ts'
import { English, renderPage } from './document.tsx'

/** What a browser shows in place of a page: `sentence` says why there is none. */
export function renderProblem(sentence: string, site: Site): string {
  return renderPage({
    title: `${sentence} – ${site.title}`,
    language: site.language,
    site,
    children: (
      <>
        <h1>
          <English>{sentence}</English>
        </h1>
        <p>
          <a href={`${prefixOf(site)}/`}>
            <English>All feeds</English>
          </a>
        </p>
      </>
    ),
  })
}

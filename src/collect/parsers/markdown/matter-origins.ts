import type { Hints, Origins } from '../draft.ts'
import { dayInPath } from '../file-name.ts'
import { originsAmong } from '../origins.ts'
import type { FrontMatter } from './front-matter.ts'
import { dayIn } from './matter-facts.ts'
import { matterKeys } from './matter-keys.ts'

/** Where each value stands in front matter: `front matter "date", line 4`. */
export function matterOrigins(matter: FrontMatter, hints: Hints): Origins {
  const placeOf = (key: string): string | undefined => {
    const line = matter.lineOf(key)
    return line === undefined || matter.found(key).length === 0 ? undefined : `front matter "${key}", line ${line}`
  }
  const day = dayIn(matter)
  const dayKey = day && matterKeys.published.find(key => matter.lineOf(key) === day.line)
  const origins = originsAmong(matterKeys, placeOf)
  return {
    ...origins,
    title: origins.title ?? 'the first heading',
    pubStatus: 'front matter or the path, which keep it from readers',
    published:
      (dayKey && placeOf(dayKey)) ??
      (dayInPath(hints.path ?? '') === undefined ? 'an address in the front matter' : "the file's name"),
  }
}

import { z } from 'zod'
import {
  authority,
  cron,
  duration,
  hub,
  language,
  mapping,
  oneOf,
  publicAddress,
  text,
  timezone,
  url,
} from './values.ts'

/** The top of `config/feedwire.yaml`. The sources are read one by one (`sources.ts`): what each may hold depends on its kind. */
export const siteFile = mapping({
  site: mapping({
    title: text,
    url: publicAddress.optional(),
    publisher: mapping({ name: text, url: url.optional() }).optional(),
    authority,
    language: language.default('en'),
    hub: hub.optional(),
    links: oneOf(['source', 'here']).default('source'),
  }),
  sources: z.array(z.unknown(), { error: 'a list of sources' }).default([]),
  schedule: mapping({
    timezone: timezone.default('UTC'),
    collect: cron.default('* * * * *'),
    republish: cron.default('0 4 * * *'),
    prune: cron.default('30 4 * * *'),
  }).prefault({}),
  keep: mapping({
    wire: duration.prefault('90d'),
    versions: duration.prefault('30d'),
    audit: duration.prefault('400d'),
  }).prefault({}),
})

export type SiteFile = z.infer<typeof siteFile>

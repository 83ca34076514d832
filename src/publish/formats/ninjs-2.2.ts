const standard = {
  name: 'ninjs',
  version: '2.2',
  schema: 'http://www.iptc.org/std/ninjs/ninjs-schema_2.2.json#',
}

/** Names that are not only in small letters there. */
const others = new Map([['embargoedUntil', 'embargoed']])

/** ninjs 3.1 of ours as ninjs 2.2 (IPTC, https://iptc.org/std/ninjs/), whose names are in small letters. Names are of objects alone: values stay. */
export function toNinjs22(ninjs: object): object {
  const said = renamed(ninjs) as Record<string, unknown>
  return 'standard' in said ? { ...said, standard } : said
}

function renamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renamed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [others.get(name) ?? name.toLowerCase(), renamed(each)]),
  )
}

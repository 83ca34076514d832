import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The pages of a collection with what people say of them, each `{ name, bytes, date, title, authors, with, without, text }`. What a
 * collection does not say is absent; what lies nowhere is left out.
 */
export const collections = {
  /** adbar/htmldate: `tests/*.json`, address -> file and date. */
  htmldate: folder =>
    inTests(folder, ['eval_default.json', 'eval_mediacloud_2020.json'], ['cache', 'eval', 'test_set'], ({ date }) => ({
      date,
    })),
  /** adbar/trafilatura: `tests/evaldata.json`, address -> file, phrases that belong to the text and that do not, and for most title and author. */
  trafilatura: folder =>
    inTests(folder, ['evaldata.json'], ['cache', 'eval'], ({ title, author, with: has, without }) => ({
      title: title || undefined,
      authors: author?.length > 0 ? [author].flat() : undefined,
      with: has,
      without,
    })),
  /** mozilla/readability: `test/test-pages/NAME`, with the text as its own library has it. */
  readability: folder => {
    const pages = join(folder, 'test/test-pages')
    return readdirSync(pages).map(name => ({
      name,
      bytes: readFileSync(join(pages, name, 'source.html')),
      text: readFileSync(join(pages, name, 'expected.html'), 'utf8'),
    }))
  },
}

function inTests(folder, lists, folders, said) {
  const tests = join(folder, 'tests')
  const entries = lists.flatMap(list => valuesIn(readFileSync(join(tests, list), 'utf8')))
  return entries.flatMap(entry => {
    const path = folders.map(each => join(tests, each, entry.file)).find(existsSync)
    return path === undefined ? [] : [{ name: entry.file, bytes: readFileSync(path), ...said(entry) }]
  })
}

/** Python writes what is missing as `NaN`. */
function valuesIn(json) {
  return Object.values(JSON.parse(json.replace(/: NaN(?=[,}])/g, ': null')))
}

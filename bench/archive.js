import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const articles = 20_000
export const sections = 50

const words =
  'harbour council bridge winter report quiet engine market river school minister orchard signal copper'.split(' ')

/** Invented, about 4 kB, as a newsroom's; each is another. */
export function articleOf(i, title = `Headline number ${i} of the archive`) {
  const sentence = n =>
    `The ${words[(i + n) % 14]} of the ${words[(i * 3 + n) % 14]} was seen near the ${words[(i * 5 + n * 2) % 14]} on day ${i + n}.`
  const paragraphs = Array.from({ length: 12 }, (_, p) =>
    Array.from({ length: 5 }, (__, s) => sentence(p * 5 + s)).join(' '),
  )
  return { title, section: i % sections, date: new Date(Date.UTC(2021, 0, 1) + i * 3_600_000), paragraphs, number: i }
}

/** Writes every article as `write` has it, in a folder for each section. */
export async function writeArchive(folder, extension, write) {
  for (let section = 0; section < sections; section++) {
    await mkdir(join(folder, `s${section}`), { recursive: true })
  }
  for (let i = 0; i < articles; i++) {
    const article = articleOf(i)
    await writeFile(join(folder, `s${article.section}`, `${i}.${extension}`), write(article))
  }
}

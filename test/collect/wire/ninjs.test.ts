import { describe, expect, it } from 'vitest'
import { readArticle } from '../../../src/operate/article.ts'
import { correct } from '../../../src/operate/life.ts'
import { addPartner } from '../../../src/operate/partners.ts'
import { childOf, openChain, type Chain } from './chain.ts'

/** One article with all that ninjs 3.1 can say of it, as an agency would send it. */
const rich = {
  uri: 'urn:newsml:agency.example:20240501:harbour',
  version: '4',
  pubStatus: 'usable',
  firstCreated: '2024-05-01T08:00:00Z',
  versionCreated: '2024-05-01T09:30:00Z',
  expires: '2031-01-01T00:00:00Z',
  urgency: 2,
  slugline: 'HARBOUR-STRIKE',
  language: 'pt-PT',
  headlines: [{ role: 'main', contentType: 'text/plain', value: 'Greve no porto: “três dias” & mais' }],
  descriptions: [{ role: 'summary', contentType: 'text/plain', value: 'O que se sabe até agora:' }],
  bodies: [
    {
      role: 'main',
      contentType: 'text/html',
      value:
        '<p>LISBOA, Portugal - O porto <strong>parou</strong> às 6&nbsp;h &lt;ontem&gt;.</p><h2>Porquê</h2>' +
        '<figure><img src="https://img.example/a.jpg" alt="Cais"><figcaption>O cais</figcaption></figure>' +
        '<ul><li>Um</li><li><a href="https://other.example/?a=1&amp;b=2">Dois</a></li></ul>' +
        '<blockquote><p>عاجل: «هنا»</p></blockquote><pre><code>a &lt; b</code></pre>' +
        '<table><tr><th>Ano</th><td>2024</td></tr></table><p>H<sub>2</sub>O</p>',
    },
  ],
  by: 'Ana Reis em Lisboa e Rui Sá (fotografia)',
  infoSources: [
    { name: 'Ana Reis', role: 'author', uri: 'https://agency.example/ana' },
    { name: 'Agência Modelo', role: 'publisher', uri: 'https://agency.example/' },
  ],
  located: 'Lisboa',
  copyrightHolder: 'Agência Modelo',
  copyrightNotice: '© 2024 Agência Modelo',
  usageTerms: 'Not for use after 2030.\nNo archives.',
  edNote: 'Editors: photos to follow.',
  genres: [{ name: 'Feature', literal: 'genre:Feature' }],
  subjects: [
    { name: 'Economia', rel: 'section', uri: 'http://cv.example/sections/eco' },
    { name: 'greve', rel: 'about', uri: 'http://cv.iptc.org/newscodes/mediatopic/20000533' },
    { name: 'portos', rel: 'keyword' },
    { name: 'trabalho', rel: 'keyword', literal: 'wrk' },
  ],
  people: [{ name: 'Maria Luz', rel: 'about', uri: 'https://people.example/1' }],
  organisations: [{ name: 'Sindicato', rel: 'about', literal: 'org:7' }],
  places: [{ name: 'Setúbal', rel: 'about', uri: 'https://geo.example/setubal' }],
  objects: [{ name: 'Grua X', rel: 'about', literal: 'crane-x' }],
  renditions: [{ name: 'source', href: 'https://agency.example/porto?id=1' }],
  associations: [
    {
      name: 'main',
      type: 'picture',
      uri: 'https://img.example/a.jpg',
      by: 'Rui Sá',
      copyrightNotice: '© Rui Sá',
      descriptions: [
        { role: 'caption', value: 'O cais vazio' },
        { role: 'alt', value: 'Um cais sem navios' },
      ],
      renditions: [
        {
          name: 'original',
          href: 'https://img.example/a.jpg',
          contentType: 'image/jpeg',
          width: 800,
          height: 600,
          sizeInBytes: 1234,
        },
        { name: 'small', href: 'https://img.example/a-s.jpg', contentType: 'image/jpeg', width: 80, height: 60 },
      ],
    },
    {
      name: 'sound',
      type: 'audio',
      renditions: [{ name: 'mp3', href: 'https://img.example/s.mp3', contentType: 'audio/mpeg', duration: 65 }],
    },
  ],
}

/** Without what is each one's own: names of the article, and addresses of its page. */
function shared(ninjs: object): object {
  const { uri, altIds, renditions, ...rest } = ninjs as { uri: string; altIds: unknown; renditions: { name: string }[] }
  expect(uri).toMatch(/^tag:/)
  expect(altIds).toBeDefined()
  return JSON.parse(JSON.stringify({ ...rest, renditions: renditions.filter(({ name }) => name !== 'web') })) as object
}

async function bothNinjs(chain: Chain): Promise<[parent: object, child: object]> {
  const [head] = await chain.parent.app.store.articles.list({ limit: 1 })
  const own = await childOf(chain, `${head!.source}/${head!.key}`)
  const theirs = await chain.child.app.store.articles.head(own)
  const [parent, child] = await Promise.all([
    readArticle(head!, chain.parent.app),
    readArticle(theirs!, chain.child.app),
  ])
  return [parent.ninjs, child.ninjs]
}

const feeds = { all: { title: 'All' } }

describe('an article that came by a wire', () => {
  it('has all that ninjs carries, field by field', async () => {
    const files = { 'rich.json': JSON.stringify(rich) }
    await using chain = await openChain({ parent: { files, feeds }, child: { feeds, site: { language: 'fi' } } })
    await chain.round()
    const [parent, child] = await bothNinjs(chain)
    expect(shared(child)).toEqual(shared(parent))
    expect(Object.keys(shared(child)).length).toBeGreaterThan(25)
    expect(child).toMatchObject({
      altIds: [
        { role: 'source', value: (parent as { uri: string }).uri },
        { role: 'earlier', value: rich.uri },
      ],
    })
  })

  it('has the correction that stands with it, with its day, also when another change was told', async () => {
    const files = { 'rich.json': JSON.stringify(rich) }
    await using chain = await openChain({ parent: { files, feeds }, child: { feeds } })
    const { parent, child } = chain
    const [head] = await parent.app.store.articles.list({ limit: 1 })
    await correct(`${head!.source}/${head!.key}`, 'It was two days.', { store: parent.app.store, now: parent.now })
    parent.now += 86_400_000
    child.now = parent.now
    const later = { ...rich, version: '5', versionCreated: '2024-06-02T10:00:00Z', slugline: 'HARBOUR' }
    await parent.home.write('rich.json', JSON.stringify(later))
    await chain.round()
    const own = await childOf(chain, `${head!.source}/${head!.key}`)
    const [theirs] = await parent.app.store.articles.list({ limit: 1 })
    expect(theirs).toMatchObject({ version: 3, note: 'It was two days.', notedAt: '2024-06-01T12:00:00Z' })
    const { version, note, notedAt, changed } = theirs!
    expect(await child.app.store.articles.head(own)).toMatchObject({ version, note, notedAt, changed })
    const [parents, childs] = await bothNinjs(chain)
    expect(shared(childs)).toEqual(shared(parents))
  })

  it('keeps the notes to editors apart from what readers are told, where a partner follows', async () => {
    const files = { 'rich.json': JSON.stringify(rich) }
    const closed = { desk: { title: 'Desk', access: 'partners' } }
    await using chain = await openChain({
      parent: { files, feeds: closed },
      child: { feeds },
      async source({ app, now }) {
        const { token } = await addPartner('child', { feeds: ['desk'] }, { store: app.store, now })
        return { headers: { Authorization: `Bearer ${token}` } }
      },
    })
    const { parent, child } = chain
    const content = async () => {
      await chain.round()
      const [head] = await parent.app.store.articles.list({ limit: 1 })
      const own = await child.app.store.articles.head(await childOf(chain, `${head!.source}/${head!.key}`))
      return {
        note: own?.note,
        edNote: (await child.app.store.articles.content(own!)).edNote,
        ref: `${head!.source}/${head!.key}`,
      }
    }
    const { ref, ...before } = await content()
    expect(before).toEqual({ note: undefined, edNote: rich.edNote })
    await correct(ref, 'It was two days.', { store: parent.app.store, now: parent.now })
    expect(await content()).toMatchObject({ note: 'It was two days.', edNote: rich.edNote })
  })

  it('is its summary, where the feed gives no more', async () => {
    const files = { 'rich.json': JSON.stringify(rich) }
    const brief = { all: { title: 'All', content: 'summary' } }
    await using chain = await openChain({ parent: { files, feeds: brief }, child: { feeds } })
    await chain.round()
    const [, child] = await bothNinjs(chain)
    expect(child).toMatchObject({
      bodies: [{ value: '<p>O que se sabe até agora …</p>' }],
      descriptions: [{ value: 'O que se sabe até agora …' }],
    })
  })
})

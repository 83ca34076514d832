import { expect, it } from 'vitest'
import { openNewsroom } from '../newsroom.ts'
import { texts, validate } from './validate.ts'

const sound = {
  url: 'https://media.example/tide.mp3',
  mime_type: 'audio/mpeg',
  size_in_bytes: 4_000_000,
  duration_in_seconds: 95,
}
const picture = { url: 'https://media.example/tide.jpg', mime_type: 'image/jpeg' }

const item = (id: string, attachments: object[], text = 'The tide came in. Nobody was surprised.') =>
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Desk',
    items: [
      {
        id,
        title: `Story ${id}`,
        content_html: `<p>${text}</p>`,
        date_published: '2024-05-01T10:00:00Z',
        attachments,
      },
    ],
  })

it('a feed that selects audio becomes a podcast, which an article leaves with its recording', async () => {
  await using room = await openNewsroom({
    source: { format: 'json-feed', include: ['**/*.json'] },
    files: { 'heard.json': item('heard', [picture, sound]), 'seen.json': item('seen', [picture]) },
    feeds: {
      all: { title: 'All' },
      talk: {
        title: 'Talk',
        image: 'https://media.example/cover.png',
        select: { media: ['audio'] },
        podcast: { author: 'The Desk', email: 'desk@media.example', category: 'News > Daily News' },
      },
    },
  })
  const rss = async (feed: string): Promise<string> => {
    await room.app.publish(feed)
    const loaded = await room.app.store.editions.load(feed)
    return loaded!.editions.editions.find(each => each.format === 'rss')!.bodies.identity.toString()
  }
  await room.app.collect('desk')
  const talk = await rss('talk')
  expect(validate('rss', talk)).toEqual([])
  expect(texts(talk, '//item/title')).toEqual(['Story heard'])
  expect(texts(talk, '//item/enclosure/@url | //item/itunes:duration')).toEqual([sound.url, '95'])
  const all = await rss('all')
  expect(texts(all, '//item/title')).toHaveLength(2)
  expect(all).not.toContain('itunes')

  await room.home.write('heard.json', item('heard', [picture], 'The tide went out. Nobody was surprised.'))
  room.now += 60_000
  await room.app.collect('desk')
  expect(texts(await rss('talk'), '//item')).toEqual([])
})

import { expect, it } from 'vitest'
import { addPartner, setPartner } from '../../../src/operate/partners.ts'
import { keys } from '../../../src/store/keys.ts'
import { openNewsroom } from '../../newsroom.ts'
import { until } from '../../redis.ts'

it('wakes everybody at once where feeds are given or taken: nobody is moved past it first', async () => {
  await using room = await openNewsroom({ feeds: { a: { title: 'A' }, b: { title: 'B' } } })
  const { store } = room.app
  const messages: string[] = []
  const listener = room.redis.client().on('message', (_channel, message) => messages.push(message))
  await listener.subscribe(keys.stirred)
  await addPartner('one', { feeds: ['a'] }, { store, now: room.now })
  await setPartner('one', { feeds: ['b'] }, { store, now: room.now })
  await setPartner('one', { rate: 7 }, { store, now: room.now })
  await room.redis.client().publish(keys.stirred, 'end')
  await until(() => messages.at(-1) === 'end')
  expect(messages.slice(0, -1).map(message => message.split(' ').slice(2).join(' '))).toEqual([
    '0 1 *',
    '1 2 *',
    '2 2 *',
  ])
})

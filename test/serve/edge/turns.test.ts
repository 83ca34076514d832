import { expect, test } from 'vitest'
import { Turns } from '../../../src/serve/edge/turns.ts'

/** Work that is done when it is told so. */
function workshop() {
  const begun: string[] = []
  const ends = new Map<string, { resolve: () => void; reject: (error: Error) => void }>()
  const work = (name: string) => () => {
    begun.push(name)
    return new Promise<void>((resolve, reject) => ends.set(name, { resolve, reject }))
  }
  return {
    begun,
    work,
    end: (name: string) => ends.get(name)?.resolve(),
    fail: (name: string) => ends.get(name)?.reject(new Error(name)),
  }
}

const settle = () => new Promise<void>(resolve => void setImmediate(resolve))

test('begins no more than so many at a time, in the order in which they came', async () => {
  const { begun, work, end } = workshop()
  const turns = new Turns(2)
  for (const name of ['a', 'b', 'c', 'd']) void turns.take(name, work(name))
  await settle()
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await settle()
  expect(begun).toEqual(['a', 'b', 'c'])
  end('a')
  await settle()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})

test('gives one turn to all who ask before it begins, and another to who asks after that', async () => {
  const { begun, work, end } = workshop()
  const turns = new Turns(2)
  const first = [turns.take('a', work('a')), turns.take('a', work('a'))]
  await settle()
  expect([begun, first[0] === first[1]]).toEqual([['a'], true])
  const second = turns.take('a', work('a'))
  await settle()
  // One name has one turn at a time, whatever is free.
  expect(begun).toEqual(['a'])
  expect(turns.isBusy('a')).toBe(true)
  end('a')
  await Promise.all(first)
  await settle()
  expect(begun).toEqual(['a', 'a'])
  end('a')
  await second
  expect(turns.isBusy('a')).toBe(false)
})

test('tells who asked of a failure, and goes on with the next', async () => {
  const { begun, work, end, fail } = workshop()
  const turns = new Turns(1)
  const [bad, other] = [turns.take('a', work('a')), turns.take('b', work('b'))]
  await settle()
  fail('a')
  await expect(bad).rejects.toThrow('a')
  await settle()
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await other
})

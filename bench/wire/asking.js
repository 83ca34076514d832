import { fork } from 'node:child_process'
import { message } from './crowd.js'

/** Somebody who asks, in a process of its own (`asker.js`). */
export async function openAsker() {
  const child = fork(new URL('./asker.js', import.meta.url))
  await message(child)
  return {
    async ask(task) {
      const answer = message(child)
      child.send(task)
      return await answer
    },
    close: () => child.kill(),
  }
}

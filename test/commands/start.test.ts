import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, lstat, mkdir, readdir, writeFile } from 'node:fs/promises'
import { Agent, get } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { dump } from '../newsroom.ts'
import { canSeeProcesses, kill, makeProgramHome, type ProgramHome, type Running } from '../processes.ts'
import { until } from '../redis.ts'

const files = { 'a.txt': dump('Alpha'), 'b.txt': dump('Beta', { section: 'Sport' }) }
const feeds = { all: { title: 'All' }, sport: { title: 'Sport', select: { sections: ['Sport'] } } }

/** `start` on the home, and the address on which it is ready. */
async function startOn(home: ProgramHome, ...options: string[]): Promise<{ program: Running; url: string }> {
  const program = home.run(['start', ...options])
  const [, url = ''] = await program.said(/is served on (\S+)\/\n/)
  await until(async () => (await fetch(`${url}/readyz`)).status === 200)
  return { program, url }
}

async function titles(url: string): Promise<string[]> {
  const { items } = (await (await fetch(`${url}/feeds/all.json`)).json()) as { items: { title: string }[] }
  return items.map(({ title }) => title).toSorted()
}

/** The process id of the child that runs the command. */
async function childOf(home: ProgramHome, command: string): Promise<number> {
  for (const [pid, line] of await home.processes()) if (line.endsWith(`main.js ${command}`)) return pid
  return 0
}

describe.skipIf(!canSeeProcesses)('start (not where processes cannot be seen: no /proc)', { concurrent: true }, () => {
  it('serves the archive, says where, and leaves nothing running after SIGTERM', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { program, url } = await startOn(home)
    expect(program.stdout()).toMatch(/\/feeds\/all\.\{rss,atom,json\}/)
    expect(program.stdout()).toMatch(/\/feeds\/sport\.\{rss,atom,json\}/)
    expect(await titles(url)).toEqual(['Alpha', 'Beta'])
    expect(await program.kill('SIGTERM')).toEqual({ code: 0, signal: null })
    expect(await home.processes()).toEqual(new Map())
  })

  it('tells its server how much to keep in memory', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { url } = await startOn(home, '--memory', '1MB')
    expect(await childOf(home, 'serve --memory 1MB')).toBeGreaterThan(0)
    expect(await titles(url)).toEqual(['Alpha', 'Beta'])
  })

  it('ends in order when a terminal sends Ctrl-C to all of its processes, and npm sends it again', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const program = home.run(['start'], { group: true })
    await program.said(/is served on/)
    kill(-program.pid, 'SIGINT')
    kill(program.pid, 'SIGINT')
    expect(await program.exit).toEqual({ code: 0, signal: null })
    expect(program.stderr()).not.toContain('130')
    expect(await home.processes()).toEqual(new Map())
  })

  it('cuts no request off while it stops', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { program, url } = await startOn(home)
    const readers = Array.from({ length: 8 }, () => readUntilRefused(url))
    await until(() => readers.every(({ count }) => count() > 20))
    expect((await program.kill('SIGTERM')).code).toBe(0)
    const ends = await Promise.all(readers.map(({ ended }) => ended))
    expect(ends).toEqual(readers.map(() => 'refused'))
  })

  it('leaves no worker and no edge when it is killed, and no Redis after the next start and stop', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { program } = await startOn(home)
    await program.kill('SIGKILL')
    await until(async () => [...(await home.processes()).values()].every(line => line.includes('redis')))
    const next = await startOn(home)
    expect(await titles(next.url)).toEqual(['Alpha', 'Beta'])
    expect((await next.program.kill('SIGTERM')).code).toBe(0)
    expect(await home.processes()).toEqual(new Map())
  })

  it('starts its worker again when it is killed, which collects what came meanwhile', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { program, url } = await startOn(home)
    const worker = await childOf(home, 'work')
    await home.write('c.txt', dump('Gamma'))
    kill(worker, 'SIGKILL')
    await until(async () => (await titles(url)).includes('Gamma'))
    expect(await childOf(home, 'work')).not.toBe(worker)
    expect((await program.kill('SIGTERM')).code).toBe(0)
    expect(await home.processes()).toEqual(new Map())
  })

  it('starts its edge again when it is killed, which serves all there is', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { program } = await startOn(home)
    const edge = await childOf(home, 'serve')
    kill(edge, 'SIGKILL')
    const address = () => program.stdout().match(/http:\S+(?=\/\n)/g)?.[1] ?? ''
    await until(async () => (await titles(address())).join() === 'Alpha,Beta')
    expect(await childOf(home, 'serve')).not.toBe(edge)
    expect((await program.kill('SIGTERM')).code).toBe(0)
    expect(await home.processes()).toEqual(new Map())
  })

  it('leaves nothing running when it is told to stop while it starts, at any moment', async () => {
    await using home = await makeProgramHome({ files, feeds })
    for (let milliseconds = 0; milliseconds <= 1500; milliseconds += 150) {
      const program = home.run(['start'])
      await pause(milliseconds)
      const { code, signal } = await program.kill('SIGTERM')
      // Before it listens to signals, the first milliseconds, the system ends it.
      expect([0, 'SIGTERM']).toContain(code ?? signal)
      expect({ milliseconds, left: [...(await home.processes()).values()] }).toEqual({ milliseconds, left: [] })
    }
  })

  it('says that its port is taken, and ends with exit code 2', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const program = home.run(['start'], { environment: { PORT: String(port) } })
    expect(await program.exit).toEqual({ code: 2, signal: null })
    expect(program.stderr()).toContain(`Cannot listen on 127.0.0.1 port ${port}`)
    expect(await home.processes()).toEqual(new Map())
    other.close()
  })

  it.each([{ HOST: '192.0.2.1' }, { HOST: 'nowhere.invalid' }, { HOST: '127.0.0.1', PORT: 'taken' }])(
    'finds before it starts a Redis that it cannot listen: %j',
    async ({ HOST, PORT }) => {
      await using home = await makeProgramHome({ files, feeds })
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const address = other.address()
      const taken = typeof address === 'object' ? String(address?.port) : ''
      const program = home.run(['start'], { environment: { HOST, PORT: PORT === undefined ? '0' : taken } })
      expect((await program.exit).code).toBe(2)
      expect(program.stderr()).toMatch(new RegExp(`^Cannot listen on ${HOST} port .*Set HOST or PORT\\.\n$`))
      expect(existsSync(join(home.folder, '.feedwire', 'redis', 'redis.log'))).toBe(false)
      other.close()
    },
  )

  it('is refused beside one that runs there, which goes on as it was', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const { url } = await startOn(home)
    const port = new URL(url).port
    const environment = { PORT: port, PUBLIC_URL: 'https://other.example' }
    const second = home.run(['start'], { environment })
    expect((await second.exit).code).toBe(2)
    const inForce = await home.command('republish', '--force', '--json')
    expect(inForce.code).toBe(0)
    expect(await (await fetch(`${url}/feeds/all.json`)).text()).not.toContain('other.example')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  it('takes its data from everybody but its owner, also where they were open before', async () => {
    await using home = await makeProgramHome({ files, feeds })
    const data = join(home.folder, '.feedwire')
    await mkdir(join(data, 'editions'), { recursive: true })
    await writeFile(join(data, 'editions', 'old'), '')
    for (const path of [data, join(data, 'editions'), join(data, 'redis')]) await chmod(path, 0o755)
    await chmod(join(data, 'editions', 'old'), 0o644)
    await startOn(home)
    const open = []
    for (const path of [data, ...(await readdir(data, { recursive: true })).map(name => join(data, name))]) {
      const { mode } = await lstat(path)
      // A link's own mode says nothing.
      if ((mode & 0o077) !== 0 && (mode & 0o170000) !== 0o120000) open.push([path, (mode & 0o777).toString(8)])
    }
    expect(open).toEqual([])
  })
})

/** Asks for an edition again and again on one connection, until no connection can be had. Tells how it ended. */
function readUntilRefused(url: string): { count: () => number; ended: Promise<string> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  let count = 0
  const read = async (): Promise<string> => {
    for (;;) {
      const outcome = await readOnce(`${url}/feeds/all.rss`, agent)
      if (outcome !== 'whole') return outcome
      count++
    }
  }
  return { count: () => count, ended: read().finally(() => agent.destroy()) }
}

/** A connection that is closed before a request is read may be taken up anew: RFC 9112, 9.3.1. */
function readOnce(url: string, agent: Agent): Promise<string> {
  return new Promise(resolve => {
    const request = get(url, { agent }, response => {
      response.on('error', error => resolve(`cut off: ${error.message}`))
      response.on('end', () => resolve(response.complete && response.statusCode === 200 ? 'whole' : 'not whole'))
      response.resume()
    })
    request.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : String(error)),
    )
  })
}

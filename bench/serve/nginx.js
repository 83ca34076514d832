import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { makeEditions, pathOf } from './edition.js'

/** Is there an nginx that gives static files in gzip? */
export async function hasNginx() {
  const { stderr } = await promisify(execFile)('nginx', ['-V']).catch(() => ({ stderr: '' }))
  return stderr.includes('http_gzip_static_module')
}

/** One worker of nginx that gives the editions in gzip as static files, as after `feedwire export`. */
export async function startNginx(count) {
  const folder = await makeFolder()
  await mkdir(join(folder, dirname(pathOf(0))))
  let number = 0
  for (const { bodies } of makeEditions(count)) await writeFile(join(folder, `${pathOf(number++)}.gz`), bodies.gzip)
  return await runNginx({
    folder,
    http: `
  sendfile on;
  tcp_nopush on;
  open_file_cache max=10000;
  default_type application/rss+xml;`,
    server: `
    root .;
    location /feeds/ { gzip_static always; add_header Cache-Control "public, max-age=60"; add_header Vary Accept-Encoding; }`,
  })
}

/** For an nginx of its own. */
export async function makeFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'feedwire-bench-'))
  await mkdir(join(folder, 'tmp'))
  return folder
}

/** One worker with these settings in its places, until `stop`, which takes the folder away too. `pid`: of its master. */
export async function runNginx({ folder, modules = '', http, server }) {
  const port = await freePort()
  await writeFile(join(folder, 'nginx.conf'), settings({ port, modules, http, server }))
  const args = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log'), '-g', 'daemon off;']
  const child = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'inherit'] })
  await untilListening(port, child)
  const stop = async () => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  return { port, pid: child.pid, stop }
}

function settings({ port, modules, http, server }) {
  return `
${modules}
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
worker_rlimit_nofile 16000;
pid nginx.pid;
events { worker_connections 12000; }
http {
  access_log off;
  client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp; uwsgi_temp_path tmp; scgi_temp_path tmp;
  keepalive_requests 1000000000;${http}
  server {
    listen 127.0.0.1:${port} backlog=10000;${server}
  }
}
`
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}

async function untilListening(port, child) {
  while (child.exitCode === null) {
    const socket = connect(port, '127.0.0.1')
    const there = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    if (there) return
    await pause(20)
  }
  throw new Error('nginx does not start')
}

import { existsSync } from 'node:fs'
import { makeFolder, runNginx } from '../serve/nginx.js'
import { childOf } from './processes.js'

const module = '/usr/lib/nginx/modules/ngx_nchan_module.so'

/** nchan, with one worker of nginx; undefined where it is not installed, and said so. */
export async function startNchan() {
  if (!existsSync(module)) {
    process.stdout.write('nchan is not installed: left out (Debian: apt install libnginx-mod-nchan)\n')
    return undefined
  }
  const { port, pid, stop } = await runNginx({
    folder: await makeFolder(),
    modules: `load_module ${module};`,
    http: '\n  nchan_max_reserved_memory 64M;',
    server: `
    location /publish { nchan_publisher; nchan_channel_id news; nchan_message_buffer_length 10; nchan_message_timeout 1m; }
    location /stream { nchan_subscriber eventsource; nchan_channel_id news; nchan_subscriber_first_message newest; }
    location /poll { nchan_subscriber longpoll; nchan_channel_id news; nchan_subscriber_first_message newest; nchan_subscriber_timeout 60s; }`,
  })
  return { port, pid: await childOf(pid), stop }
}

import type { Route } from './route.ts'

/** `/healthz`: the process lives. */
export const healthRoute: Route = {
  path: '/healthz',
  isFree: true,
  open: () => (_request, response) => {
    response.setHeader('Cache-Control', 'no-store').json({ status: 'ok' })
  },
}

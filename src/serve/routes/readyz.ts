import type { Route } from './route.ts'

/** `/readyz`: every feed is served and every source was read once. */
export const readinessRoute: Route = {
  path: '/readyz',
  isFree: true,
  open: newsroom => (_request, response) => {
    const { ready, status, reason } = newsroom.readiness()
    response.status(ready ? 200 : 503).setHeader('Cache-Control', 'no-store')
    response.json({ status, reason })
  },
}

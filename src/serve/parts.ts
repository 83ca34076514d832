/** What only a process that serves is built from: loaded together. */
export { createNewsroom } from './newsroom.ts'
export { edgeInForce } from './edge/edge-in-force.ts'
export { Follower } from './edge/follower.ts'
export { Memory, usualMemory } from './edge/memory.ts'
export { PartnerList } from '../partners/partner-list.ts'
export { Shelf } from './edge/shelf.ts'
export { createRoutes } from './routes/routes.ts'
export { WireDesk } from './wire/desk.ts'

// Pages that stand open hear of changes.

export { liveRoutes } from './routes.ts'

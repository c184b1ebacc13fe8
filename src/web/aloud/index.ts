// Pages read aloud, for whoever reads with difficulty.

export { aloudRoutes } from './routes.tsx'

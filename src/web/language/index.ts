// How pages are read: the second language, larger letters, and the line on every page that changes them.

export { type Preference, preferenceOf } from './preference.ts'
export { renderFor } from './render.tsx'
export { languageRoutes } from './routes.ts'
export { ReadingTools } from './tools.tsx'

// The face of form pages: one filing, from questions to sending, shared by the citizen's portal and the counter.

export { type FilingFace, type FilingPageProps, filingPaths } from './face.ts'
export { type Filing, formState, loadFiling } from './filing.ts'
export { type Claims, claimsOf, factsOf } from './identity.ts'
export { receiveForm, type Received } from './receive.ts'
export { filingRoutes, type FilingOptions } from './routes.tsx'
export { requestedReasons, SupplementNotice } from './supplement-notice.tsx'

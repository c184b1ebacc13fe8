// Identity's face: who is at the other end, how they come in, and how they leave.

export { knowCitizen, signInCitizen } from './citizens.ts'
export { identityJobs } from './jobs.ts'
export { createLimiter, createSignInLimits, type Limiter, type SignInLimits } from './limiter.ts'
export { createCredential, createCredentials, setPassword, signInOfficer, unlock } from './officers.ts'
export { actorOfSession, actorOfToken, type CitizenProfile, findCitizen, hasCredentials, listSessions } from './queries.ts'
export {
  CitizenClaims,
  type Device,
  type Recognised,
  type RecognisedSession,
  SESSION_LIMITS,
  type SessionRow,
  type SignedIn,
} from './schema.ts'
export { forgetStale, revokeOtherSessions, revokeSession, signOut, switchPost } from './sessions.ts'
export { issueToken, revokeToken } from './tokens.ts'

// Identity's face: who is at the other end, how they come in, and how they leave.

export { type Account, disableAccount, enableAccount, listAccounts, needAccount } from './accounts.ts'
export { knowCitizen, signInCitizen } from './citizens.ts'
export { confirmSelf } from './confirm.ts'
export { deviceWords } from './devices.ts'
export { beginTotp, confirmTotp, type Factors, factorsOf, removeTotp, renewCodes, resetFactors } from './factors.ts'
export { giveAgain, type NotYetIn, notYetIn } from './given-again.ts'
export { identityHandover } from './handover.ts'
export { identityJobs } from './jobs.ts'
export { createLimiter, createSignInLimits, type Limiter, type SignInLimits } from './limiter.ts'
export { beginSignIn, createCredential, createCredentials, type FactorAsked, factorAskedOf, finishSignIn, setPassword, signInOfficer, unlock } from './officers.ts'
export { askPasskey, beginPasskey, confirmByPasskey, finishPasskey, type PasskeyAnswer, relyingParty, removePasskey, signInByPasskey } from './passkeys.ts'
export { actorOfSession, actorOfToken, type CitizenProfile, findCitizen, hasCredentials, listSessions, listSignIns, rulesOf, type SignInRow } from './queries.ts'
export { canAdminister, freshlyConfirmed } from './rules.ts'
export {
  CitizenClaims,
  type Device,
  type Proof,
  type Recognised,
  type RecognisedSession,
  SESSION_LIMITS,
  type SessionRow,
  type SignedIn,
} from './schema.ts'
export { disableUnusedAccounts, forgetStale, revokeOtherSessions, revokeSession, signOut, switchPost } from './sessions.ts'
export { givenPassword, loginFor, readList as readTakenOn, takeOn, type Taken, type TakenOn, TakeOnInput } from './taking-on.ts'
export { issueToken, revokeToken } from './tokens.ts'
export { identityReorg } from './reorg-part.ts'

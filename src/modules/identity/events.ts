// The facts of identity: who came in, who failed, what was locked, issued and ended. None carries a secret.

import { z } from 'zod'
import { defineEvent } from '#core/events/index.ts'

/** `received` names the claims that VNeID handed over, not their values. */
export const citizenSignedIn = defineEvent(
  'identity.citizen_signed_in',
  z.object({ level: z.number(), received: z.array(z.string()), session: z.string() }),
)
export const officerSignedIn = defineEvent('identity.officer_signed_in', z.object({ login: z.string(), session: z.string() }))
export const signInFailed = defineEvent('identity.sign_in_failed', z.object({ login: z.string(), tries: z.number() }))
export const loginLocked = defineEvent('identity.login_locked', z.object({ login: z.string(), until: z.iso.datetime() }))
export const loginUnlocked = defineEvent('identity.login_unlocked', z.object({ login: z.string() }))
export const signedOut = defineEvent('identity.signed_out', z.object({ session: z.string() }))
export const sessionRevoked = defineEvent('identity.session_revoked', z.object({ sessions: z.number(), session: z.string().nullable() }))
export const postSwitched = defineEvent(
  'identity.post_switched',
  z.object({ from: z.string().nullable(), to: z.string(), session: z.string() }),
)
export const passwordSet = defineEvent('identity.password_set', z.object({ login: z.string() }))
export const credentialsCreated = defineEvent('identity.credentials_created', z.object({ count: z.number() }))
export const tokenIssued = defineEvent(
  'identity.token_issued',
  z.object({ token: z.string(), label: z.string(), postId: z.string().nullable(), expiresAt: z.iso.datetime() }),
)
export const tokenRevoked = defineEvent('identity.token_revoked', z.object({ token: z.string() }))

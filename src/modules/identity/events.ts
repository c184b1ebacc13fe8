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
/** `device` in words, `ip` masked. */
export const signedInNewDevice = defineEvent('identity.signed_in_new_device', z.object({ session: z.string(), device: z.string(), ip: z.string().nullable() }))
export const sessionUnlocked = defineEvent('identity.session_unlocked', z.object({ session: z.string(), proof: z.string() }))
export const factorAdded = defineEvent('identity.factor_added', z.object({ factor: z.enum(['totp', 'passkey']), name: z.string().nullable() }))
export const factorRemoved = defineEvent('identity.factor_removed', z.object({ factor: z.enum(['totp', 'passkey']), name: z.string().nullable() }))
export const recoveryCodesMade = defineEvent('identity.recovery_codes_made', z.object({ count: z.number() }))
export const recoveryCodeUsed = defineEvent('identity.recovery_code_used', z.object({ left: z.number() }))
/** By an administrator, for an officer who has lost phone and key. */
export const factorsReset = defineEvent('identity.factors_reset', z.object({ login: z.string(), reason: z.string(), factors: z.number() }))
export const accountDisabled = defineEvent('identity.account_disabled', z.object({ login: z.string(), why: z.string() }))
export const accountEnabled = defineEvent('identity.account_enabled', z.object({ login: z.string(), reason: z.string() }))
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

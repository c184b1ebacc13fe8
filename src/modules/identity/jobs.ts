// The daily sweeps of identity.

import type { Job } from '#core/jobs/index.ts'
import { disableUnusedAccounts, forgetStale } from './sessions.ts'

/** To be scheduled daily: ended sessions, old tokens and old wrong tries go, the facts about them stay; accounts nobody uses are disabled. */
export const identityJobs: readonly Job[] = [
  { name: 'identity.forget', run: (ctx) => forgetStale(ctx, {}) },
  { name: 'identity.disable_unused', run: async (ctx) => void (await disableUnusedAccounts(ctx, {})) },
]

// The daily sweep of identity.

import type { Job } from '#core/jobs/index.ts'
import { forgetStale } from './sessions.ts'

/** To be scheduled daily: ended sessions, old tokens and old wrong tries go; the facts about them stay. */
export const identityJobs: readonly Job[] = [{ name: 'identity.forget', run: (ctx) => forgetStale(ctx, {}) }]

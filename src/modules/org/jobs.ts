// What the organisation sees to by itself, daily: units that go live, where nobody can sign today, and what those who left still held.

import { inTransaction } from '#core/db/index.ts'
import type { Job } from '#core/jobs/index.ts'
import { localDate } from '#core/workdays/local.ts'
import { handOverLeavers } from './handover.ts'
import { noteUnmanned } from './manning.ts'
import { openPlanned } from './rollout.ts'

export const orgJobs: readonly Job<never>[] = [
  { name: 'org.signing', run: async (ctx) => void (await inTransaction(ctx.db, (tx) => noteUnmanned(tx, ctx, null, localDate(ctx.now)))) },
  { name: 'org.go_live', run: async (ctx) => void (await inTransaction(ctx.db, (tx) => openPlanned(ctx, tx))) },
  { name: 'org.leavers', run: async (ctx) => void (await handOverLeavers(ctx)) },
]

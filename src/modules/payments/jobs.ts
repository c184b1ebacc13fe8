// Timed work of payments: every quarter of an hour what the banks say is held against what we hold.

import type { Job } from '#core/jobs/index.ts'
import { reconcile } from './reconcile.ts'

export const jobs: readonly Job<never>[] = [{ name: 'payments.reconcile', run: async (ctx) => void (await reconcile(ctx)) }]

export const RECONCILE_CRON = { task: 'payments.reconcile', match: '*/15 * * * *' } as const

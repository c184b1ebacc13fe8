// Sending as jobs: one for each message, and a sweep every minute for what a job has lost.

import type { Job } from '#core/jobs/index.ts'
import { deliver, sweep } from './deliver.ts'

export const jobs: readonly Job<never>[] = [
  { name: 'notify.deliver', run: deliver as Job['run'] },
  { name: 'notify.sweep', run: (ctx) => sweep(ctx) },
]

// Timed work of dossiers.

import type { Job } from '#core/jobs/index.ts'
import { calendarJobs } from './calendar-moves.ts'
import { moveFromEnded } from './consult-views.ts'
import { ruleMoveJobs } from './rule-moves.ts'
import { silenceElapsed } from './steps.ts'
import { dueNear, receptionDue } from './watch.ts'

export const jobs: readonly Job<never>[] = [
  { name: 'dossiers.successors', run: async (ctx) => void (await moveFromEnded(ctx)) },
  ...calendarJobs,
  ...ruleMoveJobs,
  { name: 'dossiers.timer', run: silenceElapsed as Job['run'] },
  { name: 'dossiers.reception_due', run: receptionDue as Job['run'] },
  { name: 'dossiers.due_near', run: dueNear as Job['run'] },
]

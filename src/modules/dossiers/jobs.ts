// Timed work of dossiers.

import type { Job } from '#core/jobs/index.ts'
import { silenceElapsed } from './steps.ts'

export const jobs: readonly Job<never>[] = [{ name: 'dossiers.timer', run: silenceElapsed as Job['run'] }]

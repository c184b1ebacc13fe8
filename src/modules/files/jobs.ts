// The hourly sweep of uploads that nobody goes on with.

import type { Job } from '#core/jobs/index.ts'
import { sweepUploads } from './uploads.ts'

export const jobs: readonly Job[] = [{ name: 'files.sweep', run: async (ctx) => void (await sweepUploads(ctx)) }]

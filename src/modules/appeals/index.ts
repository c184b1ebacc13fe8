// The face of appeals: one tap, and the unit above looks again.

import type { Job } from '#core/jobs/index.ts'
import { appealDue } from './actions.ts'
import { ruleJobs } from './rule-moves.ts'

export { decide as decideAppeal, DecideInput, lodge as lodgeAppeal, LodgeInput } from './actions.ts'
export { appealFile, appealPaper, appealsOf, countAppeals, judges, listAppeals, viewAppeal } from './queries.ts'
export { aboveOf, canDecide as canDecideAppeal } from './rules.ts'
export { type Appeal, APPEAL_STATES, type AppealState } from './schema.ts'

export const jobs: readonly Job<never>[] = [{ name: 'appeals.due', run: appealDue as Job['run'] }, ...ruleJobs]
export { type AppealImpact, previewAppeals, ruleReactions as appealReactions } from './rule-moves.ts'
export { ruleOutcomeOfAppeals } from './rule-store.ts'
export { appealsReorg } from './reorg-part.ts'

// Facts of reorganisations.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const plan = { plan: z.uuid(), title: z.string() }

export const planDrafted = defineEvent('reorg.plan_drafted', z.object(plan))
export const planSent = defineEvent('reorg.plan_sent', z.object({ ...plan, revision: z.number().int() }))
export const planReturned = defineEvent('reorg.plan_returned', z.object({ ...plan, note: z.string() }))
export const planConfirmed = defineEvent('reorg.plan_confirmed', z.object({ ...plan, digest: z.string(), day: z.iso.date() }))
export const planCancelled = defineEvent('reorg.plan_cancelled', z.object({ ...plan, note: z.string() }))
export const planHalted = defineEvent('reorg.plan_halted', z.object({ ...plan, faults: z.array(z.string()) }))
export const planExecuted = defineEvent(
  'reorg.plan_executed', z.object({ ...plan, run: z.uuid(), day: z.iso.date(), decision: z.string(), ended: z.number().int(), created: z.number().int(), counts: z.record(z.string(), z.number().int()) }),
)
export const planRolledBack = defineEvent('reorg.plan_rolled_back', z.object({ ...plan, reason: z.string(), returned: z.number().int(), kept: z.array(z.string()) }))
/** An officer's post after a plan; told to the officer. */
export const officerMoved = defineEvent('reorg.officer_moved', z.object({ plan: z.uuid(), officer: z.string(), from: z.string(), to: z.string().nullable(), title: z.string().nullable(), day: z.iso.date(), decision: z.string(), back: z.boolean().optional() }))
export const sealSettled = defineEvent('reorg.seal_settled', z.object({ ...plan, unit: z.string(), kind: z.string(), on: z.iso.date() }))

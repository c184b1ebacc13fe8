// Facts about batches of moves; the subject is the plan's id. Each dossier leaves its own fact, dossiers.version_changed.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const plan = { code: z.string(), from: z.number().int(), to: z.number().int() }
const counted = { moved: z.number().int(), left: z.number().int() }

export const planned = defineEvent('moves.planned', z.object(plan))
export const asked = defineEvent('moves.asked', z.object({ ...plan, count: z.number().int(), reason: z.string(), decision: z.string() }))
export const confirmed = defineEvent('moves.confirmed', z.object({ ...plan, count: z.number().int() }))
export const sentBack = defineEvent('moves.sent_back', z.object({ ...plan, note: z.string() }))
export const finished = defineEvent('moves.finished', z.object({ ...plan, ...counted }))
export const undoAsked = defineEvent('moves.undo_asked', z.object({ ...plan, reason: z.string() }))
export const undone = defineEvent('moves.undone', z.object({ ...plan, undone: z.number().int(), stayed: z.number().int() }))

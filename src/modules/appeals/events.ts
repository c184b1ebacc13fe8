// The facts about appeals; their subject is the dossier, so that they stand in its own timeline.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const appeal = { code: z.string(), appeal: z.uuid(), against: z.string(), unit: z.string() }
const reasons = z.array(z.object({ code: z.string(), text: z.string(), clause: z.string().nullable(), detail: z.string().nullish() }))

export const lodged = defineEvent('appeals.lodged', z.object({ ...appeal, dueAt: z.iso.datetime(), derivation: z.string() }))
export const overdue = defineEvent('appeals.overdue', z.object({ ...appeal, dueAt: z.iso.datetime() }))
/** A changed rule gives the unit above more time; never less than was told. */
export const dueMoved = defineEvent('appeals.due_moved', z.object({ ...appeal, from: z.iso.datetime(), dueAt: z.iso.datetime(), derivation: z.string(), words: z.string(), basis: z.string() }))
export const decided = defineEvent('appeals.decided', z.object({ ...appeal, how: z.enum(['uphold', 'overturn']), late: z.boolean(), reasons, note: z.string().nullable() }))

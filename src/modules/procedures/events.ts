// Facts about procedures.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

export const imported = defineEvent('procedures.imported', z.object({ code: z.string(), version: z.int(), decision: z.string() }))
export const processImported = defineEvent('procedures.process_imported', z.object({ name: z.string(), number: z.int() }))
export const draftBegun = defineEvent('procedures.draft_begun', z.object({ code: z.string(), draft: z.string(), origin: z.string() }))
export const draftDropped = defineEvent('procedures.draft_dropped', z.object({ code: z.string(), draft: z.string(), note: z.string() }))
export const draftSubmitted = defineEvent('procedures.draft_submitted', z.object({ code: z.string(), draft: z.string(), revision: z.int() }))
export const published = defineEvent('procedures.published', z.object({ code: z.string(), version: z.int(), decision: z.string(), draft: z.string(), effectiveFrom: z.string(), abolishes: z.boolean() }))
export const withdrawn = defineEvent('procedures.withdrawn', z.object({ code: z.string(), version: z.int(), reason: z.string() }))
export const reviewed = defineEvent('procedures.reviewed', z.object({ code: z.string(), version: z.int(), verdict: z.string() }))

// Facts of the catalogue.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

export const entriesImported = defineEvent('catalogue.entries_imported', z.object({ source: z.string(), rows: z.int(), added: z.int(), changed: z.int(), gone: z.int() }))
export const changeSeen = defineEvent('catalogue.change_seen', z.object({ code: z.string(), kind: z.string() }))
export const sayingAdded = defineEvent('catalogue.saying_added', z.object({ saying: z.uuid(), say: z.array(z.string()), mean: z.string() }))
export const sayingDropped = defineEvent('catalogue.saying_dropped', z.object({ saying: z.uuid() }))
export const essentialMarked = defineEvent('catalogue.essential_marked', z.object({ code: z.string(), basis: z.string() }))
export const essentialUnmarked = defineEvent('catalogue.essential_unmarked', z.object({ code: z.string() }))
export const roadmapDrafted = defineEvent('catalogue.roadmap_drafted', z.object({ roadmap: z.uuid(), year: z.int(), name: z.string() }))
export const roadmapChanged = defineEvent('catalogue.roadmap_changed', z.object({ roadmap: z.uuid(), targets: z.int() }))
export const roadmapApproved = defineEvent('catalogue.roadmap_approved', z.object({ roadmap: z.uuid(), decision: z.string(), targets: z.int() }))

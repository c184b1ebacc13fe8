// Facts about procedures.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

export const imported = defineEvent('procedures.imported', z.object({ code: z.string(), version: z.int(), decision: z.string() }))
export const processImported = defineEvent('procedures.process_imported', z.object({ name: z.string(), number: z.int() }))

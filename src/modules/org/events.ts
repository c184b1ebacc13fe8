// Facts about who holds which post, from when to when.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const holding = { post: z.string(), unit: z.string(), role: z.string(), officer: z.string() }

export const holdingGiven = defineEvent('org.holding_given', z.object({ ...holding, from: z.iso.date(), to: z.iso.date().nullable() }))
export const holdingEnded = defineEvent('org.holding_ended', z.object({ ...holding, to: z.iso.date() }))

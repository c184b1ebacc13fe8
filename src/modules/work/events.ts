// Facts about work in hand.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const inHand = z.object({ item: z.uuid(), step: z.string(), name: z.string() })

export const claimed = defineEvent('work.item_claimed', inHand)
export const released = defineEvent('work.item_released', inHand)
/** A process says that somebody above should know (an escalation that nothing in the drawing catches). */
export const escalated = defineEvent('work.escalated', z.object({ process: z.uuid(), code: z.string(), name: z.string() }))

// Facts about work in hand.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const inHand = z.object({ item: z.uuid(), step: z.string(), name: z.string() })

export const claimed = defineEvent('work.item_claimed', inHand)
export const released = defineEvent('work.item_released', inHand)
/** A process says that somebody above should know (an escalation that nothing in the drawing catches). */
export const escalated = defineEvent('work.escalated', z.object({ process: z.uuid(), code: z.string(), name: z.string() }))

const given = { ...inHand.shape, officer: z.string(), officerName: z.string() }
/** A head gave an open item to an officer of its desk. */
export const assigned = defineEvent('work.item_assigned', z.object(given))
/** An item went from one officer to another, or back to the common list (`officer` empty), with the reason. */
export const reassigned = defineEvent('work.item_reassigned', z.object({ ...given, from: z.string(), fromName: z.string(), reason: z.string() }))

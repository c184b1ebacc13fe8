// Facts about work in hand.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const inHand = z.object({ item: z.uuid(), step: z.string(), name: z.string() })

export const claimed = defineEvent('work.item_claimed', inHand)
export const released = defineEvent('work.item_released', inHand)

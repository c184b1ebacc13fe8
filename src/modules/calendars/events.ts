// Facts about calendars: what was changed, for whom, on whose decision.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

export const changed = defineEvent(
  'calendars.changed',
  z.object({
    /** null: the whole province */
    unit: z.string().nullable(),
    path: z.string().nullable(),
    /** the days whose work is another now; `to` null when there is no end */
    from: z.iso.date(),
    to: z.iso.date().nullable(),
    /** what was done, in one sentence */
    words: z.string(),
    basis: z.string(),
    added: z.array(z.uuid()),
    ended: z.array(z.uuid()),
  }),
)

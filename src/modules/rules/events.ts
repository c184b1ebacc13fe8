// Facts about rules: planned, confirmed, come into force, withdrawn.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const about = { change: z.uuid(), rule: z.string(), title: z.string(), document: z.string(), clause: z.string(), validFrom: z.iso.date(), words: z.string() }

export const planned = defineEvent('rules.planned', z.object(about))
export const confirmed = defineEvent('rules.confirmed', z.object({ ...about, backDated: z.boolean() }))
export const withdrawn = defineEvent('rules.withdrawn', z.object({ ...about, why: z.string() }))
/** Its day has come and it cannot be applied. */
export const halted = defineEvent('rules.halted', z.object({ ...about, why: z.string() }))
/** Its day has come. `open`: it binds what was open on that day too. */
export const changed = defineEvent(
  'rules.changed',
  z.object({ ...about, kind: z.enum(['register', 'term', 'fee', 'document']), moves: z.string().nullable(), procedure: z.string().nullable(), open: z.boolean(), backDated: z.boolean() }),
)

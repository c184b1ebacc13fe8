// What the day's closing of a cash desk needs to be told.

import { z } from 'zod'
import { day, dossier, head, instant, maybe, maybeText, text } from './shapes.ts'

const vnd = z.number().int()

export const cashClosing = z.strictObject({
  ...head,
  /** a day's closing is about no single dossier */
  dossier: maybe(dossier),
  day,
  series: text,
  /** In the order of their numbers; a cancelled one keeps its number and counts nothing. */
  rows: z.array(z.strictObject({ number: text, dossier: text, time: text, amountVnd: vnd.min(0), cancelled: z.boolean().default(false) })),
  expectedVnd: vnd.min(0),
  countedVnd: vnd.min(0),
  countedInWords: text,
  /** counted − expected */
  differenceVnd: vnd,
  differenceReason: maybeText,
  transfersVnd: vnd.min(0),
  countedBy: text,
  countedAt: instant,
  signedBy: maybeText,
  signedAt: maybe(instant),
})

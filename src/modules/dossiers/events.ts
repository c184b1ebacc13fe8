// The facts about a dossier, in the order of its life. Personal data stays out of them: the subject is the dossier's id.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const due = { dueAt: z.iso.datetime().nullable(), derivation: z.string().nullable() }
const reasons = z.array(z.object({ code: z.string(), text: z.string(), clause: z.string().nullable() }))
const coded = { code: z.string() }

export const drafted = defineEvent('dossiers.drafted', z.object({ procedure: z.string(), channel: z.string() }))
export const submitted = defineEvent('dossiers.submitted', z.object({ ...coded, receivedUnit: z.string(), decidedUnit: z.string(), channel: z.string() }))
export const accepted = defineEvent('dossiers.accepted', z.object({ ...coded, receiptNo: z.string(), ...due }))
export const refused = defineEvent('dossiers.refused', z.object({ ...coded, reasons, note: z.string().nullable() }))
export const supplementRequested = defineEvent('dossiers.supplement_requested', z.object({ ...coded, reasons, note: z.string().nullable(), before: z.boolean() }))
export const supplemented = defineEvent('dossiers.supplemented', z.object({ ...coded, ...due }))
export const stepCompleted = defineEvent(
  'dossiers.step_completed',
  z.object({ ...coded, step: z.string(), stepName: z.string(), outcome: z.string(), outcomeLabel: z.string(), effect: z.string().nullable(), note: z.string().nullable() }),
)
export const clockPaused = defineEvent('dossiers.clock_paused', z.object({ ...coded, reason: z.string() }))
export const clockResumed = defineEvent('dossiers.clock_resumed', z.object({ ...coded, ...due }))
export const signed = defineEvent('dossiers.signed', z.object({ ...coded, rejection: z.boolean() }))
export const numbered = defineEvent('dossiers.numbered', z.object({ ...coded, number: z.string() }))
export const finished = defineEvent('dossiers.finished', z.object({ ...coded, late: z.boolean(), unresolved: z.boolean() }))
export const returned = defineEvent('dossiers.returned', z.object({ ...coded, way: z.enum(['online', 'counter']), unresolved: z.boolean() }))
export const withdrawn = defineEvent('dossiers.withdrawn', z.object({ ...coded, note: z.string().nullable() }))
export const partAdded = defineEvent('dossiers.part_added', z.object({ part: z.string(), source: z.string(), file: z.string().nullable(), sha256: z.string().nullable() }))
export const partRemoved = defineEvent('dossiers.part_removed', z.object({ part: z.string(), file: z.string().nullable() }))

// — who looks —
/** An officer without work on it has said why they look. */
export const accessGiven = defineEvent('dossiers.access_given', z.object({ reason: z.string(), clause: z.string(), note: z.string().nullable() }))
/** An officer has looked at the dossier or a piece of it; `reason` when it is not their work. */
export const viewed = defineEvent('dossiers.viewed', z.object({ what: z.string(), detail: z.string(), ground: z.string(), reason: z.string().nullable() }))
/** A search or an export has shown names of so many dossiers; each is a row of dossiers.view. Subject: the officer. */
export const listViewed = defineEvent('dossiers.list_viewed', z.object({ what: z.string(), rows: z.number() }))
export const questioned = defineEvent('dossiers.view_questioned', z.object({ question: z.string(), unit: z.string(), officer: z.string() }))
export const questionAnswered = defineEvent('dossiers.view_answered', z.object({ question: z.string(), citizen: z.string() }))

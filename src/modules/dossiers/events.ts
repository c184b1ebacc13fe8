// The facts about a dossier, in the order of its life. Personal data stays out of them: the subject is the dossier's id.

import { z } from 'zod'
import { defineEvent } from '#core/events/define.ts'

const due = { dueAt: z.iso.datetime().nullable(), derivation: z.string().nullable() }
const reasons = z.array(z.object({
  code: z.string(), text: z.string(), clause: z.string().nullable(), detail: z.string().nullish(), concerns: z.object({ key: z.string(), name: z.string() }).nullish(),
}))
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
/** `signer`: how the signature stands on paper, e.g. KT. CHỦ TỊCH. */
export const signed = defineEvent('dossiers.signed', z.object({ ...coded, rejection: z.boolean(), signer: z.object({ authority: z.string().nullable(), title: z.string() }).nullish() }))
export const numbered = defineEvent('dossiers.numbered', z.object({ ...coded, number: z.string() }))
export const finished = defineEvent('dossiers.finished', z.object({ ...coded, late: z.boolean(), unresolved: z.boolean(), breach: z.string().nullable().default(null) }))
export const returned = defineEvent('dossiers.returned', z.object({ ...coded, way: z.enum(['online', 'counter']), unresolved: z.boolean() }))
export const withdrawn = defineEvent('dossiers.withdrawn', z.object({ ...coded, note: z.string().nullable() }))
export const partAdded = defineEvent('dossiers.part_added', z.object({ part: z.string(), source: z.string(), file: z.string().nullable(), sha256: z.string().nullable(),
  /** the part of an earlier dossier that it was taken over from */
  reusedFrom: z.string().optional() }))
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

// — turns of its life —

export const supplementPermitted = defineEvent('dossiers.supplement_permitted', z.object({ ...coded, reason: z.string() }))
export const supplementRevoked = defineEvent('dossiers.supplement_revoked', z.object({ ...coded, ...due, note: z.string().nullable() }))
export const breached = defineEvent('dossiers.breached', z.object({ ...coded, cause: z.string() }))
export const apologised = defineEvent('dossiers.apologised', z.object({ ...coded, ...due, firstDueAt: z.iso.datetime().nullable(), reasons, note: z.string().nullable() }))
export const extended = defineEvent('dossiers.extended', z.object({ ...coded, ...due, firstDueAt: z.iso.datetime().nullable(), note: z.string().nullable() }))
export const stopped = defineEvent('dossiers.stopped', z.object({ ...coded, reasons, note: z.string().nullable() }))
const lines = z.array(z.object({ name: z.string(), amountVnd: z.number().int() }))
export const dutyAsked = defineEvent('dossiers.duty_asked', z.object({ ...coded, reasons, note: z.string().nullable() }))
export const dutyNoticed = defineEvent('dossiers.duty_noticed', z.object({ ...coded, lines, totalVnd: z.number().int(), note: z.string().nullable() }))
export const dutySettled = defineEvent('dossiers.duty_settled', z.object({ ...coded, number: z.string().nullable(), on: z.iso.date().nullable(), way: z.enum(['payment', 'document']) }))
export const receptionLate = defineEvent('dossiers.reception_late', z.object({ ...coded, receivedUnit: z.string(), dueAt: z.iso.datetime() }))
export const dueNear = defineEvent('dossiers.due_near', z.object({ ...coded, dueAt: z.iso.datetime(), apologyUntil: z.iso.datetime().nullable(), unit: z.string() }))
export const reopened = defineEvent('dossiers.reopened', z.object({ ...coded, ...due, note: z.string().nullable() }))
export const instructed = defineEvent('dossiers.instructed', z.object({ ...coded, unit: z.string(), reasons, note: z.string().nullable() }))
export const paperReplaced = defineEvent('dossiers.paper_replaced', z.object({ ...coded, kind: z.string(), label: z.string(), number: z.string().nullable(), reason: z.string() }))
/** A changed calendar moved a deadline that was running: when to, and why. */
export const deadlineMoved = defineEvent(
  'dossiers.deadline_moved',
  z.object({ ...coded, which: z.enum(['reception', 'legal', 'delivery']), from: z.iso.datetime(), dueAt: z.iso.datetime(), derivation: z.string(), words: z.string(), basis: z.string(), calendarEvent: z.number().int(), rule: z.boolean().optional() }),
)
/** All open deadlines have been counted anew after a change of the calendar. Subject: the calendar. */
export const calendarApplied = defineEvent('dossiers.calendar_applied', z.object({ event: z.number().int(), moved: z.number().int(), kept: z.number().int() }))
/** A changed rule has made the fees of an open dossier less. */
export const ruleCorrected = defineEvent('dossiers.rule_corrected', z.object({ ...coded, change: z.uuid(), what: z.literal('fee'), wasVnd: z.number().int(), nowVnd: z.number().int(), words: z.string(), basis: z.string() }))
/** All dossiers that a changed rule binds have been looked at. Subject: the rule. */
export const ruleApplied = defineEvent('dossiers.rule_applied', z.object({ event: z.number().int(), change: z.uuid(), moved: z.number().int(), kept: z.number().int(), findings: z.number().int() }))
/** A draft at the counter went to a colleague because its officer left the post. */
export const draftHandedOn = defineEvent('dossiers.draft_handed_on', z.object({ from: z.string(), officer: z.string() }))

// — other agencies —
const asked = { ...coded, consultation: z.uuid(), unit: z.string(), unitName: z.string() }
export const consultationOpened = defineEvent(
  'dossiers.consultation_opened',
  z.object({ ...asked, item: z.uuid(), dueAt: z.iso.datetime(), silence: z.enum(['alarm', 'agree']), clause: z.string().nullable() }),
)
export const consultationAnswered = defineEvent('dossiers.consultation_answered', z.object({ ...asked, opinion: z.string(), late: z.boolean(), afterSilence: z.boolean() }))
export const consultationSilent = defineEvent('dossiers.consultation_silent', z.object({ ...asked, clause: z.string() }))
export const consultationOverdue = defineEvent('dossiers.consultation_overdue', z.object({ ...asked, dueAt: z.iso.datetime() }))
export const consultationReminded = defineEvent('dossiers.consultation_reminded', z.object({ ...asked, dueAt: z.iso.datetime() }))
export const consultationWithdrawn = defineEvent('dossiers.consultation_withdrawn', z.object({ ...asked, reason: z.string() }))
/** The unit that had the work has ended; its successor has it now. */
export const workMoved = defineEvent('dossiers.work_moved', z.object({ ...coded, item: z.uuid(), name: z.string(), from: z.string(), fromName: z.string(), to: z.string(), toName: z.string() }))

const between = { ...coded, move: z.uuid(), from: z.number().int(), to: z.number().int(), reason: z.string(), officers: z.array(z.string()) }
/** It goes on by another version of its procedure. `asked`, `fee`, `was` and `dueAt` only where that concerns the applicant. */
export const versionChanged = defineEvent('dossiers.version_changed', z.object({
  ...between, decision: z.string(), steps: z.array(z.object({ from: z.string(), to: z.string().nullable() })), was: z.iso.datetime().nullable(), ...due,
  asked: z.array(z.string()), fee: z.object({ before: z.number().int(), after: z.number().int(), refund: z.number().int() }).nullable(), clauses: z.array(z.string()),
}))
/** The move was taken back: it goes on as it did before. */
export const versionRestored = defineEvent('dossiers.version_restored', z.object({ ...between, dueAt: z.iso.datetime().nullable() }))

/** A reorganisation gave the dossier to another unit: from, to, where the applicant goes now. `decides`: the unit that decides changed, else only the desk.
 *  `code`: null of a draft, which has a new place to be handed in. */
export const unitMoved = defineEvent('dossiers.unit_moved', z.object({
  code: z.string().nullable(), from: z.string(), fromName: z.string(), to: z.string(), toName: z.string(), desk: z.string(), deskName: z.string(), decides: z.boolean(), day: z.iso.date(), decision: z.string(), plan: z.uuid(),
  back: z.boolean(),
}))

// The face of dossiers: one request of one applicant, from draft to returned result.

export {
  addPaperPart, addPart, ApplicantInput, begin, BeginInput, discard, evaluateDossier, keepAnswerFile, mayAddPart, removePart, save, SaveInput, submissionFaults, submit,
  SubmitInput, withdraw, WithdrawInput,
} from './actions.ts'
export { boardRows, type BoardRow, calendarMoves, type CalendarPreview, type CaseAt, casesOf, citizensAt, dossiersReorg, groundsOf, noteMoved, dossierHandovers, headsBoard, previewCalendar } from './offices-face.ts'
export { type Clock, type Clocks, clocksOf } from './clocks.ts'
export {
  counterDrafts, countByState, countByUnit, type DeskListInput, listForDesk, type StateCount, type UnitCount, type WorklistInput, type WorklistPage, worklistPage,
} from './desk.ts'
export { answerConsultation, consult, ConsultInput, remind, withdrawConsultation } from './consult.ts'
export { CONSULTATION_STATES, type ConsultationState, MOST_ASKED, type Opinion, OPINIONS } from './consult-rules.ts'
export { askable, consultationsOf, dossierOfConsultation, type ConsultationView, moveFromEnded, unitsToAsk } from './consult-views.ts'
export { RESULT_LABELS, transferDue } from './handover-rules.ts'
export { controlSlipPdf, slipOf, type SlipRow } from './handover-slip.ts'
export { jobs } from './jobs.ts'
export { draftOf } from './drafts.ts'
export { filedByProcedure } from './filed.ts'
export * from './papers-face.ts'
export {
  type ActName, countDossiers, dossierEvents, dossierFile, type DossierView, listDossiers, mostFiled, type PartView, track, viewDossier, workItem, type WorkRow, worklist,
} from './queries.ts'
export { reactions, tellFacts } from './reacts.ts'
export { applicantReach } from './tellings.ts'
export { type Access, accessReasons, giveReason, maskRows, needDossier, openDossier, type Opened, ReasonRequired, strangersAmong } from './reading.ts'
export { answersFor, type ShownAnswers } from './reading-answers.ts'
export { groundOf, maskApplicant, REVEALABLE, type Revealable } from './reading-rules.ts'
export { answerAboutView, answersQuestions, askAboutView, countViewQuestions, listViewQuestions, recordRows, recordView, revealValue } from './views.ts'
export { accessDay, accessLog, viewFacets, viewsOfMine, WHAT_LABELS, whyOf } from './views-queries.ts'
export type { QuestionRow, ViewRow, What } from './views-store.ts'
export { canEdit, counterPost, goOnOutcome, supplementStep } from './rules.ts'
export * from './life-face.ts'
export * from './moving-face.ts'
export * from './rules-face.ts'
export { type Applicant, BREACH_LABELS, CHANNEL_LABELS, type Dossier, type DossierPart, type DossierState, PAPER_LABELS, type Paper, type PaperKind, type Reason, type ReasonAct, STATES } from './schema.ts'
export { accept, collect, CompleteInput, completeStep, linesInput, reasonsInput, refuse, requestSupplement, returnResult, supplement, SupplementInput } from './steps.ts'
export type { TimelineEntry } from './timeline.ts'
export { mayUpload, takeUpload, uploadSubject } from './uploads.ts'
export { feesSet, numberedNotices, numberSeries, openDossiers, papersMade, papersUnset, type Period, stamped, supplementsAsked, talliedDossiers } from './tallies.ts'
export { listReusable, type Reusable, reusePart } from './reuse.ts'

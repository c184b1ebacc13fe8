// What each printed form needs to be told: one schema per template, the single description of its data.
import { z } from 'zod'
import { cashClosing } from './cash.ts'
import * as letters from './letters.ts'
import * as notices from './notices.ts'
import { applicant, count, day, dossier, head, instant, list, maybe, maybeText, paper, signer, text } from './shapes.ts'

const receipt = z.strictObject({
  ...head,
  number: text,
  dossier,
  /** The one-stop desk, when it is not the issuing agency itself. */
  receivingDesk: maybeText,
  applicant,
  procedure: text,
  /** Who decides, when it is not the agency that receives. */
  decidingAgency: maybeText,
  papers: z.array(paper).min(1),
  sets: count,
  /** '03 ngày làm việc' */
  statutoryTerm: text,
  receivedAt: instant,
  dueAt: instant,
  /** How the due time was reckoned, in words. */
  derivation: maybeText,
  /** Whole đồng; an empty list prints «Không thu phí», the total is added up here. */
  fees: list(z.strictObject({ name: text, amountVnd: z.number().int().min(0) })),
  feesNote: maybeText,
  /** Where and how the result is handed over. */
  resultDelivery: text,
  /** 'Quyển số 01, số thứ tự 123' */
  bookNo: maybeText,
  receiver: maybeText,
  /** Filed online: nothing to sign for the applicant, one electronic copy. */
  online: z.boolean().default(false),
})

const result = z.strictObject({
  ...head,
  dossier: maybe(dossier),
  /** Name of the document: 'Giấy khai sinh'. */
  title: text,
  subtitle: maybeText,
  legalBasis: list(text),
  statement: maybeText,
  rows: z.array(z.strictObject({ label: text, value: text })).min(1),
  validity: maybe(z.strictObject({ fromOn: maybe(day), toOn: maybe(day), note: maybeText })),
  recipients: list(text),
  signer,
})

const party = z.strictObject({ agency: text, person: maybeText, at: maybe(instant), confirmed: z.boolean().default(false) })

const controlSlip = z.strictObject({
  ...head,
  dossier,
  procedure: text,
  applicantName: text,
  leadAgency: text,
  partnerAgencies: list(text),
  receivedAt: instant,
  dueAt: instant,
  /** Oldest first. `outcome` is measured against the step's share of the deadline. */
  handovers: z
    .array(z.strictObject({ from: party, to: party, outcome: maybe(z.enum(['early', 'onTime', 'late'])), note: maybeText }))
    .min(1),
  recipients: list(text),
  signer: maybe(signer),
})

/** The tracking book of one desk for a stretch of days, in the order of acceptance. */
const trackingBook = z.strictObject({
  ...head,
  /** a book is about no single dossier */
  dossier: maybe(dossier),
  from: day,
  to: day,
  rows: z.array(letters.bookRow),
  printedBy: text,
  printedAt: instant,
  signer: maybe(signer),
})

/** Template file name → schema of its data. */
export const schemas = {
  receipt: receipt,
  'supplement-request': notices.supplementRequest,
  refusal: notices.refusal,
  apology: notices.apology,
  'stop-notice': notices.stopNotice,
  'unresolved-notice': notices.unresolvedNotice,
  'withdrawal-confirmation': notices.withdrawalConfirmation,
  'financial-notice': notices.financialNotice,
  'fee-receipt': notices.feeReceipt,
  'appeal-decision': notices.appealDecision,
  result: result,
  'control-slip': controlSlip,
  'cash-closing': cashClosing,
  'tracking-book': trackingBook,
  envelope: letters.envelope,
  'label-sheet': letters.labelSheet,
} as const

export type TemplateName = keyof typeof schemas
export type TemplateData<T extends TemplateName> = z.input<(typeof schemas)[T]>

export type ReceiptData = TemplateData<'receipt'>
export type SupplementRequestData = TemplateData<'supplement-request'>
export type RefusalData = TemplateData<'refusal'>
export type ApologyData = TemplateData<'apology'>
export type StopNoticeData = TemplateData<'stop-notice'>
export type FinancialNoticeData = TemplateData<'financial-notice'>
export type CashClosingData = TemplateData<'cash-closing'>
export type FeeReceiptData = TemplateData<'fee-receipt'>
export type AppealDecisionData = TemplateData<'appeal-decision'>
export type UnresolvedNoticeData = TemplateData<'unresolved-notice'>
export type WithdrawalConfirmationData = TemplateData<'withdrawal-confirmation'>
export type ResultData = TemplateData<'result'>
export type TrackingBookData = TemplateData<'tracking-book'>
export type EnvelopeData = TemplateData<'envelope'>
export type LabelSheetData = TemplateData<'label-sheet'>
export type ControlSlipData = TemplateData<'control-slip'>

// What the notices of the one-stop service need to be told: the papers that say no, not yet, or no longer, and why.
import { z } from 'zod'
import { applicant, dossier, head, instant, list, maybe, maybeText, paper, point, signer, text } from './shapes.ts'

/** What every notice says of the dossier it is about. */
const about = { ...head, dossier, applicant, procedure: text }
const ending = { recipients: list(text), signer }

export const supplementRequest = z.strictObject({
  ...about,
  receivedAt: maybe(instant),
  /** What to add or to mend. */
  items: z.array(point).min(1),
  reasons: list(point),
  replyBy: maybe(instant),
  replyHow: maybeText,
  /** Whom to ask: name and telephone. */
  contact: text,
  ...ending,
})

export const refusal = z.strictObject({
  ...about,
  submittedAt: maybe(instant),
  reasons: z.array(point).min(1),
  /** What the applicant can do next. */
  advice: maybeText,
  contact: maybeText,
  ...ending,
})

/** Apology for a result that will be late. `firstDueAt` is the date promised on the receipt; it stays on record. */
export const apology = z.strictObject({
  ...about,
  receivedAt: instant,
  firstDueAt: instant,
  /** Why the result will be late, in words the applicant understands. */
  reasons: z.array(point).min(1),
  newDueAt: instant,
  /** How the new date was reckoned. */
  derivation: maybeText,
  contact: maybeText,
  ...ending,
})

/** The dossier is handled no further, because the applicant asks so or the law says so. */
export const stopNotice = z.strictObject({
  ...about,
  receivedAt: instant,
  /** When the applicant asked for the stop; null when the agency stops by itself. */
  requestedAt: maybe(instant),
  legalBasis: list(text),
  reasons: z.array(point).min(1),
  /** The step that had been reached. */
  stage: maybeText,
  feeEffect: maybeText,
  returnedPapers: maybeText,
  /** The right to complain or to sue. */
  remedy: maybeText,
  contact: maybeText,
  ...ending,
})

export const unresolvedNotice = z.strictObject({
  ...about,
  receivedAt: instant,
  /** Without the word «Căn cứ» and the closing semicolon: the template adds both. */
  legalBasis: list(text),
  reasons: z.array(point).min(1),
  returnedPapers: maybeText,
  feeEffect: maybeText,
  advice: maybeText,
  /** The right to complain or to sue, and within what time. */
  remedy: maybeText,
  contact: maybeText,
  ...ending,
})

export const withdrawalConfirmation = z.strictObject({
  ...about,
  receivedAt: maybe(instant),
  requestedAt: instant,
  withdrawnAt: instant,
  stage: maybeText,
  reason: maybeText,
  returnedPapers: list(paper),
  feeEffect: maybeText,
  ...ending,
})

const sum = z.strictObject({ name: text, amountVnd: z.number().int().min(0), note: maybeText })

/** A financial duty to be met before the dossier goes on (taxes, land dues, fees found in handling). */
export const financialNotice = z.strictObject({
  ...about,
  receivedAt: instant,
  legalBasis: list(text),
  /** Added up here. */
  lines: z.array(sum).min(1),
  payBy: maybe(instant),
  payHow: maybeText,
  /** What payment does to the clock of the dossier. */
  effect: maybeText,
  contact: maybeText,
  ...ending,
})

/** A fee was paid at the counter or on line. */
export const feeReceipt = z.strictObject({
  ...about,
  number: text,
  /** 'Ký hiệu' of the book of receipts. */
  series: maybeText,
  lines: z.array(sum).min(1),
  /** The total in words: 'Một triệu hai trăm nghìn đồng'. */
  totalInWords: text,
  /** 'Tiền mặt', 'Chuyển khoản' … */
  method: text,
  paidAt: instant,
  payer: maybeText,
  ...ending,
})

/** The unit above answers an appeal against a refusal, a supplement, a stop. */
export const appealDecision = z.strictObject({
  ...about,
  /** 'Giữ nguyên', 'Hủy bỏ, tiếp nhận lại' … */
  decision: text,
  appealedAt: instant,
  /** The act appealed against, with agency and date. */
  against: text,
  /** What the applicant said. */
  grounds: maybeText,
  legalBasis: list(text),
  reasons: z.array(point).min(1),
  /** What the agency below must do, and until when. */
  orders: list(text),
  remedy: maybeText,
  ...ending,
})

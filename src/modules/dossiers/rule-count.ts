// What a changed rule makes of one dossier: its running clock and its fees, and for what is over the verdict as it would have been. Writes nothing.

import type { Ctx } from '#core/ctx.ts'
import { formatVnd } from '#core/money/index.ts'
import { formatDateTime } from '#core/text/index.ts'
import { addWorkingTime, atLocal, type Calendar, type Deadline, deadline, localDate, termText } from '#core/workdays/index.ts'
import type { Version } from '#modules/procedures/index.ts'
import { keepPromise } from './calendar-moves.ts'
import { feesBy, type KeptTerm, NOTHING_KEPT } from './kept.ts'
import { reckon, termBy } from './lifecycle.ts'
import { type Dossier, type DossierPart, STATES } from './schema.ts'
import type { FeeRow, Pause } from './store.ts'

/** A change as far as dossiers are concerned. */
export interface RuleChangeAsked {
  readonly id: string
  readonly kind: 'register' | 'term' | 'fee'
  /** for a rule of the register, the clock it moves */
  readonly moves: string | null
  /** for a rule of a procedure, its code */
  readonly procedure: string | null
  readonly validFrom: string
  /** first day on which the law had already set the figure otherwise: what began from then on is not this change's; null: it reaches on */
  readonly until: string | null
  readonly open: boolean
  readonly backDated: boolean
  readonly words: string
  readonly basis: string
}

export type What = 'reception' | 'legal' | 'delivery' | 'fee'
export const WHAT_WORDS: Readonly<Record<What, string>> = { reception: 'Hạn trả lời tiếp nhận', legal: 'Hẹn trả', delivery: 'Hạn trả kết quả', fee: 'Phí, lệ phí' }

export interface Counted {
  readonly what: What
  /** instants as ISO text, money as whole đồng; terms in words for one that awaits its acceptance */
  readonly before: string
  readonly after: string
  readonly how: 'moved' | 'kept' | 'awaits'
  readonly due: Deadline | null
  /** the term by which it goes on, when that is another */
  readonly term: KeptTerm | null
  readonly fees: readonly FeeRow[] | null
}

export interface Found {
  readonly what: What
  readonly before: string
  readonly after: string
  readonly amountVnd: number | null
  readonly wasLate: boolean | null
  readonly wouldBeLate: boolean | null
  readonly proposal: string
}

export interface Known {
  readonly dossier: Dossier
  readonly version: Version
  /** the dossier's own version with the new figure, for rules of procedures; null when it carries no such figure */
  readonly fresh: Version | null
  readonly pauses: readonly Pause[]
  readonly parts: readonly DossierPart[]
  readonly fees: readonly FeeRow[]
  readonly calendars: { readonly decided: Calendar; readonly received: Calendar }
}

const before = (change: Pick<RuleChangeAsked, 'until'>, began: Date): boolean => change.until === null || began < atLocal(change.until, '00:00')

/** Whether the change binds what began at this instant: from its first day on, or all that is open when it says so; until the law's next value. */
export const binds = (change: Pick<RuleChangeAsked, 'validFrom' | 'until' | 'open'>, began: Date): boolean =>
  before(change, began) && (change.open || began >= atLocal(change.validFrom, '00:00'))

const iso = (at: Date): string => at.toISOString()
const sum = (fees: readonly { amount: number }[]): number => fees.reduce((total, fee) => total + fee.amount, 0)
const deliveryDue = (ctx: Ctx, at: Date, calendar: Calendar): Deadline =>
  deadline({ term: { value: ctx.law.number('deliveryWorkingDays', localDate(at), localDate(ctx.now)), unit: 'ngay_lam_viec' }, receivedAt: at, calendar })
function receptionDue(ctx: Ctx, at: Date, calendar: Calendar): Deadline {
  const hours = ctx.law.number('receptionHours', localDate(at), localDate(ctx.now))
  const dueAt = addWorkingTime(at, hours, calendar)
  return { dueAt, dueOn: localDate(dueAt), derivation: `Trả lời trong ${String(hours).replace('.', ',')} giờ làm việc từ ${formatDateTime(at)}: ${formatDateTime(dueAt)}` }
}

function moved(what: What, promised: Date, due: Deadline, term: KeptTerm | null = null): Counted | null {
  const { how, dueAt } = keepPromise(promised, due.dueAt)
  return how === 'same' ? null : { what, before: iso(promised), after: iso(how === 'kept' ? due.dueAt : dueAt), how, due, term, fees: null }
}

/** The fees by the version of the new figure, as rows. */
const freshFees = (ctx: Ctx, { dossier, fresh, parts }: Known): FeeRow[] => feesBy(ctx, dossier, fresh!, parts) as unknown as FeeRow[]

/** A running clock or an unpaid line counted by the changed rule; null when the rule does not touch this dossier or changes nothing. Promises never become worse. */
export function countOpen(ctx: Ctx, known: Known, change: RuleChangeAsked): Counted | null {
  const { dossier, version, fresh, pauses, calendars } = known
  if (!dossier.submittedAt || dossier.closedAt || STATES[dossier.state].final) return null
  if (change.kind === 'register') {
    if (change.moves === 'reception' && !dossier.acceptedAt && !dossier.answeredAt && dossier.receptionDueAt && binds(change, dossier.submittedAt)) {
      return moved('reception', dossier.receptionDueAt, receptionDue(ctx, dossier.submittedAt, calendars.received))
    }
    if (change.moves === 'delivery' && dossier.finishedAt && dossier.deliveryDueAt && binds(change, dossier.finishedAt)) {
      return moved('delivery', dossier.deliveryDueAt, deliveryDue(ctx, dossier.finishedAt, calendars.received))
    }
    return null
  }
  if (!fresh || dossier.procedureCode !== change.procedure || !binds(change, dossier.submittedAt)) return null
  if (change.kind === 'fee') {
    const [was, fees] = [sum(known.fees), freshFees(ctx, known)]
    return was === sum(fees) ? null : { what: 'fee', before: String(was), after: String(sum(fees)), how: sum(fees) < was ? 'moved' : 'kept', due: null, term: null, fees }
  }
  if (!dossier.acceptedAt) {
    // no day was promised yet: its acceptance will reckon by the law of the day it was handed in
    const [own, term] = [dossier.kept?.term ?? termBy(ctx, dossier, version, ctx.now, calendars.decided), termBy(ctx, dossier, fresh, ctx.now, calendars.decided)]
    return termText(own.term) === termText(term.term) ? null : { what: 'legal', before: termText(own.term), after: termText(term.term), how: 'awaits', due: null, term, fees: null }
  }
  if (!dossier.dueAt || dossier.finishedAt) return null
  const term = termBy(ctx, dossier, fresh, dossier.acceptedAt, calendars.decided)
  const closed = pauses.map((pause) => (pause.to ? pause : { ...pause, to: ctx.now }))
  return moved('legal', dossier.dueAt, reckon(ctx, { ...dossier, kept: { ...(dossier.kept ?? NOTHING_KEPT), term, also: [] } }, version, dossier.acceptedAt, closed, calendars.decided), term)
}

const verdict = (was: boolean, would: boolean, dossier: Dossier): string =>
  was === would
    ? 'Kết luận đúng hạn, trễ hạn không đổi; ghi lại để biết.'
    : would ? 'Theo quy định mới hồ sơ là trễ hạn. Không sửa kết luận đã có; báo cáo ghi chú riêng.' : `Theo quy định mới hồ sơ là đúng hạn. Đề nghị xóa kết luận trễ${dossier.apologisedAt ? ' và báo lại người đã được xin lỗi' : ''}.`

function late(what: What, ended: Date, before: Date, after: Date, dossier: Dossier): Found {
  const [was, would] = [ended > before, ended > after]
  return { what, before: iso(before), after: iso(after), amountVnd: null, wasLate: was, wouldBeLate: would, proposal: verdict(was, would, dossier) }
}

/** What would differ of a clock or a sum that is over: of dossiers that a back-dated rule binds. */
export function countFinished(ctx: Ctx, known: Known, change: RuleChangeAsked): Found | null {
  const { dossier, version, fresh, pauses, calendars } = known
  const since = (at: Date | null): boolean => at !== null && at >= atLocal(change.validFrom, '00:00') && before(change, at)
  if (!change.backDated) return null
  if (change.kind === 'register') {
    if (change.moves === 'reception' && dossier.answeredAt && dossier.receptionDueAt && since(dossier.submittedAt)) {
      const due = receptionDue(ctx, dossier.submittedAt!, calendars.received).dueAt
      return due.getTime() === dossier.receptionDueAt.getTime() ? null : late('reception', dossier.answeredAt, dossier.receptionDueAt, due, dossier)
    }
    if (change.moves === 'delivery' && dossier.returnedAt && dossier.deliveryDueAt && since(dossier.finishedAt)) {
      const due = deliveryDue(ctx, dossier.finishedAt!, calendars.received).dueAt
      return due.getTime() === dossier.deliveryDueAt.getTime() ? null : late('delivery', dossier.returnedAt, dossier.deliveryDueAt, due, dossier)
    }
    return null
  }
  if (!fresh || dossier.procedureCode !== change.procedure || !since(dossier.submittedAt)) return null
  if (change.kind === 'fee') {
    if (!dossier.closedAt) return null
    const [was, would] = [sum(known.fees), sum(freshFees(ctx, known))]
    if (was === would) return null
    const proposal = would < was ? `Đề nghị hoàn ${formatVnd(was - would)} cho người nộp nếu đã thu.` : `Thu thiếu ${formatVnd(would - was)}; không truy thu của người dân, đơn vị báo cáo cơ quan tài chính.`
    return { what: 'fee', before: String(was), after: String(would), amountVnd: was - would, wasLate: null, wouldBeLate: null, proposal }
  }
  if (!dossier.acceptedAt || !dossier.dueAt || !dossier.finishedAt) return null
  const term = termBy(ctx, dossier, fresh, dossier.acceptedAt, calendars.decided)
  const { dueAt } = reckon(ctx, { ...dossier, kept: { ...(dossier.kept ?? NOTHING_KEPT), term, also: [] } }, version, dossier.acceptedAt, pauses, calendars.decided)
  return dueAt.getTime() === dossier.dueAt.getTime() ? null : late('legal', dossier.finishedAt, dossier.dueAt, dueAt, dossier)
}

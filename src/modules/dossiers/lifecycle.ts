// What a move of the process means for its dossier: effects of outcomes, the state that follows, the clocks and their pauses.

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, Invalid, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { nextNumber } from '#core/numbering.ts'
import { type Calendar, type Deadline, deadline, localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { evaluate, type Version } from '#modules/procedures/index.ts'
import { type Item, type Moved, terminate } from '#modules/work/index.ts'
import * as facts from './events.ts'
import * as papers from './papers.ts'
import { canAskSupplement, clockStops, partyOf, stateOf } from './rules.ts'
import { type Dossier, type Reason, STATES } from './schema.ts'
import * as store from './store.ts'

/** What was said with an outcome. */
export interface Said {
  readonly reasons: readonly Reason[]
  readonly note: string | null
}

export interface Step extends Moved {
  /** The item that was finished. */
  readonly item: Item
}

/** The calendar by which a dossier's term is counted: that of the unit that decides it (docs/decisions/016). */
export const deciding = (reader: Reader, ctx: Ctx, dossier: Dossier): Promise<Calendar> => calendarOf(reader, ctx, dossier.decidedUnitId ?? dossier.receivedUnitId)

/** The deadline of an accepted dossier with all its pauses, reckoned anew from receipt. */
export function reckon(ctx: Ctx, dossier: Dossier, version: Version, acceptedAt: Date, pauses: readonly store.Pause[], calendar: Calendar): Deadline {
  const { term, extension } = evaluate(
    version,
    { form: dossier.form, applicant: dossier.applicant as never, channel: dossier.channel, receivedAt: acceptedAt },
    { calendar, catalogs: ctx.catalogs },
  )
  return deadline({ term, receivedAt: acceptedAt, calendar, extension, suspensions: pauses.map(({ from, to, reason }) => ({ from, to, reason })) })
}

const actorName = (ctx: Ctx): string => (ctx.actor.kind === 'anonymous' ? 'Khách' : ctx.actor.name)
const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A refusal, a request, a notice must tell the citizen why (NĐ 118/2025/NĐ-CP). */
function needReasons(said: Said, what: string): readonly Reason[] {
  if (said.reasons.length > 0) return said.reasons
  if (said.note && said.note.trim().length >= 3) return [{ code: 'khac', text: said.note.trim(), clause: null }]
  throw new Invalid([{ key: 'reasons', message: `Chọn ít nhất một lý do, hoặc ghi rõ lý do để người dân hiểu, trước khi ${what}.` }])
}

async function accept(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version): Promise<Dossier> {
  const due = reckon(ctx, dossier, version, ctx.now, [], await deciding(tx, ctx, dossier))
  const number = await nextNumber(tx, `receipt:${dossier.receivedUnitId}:${localDate(ctx.now).slice(0, 4)}`)
  const receiptNo = String(number).padStart(4, '0')
  const changed = await store.update(tx, dossier, {
    acceptedAt: ctx.now, receiptNo, dueAt: due.dueAt, firstDueAt: due.dueAt, derivation: due.derivation, state: 'DA_TIEP_NHAN',
  }, ctx.now)
  await store.addDeadline(tx, dossier.id, due, 'accepted', ctx.now)
  const data = await papers.receiptData(ctx, tx, changed, version, await store.parts(tx, dossier.id), await store.fees(tx, dossier.id))
  await store.addPaper(tx, { dossierId: dossier.id, kind: 'receipt', number: receiptNo, data, by: actorName(ctx), at: ctx.now })
  await emit(tx, ctx, facts.accepted, dossier.id, { code: dossier.code!, receiptNo, dueAt: iso(due.dueAt), derivation: due.derivation })
  return changed
}

async function refuse(tx: Tx, ctx: Ctx, dossier: Dossier, said: Said, item: Item): Promise<Dossier> {
  const reasons = item.role === 'cong_dan' && said.reasons.length === 0
    ? [{ code: 'khong_bo_sung', text: said.note?.trim() || 'Người nộp không tiếp tục hoàn thiện hồ sơ.', clause: null }]
    : needReasons(said, 'từ chối tiếp nhận')
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'refusal', number: null, data: await papers.refusalData(ctx, tx, dossier, reasons), by: actorName(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.refused, dossier.id, { code: dossier.code!, reasons: [...reasons], note: said.note })
  return store.update(tx, dossier, { state: 'TU_CHOI', closedAt: ctx.now }, ctx.now)
}

async function requestSupplement(tx: Tx, ctx: Ctx, dossier: Dossier, said: Said, item: Item): Promise<Dossier> {
  orThrow(canAskSupplement(dossier))
  const reasons = needReasons(said, 'yêu cầu bổ sung')
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'supplement_request', number: null,
    data: await papers.supplementData(ctx, tx, dossier, item.unitId ?? dossier.receivedUnitId, reasons), by: actorName(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.supplementRequested, dossier.id, { code: dossier.code!, reasons: [...reasons], note: said.note, before: dossier.acceptedAt === null })
  return dossier.acceptedAt ? store.update(tx, dossier, { supplements: dossier.supplements + 1 }, ctx.now) : dossier
}

/** The decision not to grant, signed or proposed: its reasons are taken down for the notice. */
async function reject(tx: Tx, ctx: Ctx, dossier: Dossier, said: Said): Promise<Dossier> {
  const reasons = needReasons(said, 'ký thông báo không giải quyết')
  await store.addPaper(tx, {
    dossierId: dossier.id, kind: 'unresolved_notice', number: null, data: await papers.unresolvedData(ctx, tx, dossier, reasons), by: actorName(ctx), at: ctx.now,
  })
  await emit(tx, ctx, facts.signed, dossier.id, { code: dossier.code!, rejection: true })
  return dossier
}

async function number(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version): Promise<Dossier> {
  const unit = await getUnit(tx, dossier.decidedUnitId!)
  const seq = await nextNumber(tx, `result:${unit.id}:${dossier.procedureCode}:${localDate(ctx.now).slice(0, 4)}`)
  const resultNo = `${String(seq).padStart(2, '0')}/${localDate(ctx.now).slice(0, 4)}`
  const changed = await store.update(tx, dossier, { resultNo }, ctx.now)
  const data = await papers.resultData(ctx, tx, changed, version, resultNo)
  await store.addPaper(tx, { dossierId: dossier.id, kind: 'result', number: resultNo, data, by: actorName(ctx), at: ctx.now })
  await emit(tx, ctx, facts.numbered, dossier.id, { code: dossier.code!, number: resultNo })
  return changed
}

async function applyEffect(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, step: Step, said: Said): Promise<Dossier> {
  switch (step.outcome?.effect) {
    case 'accept':
      return accept(tx, ctx, dossier, version)
    case 'refuse':
      return refuse(tx, ctx, dossier, said, step.item)
    case 'request_supplement':
      return requestSupplement(tx, ctx, dossier, said, step.item)
    case 'reject':
      return reject(tx, ctx, dossier, said)
    case 'sign':
      await emit(tx, ctx, facts.signed, dossier.id, { code: dossier.code!, rejection: false })
      return store.update(tx, dossier, { signedAt: ctx.now, signedBy: actorName(ctx) }, ctx.now)
    case 'number':
      return number(tx, ctx, dossier, version)
    case 'return':
      await emit(tx, ctx, facts.returned, dossier.id, { code: dossier.code!, way: ctx.actor.kind === 'citizen' ? 'online' : 'counter', unresolved: false })
      return store.update(tx, dossier, { state: 'DA_TRA', returnedAt: ctx.now, closedAt: ctx.now, finishedAt: dossier.finishedAt ?? ctx.now }, ctx.now)
    case 'return_unresolved':
      await emit(tx, ctx, facts.returned, dossier.id, { code: dossier.code!, way: ctx.actor.kind === 'citizen' ? 'online' : 'counter', unresolved: true })
      return store.update(tx, dossier, { state: 'TRA_LAI', returnedAt: ctx.now, closedAt: ctx.now, finishedAt: dossier.finishedAt ?? ctx.now }, ctx.now)
    default:
      return dossier
  }
}

async function pauseOrResume(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version, open: readonly Item[]): Promise<Dossier> {
  if (!dossier.acceptedAt) return dossier
  const over = dossier.finishedAt !== null || STATES[dossier.state].final
  const stops = !over && clockStops(open)
  if (stops && !dossier.pausedAt) {
    const reason = open.map((item) => item.name).join('; ')
    await store.openPause(tx, dossier.id, ctx.now, reason)
    await emit(tx, ctx, facts.clockPaused, dossier.id, { code: dossier.code!, reason })
    return store.update(tx, dossier, { pausedAt: ctx.now, pauseReason: reason }, ctx.now)
  }
  if (!stops && dossier.pausedAt) {
    await store.closePause(tx, dossier.id, ctx.now)
    const due = reckon(ctx, dossier, version, dossier.acceptedAt, await store.pauses(tx, dossier.id), await deciding(tx, ctx, dossier))
    await store.addDeadline(tx, dossier.id, due, 'resumed', ctx.now)
    await emit(tx, ctx, facts.clockResumed, dossier.id, { code: dossier.code!, dueAt: iso(due.dueAt), derivation: due.derivation })
    return store.update(tx, dossier, { pausedAt: null, pauseReason: null, dueAt: due.dueAt, derivation: due.derivation }, ctx.now)
  }
  return dossier
}

/** Writes all that follows from a finished step: its effect, who is involved now, state and clocks. */
export async function carryOn(tx: Tx, ctx: Ctx, before: Dossier, version: Version, step: Step, said: Said): Promise<Dossier> {
  await emit(tx, ctx, facts.stepCompleted, before.id, {
    code: before.code!, step: step.item.step, stepName: step.item.name, outcome: step.outcome?.key ?? '', outcomeLabel: step.outcome?.label ?? '',
    effect: step.outcome?.effect ?? null, note: said.note,
  }, { unitId: step.item.unitId ?? undefined })
  let dossier = await applyEffect(tx, ctx, before, version, step, said)
  for (const item of step.opened) {
    if (!item.unitId) continue
    const unit = await getUnit(tx, item.unitId)
    await store.addParty(tx, dossier.id, partyOf(unit), ctx.now)
  }
  if (STATES[dossier.state].final) {
    if (!step.ended) await terminate(tx, ctx, dossier.id, STATES[dossier.state].label)
  } else if (step.ended) {
    throw new Conflict('dossiers.open_end', 'Quy trình kết thúc mà hồ sơ chưa có kết cục; người quản trị thủ tục cần sửa quy trình.')
  } else {
    const state = stateOf(dossier, step.open, step.outcome?.effect)
    if (state !== dossier.state) dossier = await store.update(tx, dossier, { state }, ctx.now)
  }
  if (dossier.state === 'DA_CO_KET_QUA' && !dossier.finishedAt) {
    const unresolved = !dossier.signedAt
    await emit(tx, ctx, facts.finished, dossier.id, { code: dossier.code!, late: dossier.dueAt !== null && ctx.now > dossier.dueAt, unresolved })
    dossier = await store.update(tx, dossier, { finishedAt: ctx.now }, ctx.now)
  }
  return pauseOrResume(tx, ctx, dossier, version, step.open)
}

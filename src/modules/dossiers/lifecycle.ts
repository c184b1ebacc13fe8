// What a move of the process means for its dossier: effects of outcomes, the state that follows, the clocks and their pauses.

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { nextNumber } from '#core/numbering.ts'
import { type Calendar, type Deadline, deadline, localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { getUnit } from '#modules/org/index.ts'
import { evaluate, type Version } from '#modules/procedures/index.ts'
import { type Item, type Moved, setItemDue, terminate } from '#modules/work/index.ts'
import { decidedExtension, dueOf, notBefore } from './deadlines.ts'
import { closeEnded } from './consult-ended.ts'
import { settleFees } from './dues.ts'
import * as facts from './events.ts'
import type { KeptTerm } from './kept.ts'
import { handOn } from './handover.ts'
import { ruleOn } from './law.ts'
import * as papers from './papers.ts'
import { leaderSigner } from './papers-shared.ts'
import { actorName, askDuty, proposeRejection, refuse, requestSupplement, returnUnresolved, type Said, signRejection } from './reasoned.ts'
import { clockStops, partyOf, stateOf } from './rules.ts'
import { type Dossier, STATES } from './schema.ts'
import * as store from './store.ts'
import { receptionAnswered, watchDue } from './watch.ts'

export type { Said } from './reasoned.ts'

export interface Step extends Moved {
  /** The item that was finished. */
  readonly item: Item
}

/** The calendar by which a dossier's term is counted: that of the unit that decides it (docs/decisions/016). */
export async function deciding(reader: Reader, ctx: Ctx, dossier: Dossier): Promise<Deciding> {
  const own = dossier.decidedUnitId ?? dossier.receivedUnitId
  const calendar = await calendarOf(reader, ctx, own)
  return dossier.promisedUnitId === null || dossier.promisedUnitId === own ? calendar : { ...calendar, promised: await calendarOf(reader, ctx, dossier.promisedUnitId) }
}

/** With the calendar of the unit that promised the term, where a reorganisation has given the dossier to another since. */
export type Deciding = Calendar & { readonly promised?: Calendar }

/** The deadline of an accepted dossier with its pauses, a decided extension and an apology, reckoned anew from receipt. Of several terms that count,
 *  and of two calendars, the one that ends first is the promise: neither a move to another version nor a reorganisation makes a term longer. */
export function reckon(ctx: Ctx, dossier: Dossier, version: Version, acceptedAt: Date, pauses: readonly store.Pause[], calendar: Deciding): Deadline {
  const own = dossier.kept?.term ?? termBy(ctx, dossier, version, acceptedAt, calendar)
  const counted = ({ term, extension, decided, version: number, clause }: KeptTerm, by: Calendar): Deadline => {
    const due = dueOf({
      // an extension that was decided is added to whichever term ends first, also where that version knew of none
      term, extension: dossier.extendedAt ? (decided ?? own.decided) : extension, acceptedAt, calendar: by, pauses,
      apology: dossier.apologisedAt && dossier.apologyDueAt ? { at: dossier.apologisedAt, dueAt: dossier.apologyDueAt } : null,
    })
    const why = [clause ? `theo ${clause}` : null, number === own.version ? null : `theo thời hạn của phiên bản ${number}, hết trước`, by === calendar ? null : 'tính theo lịch của đơn vị đã hẹn trước khi sắp xếp']
    return { ...due, derivation: [due.derivation, ...why.filter((one) => one !== null)].join('; ') }
  }
  const calendars = [calendar, ...(calendar.promised ? [calendar.promised] : [])]
  const dues = [own, ...(dossier.kept?.also ?? [])].flatMap((term) => calendars.map((by) => counted(term, by)))
  return dues.reduce((first, due) => (due.dueAt < first.dueAt ? due : first))
}

/** The term a version gives this dossier, with the extensions it knows. */
export function termBy(ctx: Ctx, dossier: Dossier, version: Version, acceptedAt: Date, calendar: Calendar): KeptTerm {
  const filing = { form: dossier.form, applicant: dossier.applicant as never, channel: dossier.channel, receivedAt: acceptedAt }
  const { term, extension } = evaluate(version, filing, { calendar, catalogs: ctx.catalogs })
  return { term, extension, decided: decidedExtension(version.record), version: version.number }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** A term kept before acceptance goes with the extensions that the answers of this day call for. */
function keptAt(ctx: Ctx, dossier: Dossier, version: Version, calendar: Calendar): Dossier {
  if (!dossier.kept?.term) return dossier
  const { extension, decided } = termBy(ctx, dossier, version, ctx.now, calendar)
  return { ...dossier, kept: { ...dossier.kept, term: { ...dossier.kept.term, extension, decided } } }
}

async function accept(tx: Tx, ctx: Ctx, waiting: Dossier, version: Version): Promise<Dossier> {
  const calendar = await deciding(tx, ctx, waiting)
  const dossier = keptAt(ctx, waiting, version, calendar)
  const due = reckon(ctx, dossier, version, ctx.now, [], calendar)
  const number = await nextNumber(tx, `receipt:${dossier.receivedUnitId}:${localDate(ctx.now).slice(0, 4)}`)
  const receiptNo = String(number).padStart(4, '0')
  const changed = await store.update(tx, dossier, {
    acceptedAt: ctx.now, receiptNo, dueAt: due.dueAt, firstDueAt: due.dueAt, derivation: due.derivation, state: 'DA_TIEP_NHAN', kept: dossier.kept,
  }, ctx.now)
  await store.addDeadline(tx, dossier.id, due, 'accepted', ctx.now)
  const data = await papers.receiptData(ctx, tx, changed, version, await store.parts(tx, dossier.id), await store.fees(tx, dossier.id))
  await store.addPaper(tx, { dossierId: dossier.id, kind: 'receipt', number: receiptNo, data, by: actorName(ctx), at: ctx.now })
  await emit(tx, ctx, facts.accepted, dossier.id, { code: dossier.code!, receiptNo, dueAt: iso(due.dueAt), derivation: due.derivation })
  return changed
}

async function sign(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<Dossier> {
  if (dossier.rejection === 'proposed') return signRejection(tx, ctx, dossier, await store.lastReasons(tx, dossier.id, 'unresolved'), null)
  const { authority, title } = leaderSigner(ctx, await getUnit(tx, dossier.decidedUnitId ?? dossier.receivedUnitId))
  await emit(tx, ctx, facts.signed, dossier.id, { code: dossier.code!, rejection: false, signer: { authority, title } })
  return store.update(tx, dossier, { signedAt: ctx.now, signedBy: actorName(ctx) }, ctx.now)
}

/** The result gets its number and is set down; a signed notice that nothing is granted gets its own. */
async function number(tx: Tx, ctx: Ctx, dossier: Dossier, version: Version): Promise<Dossier> {
  const unit = await getUnit(tx, dossier.decidedUnitId!)
  const year = localDate(ctx.now).slice(0, 4)
  const series = dossier.rejection === 'signed' ? 'notice' : `result:${dossier.procedureCode}`
  const seq = await nextNumber(tx, `${series}:${unit.id}:${year}`)
  const resultNo = `${String(seq).padStart(2, '0')}/${year}`
  const changed = await store.update(tx, dossier, { resultNo }, ctx.now)
  if (dossier.rejection === 'signed') {
    const notice = (await store.papers(tx, dossier.id)).findLast((one) => one.kind === 'unresolved_notice')
    if (notice) await store.numberPaper(tx, notice.id, resultNo, { ...notice.data, number: resultNo })
  } else {
    const data = await papers.resultData(ctx, tx, changed, version, resultNo)
    await store.addPaper(tx, { dossierId: dossier.id, kind: 'result', number: resultNo, data, by: actorName(ctx), at: ctx.now })
  }
  await emit(tx, ctx, facts.numbered, dossier.id, { code: dossier.code!, number: resultNo })
  return changed
}

/** Steps in which a leader signs; elsewhere a rejection is only proposed. */
const SIGNS = ['lanh_dao_don_vi', 'chu_tich']
const BEFORE_ANSWER = ['accept', 'refuse', 'request_supplement']

async function applyEffect(tx: Tx, ctx: Ctx, before: Dossier, version: Version, step: Step, said: Said): Promise<Dossier> {
  const effect = step.outcome?.effect
  const dossier = !before.acceptedAt && BEFORE_ANSWER.includes(effect ?? '') && step.item.role !== 'cong_dan' ? await receptionAnswered(tx, ctx, before) : before
  switch (effect) {
    case 'accept':
      return dossier.acceptedAt ? dossier : accept(tx, ctx, dossier, version) // taken up again after an appeal: its receipt and term stand
    case 'refuse':
      return refuse(tx, ctx, dossier, version, said, step.item)
    case 'request_supplement':
      return requestSupplement(tx, ctx, dossier, version, said, step.item)
    case 'suspend_financial':
      return askDuty(tx, ctx, dossier, version, said, step.item)
    case 'approve':
      return dossier.rejection === 'proposed' ? store.update(tx, dossier, { rejection: null }, ctx.now) : dossier
    case 'reject':
      return SIGNS.includes(step.item.role)
        ? signRejection(tx, ctx, dossier, null, { said, version })
        : proposeRejection(tx, ctx, dossier, version, said, step.item)
    case 'sign':
      return sign(tx, ctx, dossier)
    case 'number':
      return number(tx, ctx, dossier, version)
    case 'return':
      await emit(tx, ctx, facts.returned, dossier.id, { code: dossier.code!, way: ctx.actor.kind === 'citizen' ? 'online' : 'counter', unresolved: false })
      return store.update(tx, dossier, { state: 'DA_TRA', returnedAt: ctx.now, closedAt: ctx.now, finishedAt: dossier.finishedAt ?? ctx.now }, ctx.now)
    case 'return_unresolved':
      return returnUnresolved(tx, ctx, dossier, version, said, step.item)
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
    const counted = reckon(ctx, dossier, version, dossier.acceptedAt, await store.pauses(tx, dossier.id), await deciding(tx, ctx, dossier))
    const due = notBefore(counted, await store.keptFloor(tx, dossier.id))
    await store.addDeadline(tx, dossier.id, due, 'resumed', ctx.now)
    await emit(tx, ctx, facts.clockResumed, dossier.id, { code: dossier.code!, dueAt: iso(due.dueAt), derivation: due.derivation })
    return store.update(tx, dossier, { pausedAt: null, pauseReason: null, dueAt: due.dueAt, derivation: due.derivation }, ctx.now)
  }
  return dossier
}

/** A dossier counts as late when its due date has passed, or when a breach says so for ever (QĐ 766/QĐ-TTg). */
export const isLate = (dossier: Pick<Dossier, 'dueAt' | 'breach'>, at: Date): boolean => dossier.breach !== null || (dossier.dueAt !== null && at > dossier.dueAt)

/** The result is at the desk: this instant decides whether it was late, and the delivery clock begins. */
async function finish(tx: Tx, ctx: Ctx, dossier: Dossier): Promise<Dossier> {
  const unresolved = dossier.rejection === 'signed' || !dossier.signedAt
  await emit(tx, ctx, facts.finished, dossier.id, { code: dossier.code!, late: isLate(dossier, ctx.now), unresolved, breach: dossier.breach })
  const { value } = ruleOn(ctx, 'deliveryWorkingDays', localDate(ctx.now))
  const { dueAt } = deadline({ term: { value, unit: 'ngay_lam_viec' }, receivedAt: ctx.now, calendar: await calendarOf(tx, ctx, dossier.receivedUnitId) })
  return store.update(tx, dossier, { finishedAt: ctx.now, deliveryDueAt: dueAt }, ctx.now)
}

/** No step has more time than the dossier itself. */
export async function capDues(tx: Tx, dossier: Dossier, opened: readonly Item[]): Promise<void> {
  if (!dossier.dueAt || dossier.finishedAt) return
  for (const item of opened) if (item.dueAt && item.dueAt > dossier.dueAt) await setItemDue(tx, item.id, dossier.dueAt)
}

/** Writes all that follows from a finished step: its effect, who is involved now, state and clocks. */
export async function carryOn(tx: Tx, ctx: Ctx, before: Dossier, version: Version, step: Step, said: Said): Promise<Dossier> {
  await emit(tx, ctx, facts.stepCompleted, before.id, {
    code: before.code!, step: step.item.step, stepName: step.item.name, outcome: step.outcome?.key ?? '', outcomeLabel: step.outcome?.label ?? '',
    effect: step.outcome?.effect ?? null, note: said.note,
  }, { unitId: step.item.unitId ?? undefined })
  const effect = inside(step) ? bubbling(step.outcome?.effect) : step.outcome?.effect
  const dossier = await applyEffect(tx, ctx, before, version, { ...step, outcome: step.outcome && { ...step.outcome, effect } }, said)
  const after = await settle(tx, ctx, dossier, version, step, effect)
  await handOn(tx, ctx, after, step, said.note)
  return after
}

/** A step of a called process: what it decides is its caller's business, except what asks something of the applicant. */
const inside = (step: Step): boolean => step.item.link !== null
const bubbling = (effect: string | undefined): string | undefined => (effect === 'request_supplement' || effect === 'suspend_financial' ? effect : undefined)

/** What follows from where the open work stands now: who is involved, the state, the clocks and what watches them. */
export async function settle(
  tx: Tx, ctx: Ctx, before: Dossier, version: Version, moved: Pick<Step, 'opened' | 'open' | 'ended'>, effect: string | undefined,
): Promise<Dossier> {
  let dossier = before
  for (const item of moved.opened) {
    if (!item.unitId) continue
    const unit = await getUnit(tx, item.unitId)
    await store.addParty(tx, dossier.id, partyOf(unit), ctx.now)
  }
  if (STATES[dossier.state].final) {
    if (!moved.ended) await terminate(tx, ctx, dossier.id, STATES[dossier.state].label)
  } else if (moved.ended) {
    throw new Conflict('dossiers.open_end', 'Quy trình kết thúc mà hồ sơ chưa có kết cục; người quản trị thủ tục cần sửa quy trình.')
  } else {
    const state = stateOf(dossier, moved.open, effect)
    if (state !== dossier.state) dossier = await store.update(tx, dossier, { state }, ctx.now)
  }
  await closeEnded(tx, ctx, dossier, STATES[dossier.state].final ? `Hồ sơ đã kết thúc: ${STATES[dossier.state].label.toLowerCase()}.` : 'Bước hỏi ý kiến không còn cần.')
  if (dossier.state === 'DA_CO_KET_QUA' && !dossier.finishedAt) dossier = await finish(tx, ctx, dossier)
  dossier = await pauseOrResume(tx, ctx, dossier, version, moved.open)
  await capDues(tx, dossier, moved.opened)
  if (dossier.acceptedAt) await watchDue(tx, ctx, dossier)
  await settleFees(tx, ctx, dossier)
  return dossier
}

// What an appeal to the unit above can bring about: the act appealed against, the dossier taken up again, a request lifted, a unit instructed.

import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict, refusal, type Refusal } from '#core/errors.ts'
import { emit, listEvents } from '#core/events/index.ts'
import { system } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { getUnit, listUnitsById, type Unit } from '#modules/org/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { complete, type Item, listItems, type Moved, setAside, setItemDue, terminate } from '#modules/work/index.ts'
import { receptionDueFrom, startProcess } from './actions.ts'
import * as facts from './events.ts'
import { deciding, reckon, settle } from './lifecycle.ts'
import { appealDepartment, APPEAL_PROVINCE, commonReasons, ruleOn } from './law.ts'
import { type AppealDecision, appealDecisionData } from './papers-duty.ts'
import { hidden } from './prints.ts'
import { actorName } from './reasoned.ts'
import { checkReasons, type GivenReason } from './reasons.ts'
import { goOnOutcome, isOwner, partyOf, supplementStep } from './rules.ts'
import { type Dossier, type Paper, type Reason, STATES } from './schema.ts'
import * as store from './store.ts'
import { type TimelineEntry, timeline } from './timeline.ts'
import { watchReception } from './watch.ts'

export const AGAINST = { refusal: 'từ chối tiếp nhận', supplement: 'yêu cầu bổ sung', stop: 'dừng giải quyết', unresolved: 'không giải quyết' } as const
export type Against = keyof typeof AGAINST

const KINDS = { TU_CHOI: ['refusal', 'refusal'], YC_BS_TIEP_NHAN: ['supplement', 'supplement_request'], YC_BO_SUNG: ['supplement', 'supplement_request'], DUNG_XU_LY: ['stop', 'stop_notice'],
  DA_CO_KET_QUA: ['unresolved', 'unresolved_notice'], TRA_LAI: ['unresolved', 'unresolved_notice'] } as const

export interface Contested {
  readonly against: Against
  readonly paper: Paper
}

/** The act that can be appealed against now: the newest paper by which the agency said no, not yet, or no longer. */
export function contested(ctx: Ctx, dossier: Dossier, papers: readonly Paper[]): Contested | null {
  const [against, kind] = KINDS[dossier.state as keyof typeof KINDS] ?? []
  const paper = kind && papers.findLast((one) => one.kind === kind && !hidden(ctx, dossier, one))
  return paper ? { against: against!, paper } : null
}

/** Whether the reader may ask the unit above to look again; within the time the law gives. */
export function canContest(ctx: Ctx, dossier: Dossier, papers: readonly Paper[]): Refusal | null {
  if (!isOwner(dossier, ctx.actor)) return { code: 'appeals.not_yours', message: 'Chỉ người nộp hồ sơ mới đề nghị xem xét lại được.', kind: 'forbidden' }
  const found = contested(ctx, dossier, papers)
  if (!found) return refusal('appeals.nothing', 'Hồ sơ không có quyết định từ chối, yêu cầu bổ sung, dừng hay trả lại nào để đề nghị xem xét lại.')
  // as printed on the paper, or longer by what binds all that is open since
  const [printed, since] = [ruleOn(ctx, 'appealWithinDays', localDate(found.paper.createdAt)), ruleOn(ctx, 'appealWithinDays', localDate(found.paper.createdAt), localDate(ctx.now))]
  const { value, clause } = since.value > printed.value ? since : printed
  if (ctx.now.getTime() - found.paper.createdAt.getTime() > value * 86_400_000) return refusal('appeals.too_late', `Đã quá ${value} ngày kể từ ngày có văn bản (${clause}), không đề nghị xem xét lại trên hệ thống được nữa.`)
  return null
}

/** The reasons by which the unit above may decide. */
export const decisionReasons = (ctx: Ctx, how: 'uphold' | 'overturn') => commonReasons(how, localDate(ctx.now))

/** The reasons as they will be printed. Faults name their fields. */
export async function checkDecision(reader: Reader, ctx: Ctx, dossier: Dossier, how: 'uphold' | 'overturn', said: { reasons: readonly GivenReason[]; note: string | null }) {
  const { record } = await getVersion(reader, dossier.versionId)
  return checkReasons(record as never, { act: how, reasons: said.reasons, note: said.note, on: localDate(ctx.now) })
}

/** Key of the department above a commune for this dossier's ministry, and of the province's committee. */
export async function aboveKeys(reader: Reader, dossier: Dossier): Promise<{ department: string | null; province: string }> {
  const { record } = await getVersion(reader, dossier.versionId)
  return { department: record.competence.department ?? appealDepartment(record.ministry.code), province: APPEAL_PROVINCE }
}

/** Locks the dossier for an act of another module that has its own policy. */
export const holdDossier = (tx: Tx, id: string): Promise<Dossier | null> => store.lock(tx, id)

/** The unit may read the dossier from now on, because it judges it. */
export async function joinUnit(tx: Tx, ctx: Ctx, dossier: Dossier, unitId: string): Promise<void> {
  await store.addParty(tx, dossier.id, partyOf(await getUnit(tx, unitId)), ctx.now)
}

/** The whole trail of a dossier for those who judge an appeal about it: the caller has its own policy, that of the appeal. */
export async function trailOf(ctx: Ctx, id: string): Promise<{ dossier: Dossier; received: Unit; papers: Paper[]; parts: { name: string; source: string }[]; trail: TimelineEntry[] }> {
  const dossier = (await store.find(ctx.db, id))!
  const [version, papers, parts, events] = await Promise.all([getVersion(ctx.db, dossier.versionId), store.papers(ctx.db, id), store.parts(ctx.db, id), listEvents(ctx.db, id)])
  const units = new Map((await listUnitsById(ctx.db, [dossier.receivedUnitId, ...events.flatMap((event) => (event.unitId ? [event.unitId] : []))])).map((unit) => [unit.id, unit]))
  const names = new Map(version.record.parts.map((part) => [part.id, part.name]))
  const partName = (part: string) => names.get(part) ?? part
  return {
    dossier, received: units.get(dossier.receivedUnitId)!, papers, parts: parts.map((part) => ({ name: partName(part.part), source: part.source })),
    trail: timeline(events, 'office', { unitName: (unit) => units.get(unit)?.name ?? unit, partName }),
  }
}

/** Officers who gave the reasons of the contested act. */
export const contestedBy = (reader: Reader, dossier: Dossier, against: Against): Promise<string[]> => store.reasonGivers(reader, dossier.id, against)

export const issueDecision = async (tx: Tx, ctx: Ctx, dossier: Dossier, answer: AppealDecision): Promise<void> => {
  await store.addPaper(tx, { dossierId: dossier.id, kind: 'appeal_decision', number: null, by: actorName(ctx), at: ctx.now, data: await appealDecisionData(ctx, tx, dossier, answer) })
}

const openOf = (items: readonly Item[]) => items.filter((item) => item.state === 'open' || item.state === 'claimed')
const above = system('Cơ quan cấp trên')

/** The unit must look at it again: a fact, and an alert until the dossier is finished. */
async function instruct(tx: Tx, ctx: Ctx, dossier: Dossier, reasons: readonly Reason[], note: string | null): Promise<void> {
  const unit = await getUnit(tx, dossier.acceptedAt ? (dossier.decidedUnitId ?? dossier.receivedUnitId) : dossier.receivedUnitId)
  await store.raiseAlert(tx, dossier.id, 'instructed', partyOf(unit), [...reasons.map((one) => one.text), note].filter(Boolean).join(' '), ctx.now)
  await emit(tx, ctx, facts.instructed, dossier.id, { code: dossier.code!, unit: unit.id, reasons: [...reasons], note })
}

export interface Overturned {
  readonly against: Against
  readonly reasons: readonly Reason[]
  readonly note: string | null
}

/** Carries out that the act is overturned: a request still open is lifted, an ended dossier is taken up again, otherwise the unit is instructed. */
export async function overturn(tx: Tx, ctx: Ctx, dossier: Dossier, { against, reasons, note }: Overturned): Promise<Dossier> {
  const waiting = dossier.state === 'YC_BO_SUNG' || dossier.state === 'YC_BS_TIEP_NHAN'
  let after = dossier
  if (against === 'supplement' && waiting) after = await lift(tx, ctx, dossier, note)
  else if (against === 'refusal' && dossier.state === 'TU_CHOI') after = await receiveAgain(tx, ctx, dossier, note)
  else if (against === 'stop' && dossier.state === 'DUNG_XU_LY') after = await takeUp(tx, ctx, dossier, note)
  else if (against === 'unresolved' && (dossier.state === 'TRA_LAI' || dossier.state === 'DA_CO_KET_QUA')) after = await takeUp(tx, ctx, dossier, note)
  await instruct(tx, ctx, after, reasons, note)
  return after
}

/** A request for a supplement is taken back: the clock goes on without it, and it does not count. */
async function lift(tx: Tx, ctx: Ctx, dossier: Dossier, note: string | null): Promise<Dossier> {
  const version = await getVersion(tx, dossier.versionId)
  const step = supplementStep(openOf(await listItems(tx, dossier.id)))
  if (!step) throw new Conflict('dossiers.no_request', 'Hồ sơ không còn yêu cầu bổ sung nào đang chờ.')
  await store.closeSupplement(tx, dossier.id, 'revoked', ctx.now)
  const anew = dossier.acceptedAt ? { supplements: Math.max(0, dossier.supplements - 1) } : { answeredAt: null, receptionLateAt: null, receptionDueAt: await receptionDueFrom(tx, ctx, dossier.receivedUnitId) }
  const freed = await store.update(tx, dossier, anew, ctx.now)
  const moved = await complete(tx, { ...ctx, actor: above }, { item: step.id, outcome: goOnOutcome(step)!, note: 'Cơ quan cấp trên hủy yêu cầu bổ sung.' })
  const after = await settle(tx, ctx, freed, version, moved, undefined)
  if (!after.acceptedAt) await watchReception(tx, after)
  await emit(tx, ctx, facts.supplementRevoked, dossier.id, { code: dossier.code!, dueAt: after.dueAt?.toISOString() ?? null, derivation: after.derivation, note })
  return after
}

/** A refused filing lies before the desk again, with a reception clock of its own. */
async function receiveAgain(tx: Tx, ctx: Ctx, dossier: Dossier, note: string | null): Promise<Dossier> {
  const version = await getVersion(tx, dossier.versionId)
  await setAside(tx, dossier.id)
  const receptionDueAt = await receptionDueFrom(tx, ctx, dossier.receivedUnitId)
  const open = await store.update(tx, dossier, { state: 'MOI_DANG_KY', closedAt: null, answeredAt: null, receptionLateAt: null, receptionDueAt }, ctx.now)
  const moved = await startProcess(tx, ctx, open, version)
  for (const item of moved.opened) if (item.role === 'mot_cua') await setItemDue(tx, item.id, receptionDueAt)
  await emit(tx, ctx, facts.reopened, dossier.id, { code: dossier.code!, dueAt: receptionDueAt.toISOString(), derivation: null, note })
  const after = await settle(tx, ctx, open, version, moved, undefined)
  await watchReception(tx, after)
  return after
}

/** An accepted dossier is handled again: the receipt stands, the time since it was ended does not count. */
async function takeUp(tx: Tx, ctx: Ctx, dossier: Dossier, note: string | null): Promise<Dossier> {
  const version = await getVersion(tx, dossier.versionId)
  if (!STATES[dossier.state].final) await terminate(tx, ctx, dossier.id, 'Hủy thông báo không giải quyết')
  await setAside(tx, dossier.id)
  const since = dossier.finishedAt ?? dossier.closedAt ?? ctx.now
  await store.addPause(tx, dossier.id, since, ctx.now, 'chờ cấp trên xem xét lại')
  const open = await store.update(tx, dossier, {
    state: 'DANG_XU_LY', closedAt: null, finishedAt: null, returnedAt: null, signedAt: null, signedBy: null, rejection: null, deliveryDueAt: null,
  }, ctx.now)
  const due = reckon(ctx, open, version, dossier.acceptedAt!, await store.pauses(tx, dossier.id), await deciding(tx, ctx, dossier))
  await store.addDeadline(tx, dossier.id, due, 'reopened', ctx.now)
  const dated = await store.update(tx, open, { dueAt: due.dueAt, derivation: due.derivation }, ctx.now)
  let moved: Moved = await startProcess(tx, ctx, dated, version)
  const received = moved.opened.flatMap((item) => item.outcomes.filter((one) => one.effect === 'accept').map((one) => ({ item: item.id, outcome: one.key })))[0]
  if (received) moved = await complete(tx, { ...ctx, actor: above }, { ...received, note: 'Đã tiếp nhận trước đó; giải quyết lại theo quyết định của cấp trên.' })
  await emit(tx, ctx, facts.reopened, dossier.id, { code: dossier.code!, dueAt: due.dueAt.toISOString(), derivation: due.derivation, note })
  return settle(tx, ctx, dated, version, moved, undefined)
}

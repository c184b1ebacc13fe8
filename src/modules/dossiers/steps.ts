// The verbs of a dossier's process: finish a step, and the acts of the one-stop desk that are steps by another name.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { Conflict, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Actor, system } from '#core/policy/actor.ts'
import { getVersion, type Version } from '#modules/procedures/index.ts'
import { assignNext, canComplete, complete, findItem, fireTimer, type Item, listItems, orRedirect, subjectOfProcess } from '#modules/work/index.ts'
import { evaluateDossier, receptionDueFrom, submissionFaults } from './actions.ts'
import * as facts from './events.ts'
import { answerByItem, shareOver } from './consult.ts'
import { keptFees } from './kept.ts'
import { carryOn, type Said, settle } from './lifecycle.ts'
import { sendPending } from './pending.ts'
import { needDossier } from './reading.ts'
import type { GivenReason } from './reasons.ts'
import { canCollect, canSupplement, goOnOutcome, isOwner, isRefusal, supplementStep, wayTo } from './rules.ts'
import type { Dossier } from './schema.ts'
import * as store from './store.ts'
import { watchReception } from './watch.ts'

const note = z.string().trim().max(4000, 'Ghi chú không dài quá 4.000 ký tự.').transform((text) => text.normalize('NFC')).nullish()
const detail = z.string().trim().max(1000, 'Phần ghi rõ không dài quá 1.000 ký tự.').transform((text) => text.normalize('NFC')).nullish()

/** A reason as given: its code alone, or with what it means here and the part or question at fault. */
export const reasonsInput = z
  .array(z.union([z.string().max(100), z.object({ code: z.string().max(100), detail, concerns: z.string().max(200).nullish() })]))
  .max(100)
  .default([])
  .transform((given): GivenReason[] => given.map((one) => (typeof one === 'string' ? { code: one } : one)))

export const linesInput = z
  .array(z.object({
    name: z.string().trim().min(1, 'Ghi tên khoản phải nộp.').max(200), amountVnd: z.number('Số tiền là số nguyên đồng.').int('Số tiền là số nguyên đồng.').positive('Số tiền phải lớn hơn 0.').max(1e13),
  }))
  .max(20)
  .default([])

const openOf = (items: readonly Item[]) => items.filter((item) => item.state === 'open' || item.state === 'claimed')

async function finish(tx: Tx, ctx: Ctx, dossier: Dossier, item: string, outcome: string, said: Said, actor: Actor = ctx.actor, opened: Item[] = []): Promise<Dossier> {
  const version = await getVersion(tx, dossier.versionId)
  const step = await complete(tx, { ...ctx, actor }, { item, outcome, note: said.note })
  opened.push(...step.opened)
  return carryOn(tx, ctx, dossier, version, step, said)
}

export const CompleteInput = z.object({
  item: z.uuid('Mã việc không đúng.'),
  outcome: z.string().min(1, 'Chọn một kết quả.').max(100),
  note,
  reasons: reasonsInput,
  explanation: note,
  lines: linesInput,
  /** who does the next step, when a head says so in the same act */
  assignee: z.string().trim().max(100).nullish().transform((id) => id || null),
})

/** Finishes a step of the process with one of its outcomes. Throws Conflict when another officer was first. */
export const completeStep = act(CompleteInput, async (ctx, tx, input): Promise<Dossier> => {
  const known = await findItem(tx, input.item)
  if (!known) throw new NotFound('work.no_item', 'Không có việc này, hoặc việc không thuộc bàn của ông/bà.')
  const dossier = await needDossier(tx, ctx, known.subject, 'lock')
  if (supplementStep([known]) && goOnOutcome(known) === input.outcome && canComplete(known, ctx.actor) === null) {
    return handIn(tx, ctx, dossier, known, { note: input.note ?? null })
  }
  const answered = await answerByItem(tx, ctx, known, input.outcome, input.note ?? null)
  if (answered) return answered
  await needProof(tx, dossier, known, input.outcome)
  const opened: Item[] = []
  const after = await finish(tx, ctx, dossier, input.item, input.outcome, saidOf(input), ctx.actor, opened)
  if (input.assignee) await assignNext(tx, ctx, opened, input.assignee)
  return after
})

const saidOf = (input: { reasons: GivenReason[]; note?: string | null; explanation?: string | null; lines: store.DutyLine[] }): Said =>
  ({ reasons: input.reasons, note: input.note ?? null, explanation: input.explanation ?? null, lines: input.lines })

/** The clock goes on after a financial duty only by a document or a payment (domain §3.1). */
async function needProof(tx: Tx, dossier: Dossier, item: Item, outcome: string): Promise<void> {
  if (item.portalStatus !== 6 || goOnOutcome(item) !== outcome) return
  const duty = (await store.duties(tx, { dossier: dossier.id })).find((one) => one.settledAt === null)
  if (!duty || duty.lines.length === 0) return
  throw new Conflict('dossiers.proof_due', 'Người nộp phải nộp tiền theo thông báo; ghi số, ngày chứng từ đã nộp ở mục “Ghi nhận chứng từ”, hồ sơ sẽ tự đi tiếp.')
}

function checkSupplemented(ctx: Ctx, dossier: Dossier, version: Version, parts: Awaited<ReturnType<typeof store.parts>>): void {
  const faults = submissionFaults(version, evaluateDossier(ctx, dossier, version, parts), parts, dossier.kept)
  if (faults.length > 0) throw new Invalid(faults)
}

export const ActInput = z.object({ dossier: z.string(), note, reasons: reasonsInput, explanation: note, lines: linesInput })

/** An act of the desk: finds the actor's open step whose outcome has one of the effects, and finishes it so. */
const byEffect = (...effects: string[]) =>
  act(ActInput, async (ctx, tx, input): Promise<Dossier> => {
    const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
    const open = openOf(await listItems(tx, dossier.id))
    const way = wayTo(dossier, open, ctx.actor, effects)
    if (isRefusal(way)) {
      for (const item of open.slice(0, 1)) await orRedirect(tx, ctx, item, way)
      orThrow(way)
      throw new Error('unreachable')
    }
    return finish(tx, ctx, dossier, way.item.id, way.outcome, saidOf(input))
  })

/** Accepts: the legal clock starts now, the receipt is numbered and printed (Mẫu 01). */
export const accept = byEffect('accept')
/** Refuses to accept, with reasons the citizen understands (Mẫu 03). */
export const refuse = byEffect('refuse')
/** Asks for a supplement: all faults in one request, once only after acceptance (Mẫu 02). */
export const requestSupplement = byEffect('request_supplement')
/** Hands the result, or the notice that nothing is granted, to the applicant at the counter. */
export const returnResult = byEffect('return', 'return_unresolved')

export const SupplementInput = z.object({ dossier: z.string(), note, form: z.record(z.string(), z.unknown()).optional() })

/** The applicant has mended what was asked: what was prepared is sent, the clock goes on. Throws Invalid while something is still missing. */
export const supplement = act(SupplementInput, async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  const open = openOf(await listItems(tx, dossier.id))
  orThrow(canSupplement(dossier, open, ctx.actor))
  return handIn(tx, ctx, dossier, supplementStep(open)!, { note: input.note ?? null, form: input.form })
})

async function handIn(tx: Tx, ctx: Ctx, before: Dossier, item: Item, { note: said, form }: { note: string | null; form?: Record<string, unknown> }): Promise<Dossier> {
  const version = await getVersion(tx, before.versionId)
  let dossier = await sendPending(tx, ctx, before)
  if (form) dossier = await store.update(tx, dossier, { form: { ...dossier.form, ...form } }, ctx.now)
  const parts = await store.parts(tx, dossier.id)
  checkSupplemented(ctx, dossier, version, parts)
  const found = evaluateDossier(ctx, dossier, version, parts)
  const again = dossier.acceptedAt ? {} : { answeredAt: null, receptionLateAt: null, receptionDueAt: await receptionDueFrom(tx, ctx, dossier.receivedUnitId) }
  dossier = await store.update(tx, dossier, { form: found.values, ...again }, ctx.now)
  await store.setFees(tx, dossier.id, await keptFees(tx, ctx, dossier, found.fees, parts))
  await store.closeSupplement(tx, dossier.id, 'answered', ctx.now)
  const actor = isOwner(dossier, ctx.actor) && item.citizenId === null ? system(dossier.applicant.fullName) : ctx.actor
  const after = await finish(tx, ctx, dossier, item.id, goOnOutcome(item)!, { reasons: [], note: said }, actor)
  if (!after.acceptedAt) await watchReception(tx, after)
  await emit(tx, ctx, facts.supplemented, dossier.id, { code: dossier.code!, dueAt: after.dueAt?.toISOString() ?? null, derivation: after.derivation })
  return after
}

/** The applicant takes the result on line; nobody at the counter need do anything. */
export const collect = act(z.object({ dossier: z.string() }), async (ctx, tx, input): Promise<Dossier> => {
  const dossier = await needDossier(tx, ctx, input.dossier, 'lock')
  if (dossier.state === 'DA_TRA' || dossier.state === 'TRA_LAI') return dossier
  orThrow(canCollect(dossier, ctx.actor))
  const offers = openOf(await listItems(tx, dossier.id))
    .flatMap((item) => item.outcomes.map((outcome) => ({ item, outcome })))
    .filter(({ outcome }) => outcome.effect === 'return' || outcome.effect === 'return_unresolved')
  if (offers.length === 0) throw new NotFound('dossiers.no_result', 'Kết quả chưa được chuyển về Bộ phận một cửa.')
  const { item, outcome } = offers[0]!
  if (outcome.effect === 'return_unresolved' && dossier.rejection !== 'signed' && !(await declined(tx, dossier))) {
    throw new Conflict('dossiers.no_notice', 'Thông báo nêu lý do đang được lập; ông/bà nhận được ngay khi có.')
  }
  return finish(tx, ctx, dossier, item.id, outcome.key, { reasons: [], note: 'Nhận kết quả trực tuyến' }, system('desk'))
})

/** A request in processing was never answered: the applicant went on without. */
const declined = async (tx: Tx, dossier: Dossier): Promise<boolean> =>
  (await store.supplements(tx, dossier.id)).some((one) => !one.before && one.answeredAt === null && one.revokedAt === null)

/** A timer of its processes has fired: the law takes silence of a step for the outcome named; a question's share is over. The dossier is held
 *  before its process, as every act does, so that an answer in the same second and this come one after the other. */
export async function silenceElapsed(ctx: Ctx, payload: { process: string; token: string }): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const subject = await subjectOfProcess(tx, payload.process)
    const dossier = subject && (await store.lock(tx, subject))
    const moved = dossier ? await fireTimer(tx, ctx, payload) : null
    if (!dossier || !moved || (await shareOver(tx, ctx, dossier, moved))) return
    const version = await getVersion(tx, dossier.versionId)
    if (!moved.item) return void (await settle(tx, ctx, dossier, version, moved, undefined))
    await carryOn(tx, ctx, dossier, version, { ...moved, item: moved.item }, { reasons: [], note: 'Hết hạn chờ trả lời, coi như đồng ý theo quy định.' })
  })
}

// The verbs of a plan: begin, choose, ask, confirm, send back, drop, take back. Each changes the plan under its lock, so that done twice it is done once.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { Conflict, type FieldError, Invalid, NotFound, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue } from '#core/jobs/index.ts'
import { getVersion, listVersions } from '#modules/procedures/index.ts'
import * as facts from './events.ts'
import { answerFaults, pairQuestions, questionsOf } from './plan-answers.ts'
import { canAsk, canChange, canConfirm, canConfirmUndo, canUndo, clauseFaults, isStale, moverPost, needsSecond, notMover } from './rules.ts'
import type { Clauses, Plan } from './schema.ts'
import * as store from './store.ts'
import { tryNext } from './trial.ts'

const line = (max: number, message: string) => z.string().trim().max(max, `Không dài quá ${max} ký tự.`).transform((text) => text.normalize('NFC')).pipe(z.string().min(1, message))
const clause = z.string().trim().max(300).transform((text) => text.normalize('NFC') || undefined).optional()
const id = z.string()
const revision = z.number().int()

async function mover(tx: Tx, ctx: Ctx): Promise<{ id: string; name: string; by: { role: string; unitId: string; postId: string } }> {
  const post = await moverPost(tx, ctx.actor)
  if (!post || ctx.actor.kind !== 'officer') orThrow(notMover)
  return { id: (ctx.actor as { id: string }).id, name: (ctx.actor as { name: string }).name, by: { role: post!.role, unitId: post!.unitId, postId: post!.id } }
}

async function held(tx: Tx, ref: string): Promise<Plan> {
  const plan = await store.findPlan(tx, ref, 'lock')
  if (!plan) throw new NotFound('moves.none', 'Không có đợt chuyển hồ sơ này. Xem lại ở trang của thủ tục.')
  return plan
}

const numbers = async (tx: Tx, plan: Plan) => ({ code: plan.code, from: (await getVersion(tx, plan.fromVersion)).number, to: (await getVersion(tx, plan.toVersion)).number })

const begun = act(z.object({ code: z.string(), from: z.number().int(), to: z.number().int() }), async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const versions = await listVersions(tx, input.code)
  const [from, to] = [versions.find((one) => one.number === input.from), versions.find((one) => one.number === input.to)]
  if (!from || !to) throw new Invalid([{ key: from ? 'to' : 'from', message: 'Chọn một phiên bản có trong danh sách.' }])
  if (to.withdrawn || to.abolishes) throw new Invalid([{ key: 'to', message: to.withdrawn ? `Phiên bản ${to.number} đã rút; chọn phiên bản khác.` : `Phiên bản ${to.number} là quyết định bãi bỏ, không có quy trình để hồ sơ đi tiếp.` }])
  if (from.id === to.id) throw new Invalid([{ key: 'to', message: 'Chọn một phiên bản khác với phiên bản đang chạy.' }])
  const open = (await store.plansOf(tx, input.code)).find((one) => one.state === 'drafting' && one.fromVersion === from.id && one.toVersion === to.id && one.madeBy === me.id)
  if (open) return open
  const plan = await store.insertPlan(tx, { code: input.code, from: from.id, to: to.id, at: ctx.now, by: me })
  await emit(tx, ctx, facts.planned, plan.id, { code: input.code, from: from.number, to: to.number }, me.by)
  return plan
})

/** Begins a plan, or takes up the one this person has open between the same versions, and tries it. Throws Invalid for versions that are none. */
export async function beginPlan(ctx: Ctx, input: { code: string; from: number; to: number }): Promise<Plan> {
  const plan = await begun(ctx, input)
  if (!plan.triedAt) await tryNext(ctx, { plan: plan.id, revision: plan.revision, done: 0 })
  return plan
}

const answer = z.object({ to: z.string().nullable(), keep: z.boolean().optional(), values: z.record(z.string(), z.string()).optional() })

export const ChoicesInput = z.object({
  plan: id, revision, steps: z.record(z.string(), z.string()).optional(), answers: z.record(z.string(), answer).optional(),
  clauses: z.object({ longerTerm: clause, higherFee: clause, newDemands: clause }).optional(),
  /** counterparts for single dossiers, by dossier; they win over those for all */
  own: z.record(z.string(), z.record(z.string(), z.string())).optional(),
})

/** What stands against the choices: two questions that would become one, a clause that names no document. */
async function faultsOf(tx: Tx, ctx: Ctx, plan: Plan): Promise<FieldError[]> {
  const [from, to] = [await getVersion(tx, plan.fromVersion), await getVersion(tx, plan.toVersion)]
  return [...answerFaults(pairQuestions(from.record, to.record), plan.answers, questionsOf(to.record)), ...clauseFaults(plan.clauses, ctx.law)]
}

const chosen = act(ChoicesInput, async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  orThrow(canChange(plan) ?? isStale(plan, input.revision))
  const faults = await faultsOf(tx, ctx, { ...plan, answers: input.answers ?? plan.answers, clauses: (input.clauses as Clauses | undefined) ?? plan.clauses })
  if (faults.length > 0) throw new Invalid(faults)
  const filled = (map: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(map).filter(([, value]) => value !== ''))
  for (const [dossier, steps] of Object.entries(input.own ?? {})) {
    const known = await store.findCase(tx, plan.id, dossier, 'lock')
    if (known) await store.setCaseSteps(tx, plan.id, dossier, filled({ ...known.steps, ...steps }))
  }
  return store.changePlan(tx, plan.id, {
    revision: plan.revision + 1, tried: 0, tried_at: null, edited_by: JSON.stringify([...new Set([...plan.editedBy, me.id])]),
    ...(input.steps ? { steps: JSON.stringify(filled(input.steps)) } : {}), ...(input.answers ? { answers: JSON.stringify(input.answers) } : {}),
    ...(input.clauses ? { clauses: JSON.stringify(input.clauses) } : {}),
  })
})

/** Keeps what was chosen and tries again; whoever chooses does not confirm. Throws Invalid for two questions that would become one and for a clause
 *  that names no document, Conflict when somebody else has changed the plan since. */
export async function choose(ctx: Ctx, input: z.input<typeof ChoicesInput>): Promise<Plan> {
  const plan = await chosen(ctx, input)
  await tryNext(ctx, { plan: plan.id, revision: plan.revision, done: 0 })
  return plan
}

const again = act(z.object({ plan: id }), async (ctx, tx, input): Promise<Plan> => {
  await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  orThrow(canChange(plan))
  return store.changePlan(tx, plan.id, { revision: plan.revision + 1, tried: 0, tried_at: null })
})

/** Tries the plan again on the dossiers as they stand now. */
export async function tryAgain(ctx: Ctx, input: { plan: string }): Promise<Plan> {
  const plan = await again(ctx, input)
  await tryNext(ctx, { plan: plan.id, revision: plan.revision, done: 0 })
  return plan
}

export const AskInput = z.object({
  plan: id, revision, reason: line(2000, 'Ghi lý do chuyển hồ sơ.'), decision: line(300, 'Ghi số, ngày văn bản quyết định hoặc căn cứ chuyển tiếp.'),
  /** null: all that can move */
  dossiers: z.array(z.string()).max(20_000).nullable(),
})

/** Asks for the move of the chosen dossiers. One alone goes at once, unless by a clause; more need a second person. Throws Invalid without reason or decision. */
export const askMove = act(AskInput, async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.askedBy === me.id && plan.revision === input.revision + 1 && plan.state !== 'drafting') return plan // the same press again
  orThrow(isStale(plan, input.revision))
  const count = plan.state === 'drafting' ? await store.chooseCases(tx, plan.id, input.dossiers) : 0
  orThrow(canAsk(plan, count))
  const faults = await faultsOf(tx, ctx, plan)
  if (faults.length > 0) throw new Invalid(faults)
  const own = { reason: input.reason, decision: input.decision, asked_at: ctx.now, asked_by: me.id, asked_by_name: me.name, revision: plan.revision + 1 }
  const alone = !needsSecond(plan, count)
  const asked = await store.changePlan(tx, plan.id, { ...own, state: alone ? 'running' : 'waiting' })
  const between = await numbers(tx, plan)
  await emit(tx, ctx, facts.asked, plan.id, { ...between, count, reason: input.reason, decision: input.decision }, me.by)
  if (alone) await enqueue(tx, 'moves.run', { plan: plan.id }, { key: `moves.run:${plan.id}` })
  return asked
})

/** The second person agrees to exactly what they saw; the dossiers move. Throws Forbidden for whoever planned, chose or asked. */
export const confirmMove = act(z.object({ plan: id, revision }), async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.confirmedBy === me.id && plan.state !== 'waiting') return plan
  orThrow(canConfirm(plan, ctx.actor) ?? isStale(plan, input.revision))
  const running = await store.changePlan(tx, plan.id, { state: 'running', confirmed_at: ctx.now, confirmed_by: me.id, confirmed_by_name: me.name })
  await emit(tx, ctx, facts.confirmed, plan.id, { ...(await numbers(tx, plan)), count: (await store.countCases(tx, plan.id)).chosen }, me.by)
  await enqueue(tx, 'moves.run', { plan: plan.id }, { key: `moves.run:${plan.id}` })
  return running
})

/** The second person does not agree: the plan lies open again, with their words. */
export const sendBack = act(z.object({ plan: id, note: line(1000, 'Ghi điều cần sửa.') }), async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.state !== 'waiting') throw new Conflict('moves.state', 'Đợt chuyển không còn chờ xác nhận. Tải lại trang để xem.')
  await emit(tx, ctx, facts.sentBack, plan.id, { ...(await numbers(tx, plan)), note: input.note }, me.by)
  return store.changePlan(tx, plan.id, { state: 'drafting', asked_at: null, asked_by: null, asked_by_name: null, revision: plan.revision + 1 })
})

/** Gives a plan up that has not begun to move anything. */
export const dropPlan = act(z.object({ plan: id }), async (ctx, tx, input): Promise<Plan> => {
  await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.state === 'dropped') return plan
  if (plan.state !== 'drafting' && plan.state !== 'waiting') throw new Conflict('moves.state', 'Đợt chuyển đã chạy nên không bỏ được nữa; có thể hoàn lại.')
  return store.changePlan(tx, plan.id, { state: 'dropped', revision: plan.revision + 1 })
})

/** Asks that the moved dossiers return to what they were. One alone at once; more need a second person. */
export const askUndo = act(z.object({ plan: id, reason: line(2000, 'Ghi lý do hoàn lại.') }), async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.undoBy === me.id) return plan
  orThrow(canUndo(plan, ctx.now))
  const { moved } = (await store.countCases(tx, plan.id)).states
  if (moved === 0) throw new Conflict('moves.none_moved', 'Đợt này không có hồ sơ nào đã chuyển để hoàn lại.')
  await emit(tx, ctx, facts.undoAsked, plan.id, { ...(await numbers(tx, plan)), reason: input.reason }, me.by)
  const alone = moved === 1
  if (alone) await enqueue(tx, 'moves.undo', { plan: plan.id }, { key: `moves.undo:${plan.id}` })
  return store.changePlan(tx, plan.id, { undo_reason: input.reason, undo_by: me.id, undo_by_name: me.name, undo_at: ctx.now, ...(alone ? { state: 'undoing' } : {}) })
})

/** The second person agrees that they return. */
export const confirmUndo = act(z.object({ plan: id }), async (ctx, tx, input): Promise<Plan> => {
  const me = await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.state === 'undoing' || plan.state === 'undone') return plan
  orThrow(canConfirmUndo(plan, ctx.actor, ctx.now))
  await enqueue(tx, 'moves.undo', { plan: plan.id }, { key: `moves.undo:${plan.id}` })
  return store.changePlan(tx, plan.id, { state: 'undoing', undo_confirmed_by_name: me.name })
})

/** Gives up the wish to take back, before anybody has confirmed it. */
export const dropUndo = act(z.object({ plan: id }), async (ctx, tx, input): Promise<Plan> => {
  await mover(tx, ctx)
  const plan = await held(tx, input.plan)
  if (plan.state !== 'done' || !plan.undoBy) return plan
  return store.changePlan(tx, plan.id, { undo_reason: null, undo_by: null, undo_by_name: null, undo_at: null })
})

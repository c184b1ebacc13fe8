// The verbs of reorganisation: draw a plan, send it, confirm it as a second person, execute it on its day, bring it back within its window.

import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { act, parseInput } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import { atGate, type Shut } from '#core/db/gate.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { Conflict, Invalid, orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue } from '#core/jobs/index.ts'
import { formatDate } from '#core/text/index.ts'
import { localDate } from '#core/workdays/index.ts'
import * as facts from './events.ts'
import { carryOut, moveSteps } from './execute.ts'
import { Halted, shownAs, stopsOf } from './halts.ts'
import { report } from './report.ts'
import { bringBack, made, picture, survey } from './rollback.ts'
import { canCancel, canConfirm, canEdit, canExecute, canPlan, canRead, canReturn, canRollBack } from './rules.ts'
import { expectedMs, openHouse, type Progress, progressOf, shutHouse, takePatiently, underWay } from './running.ts'
import { type Plan, type PlanContent, PlanInput, type Preview, type ReorgFault, RollBackInput, type RollBackPreview, type Undone } from './schema.ts'
import * as store from './store.ts'
import { digestOf, workOut } from './workout.ts'

const me = (ctx: Ctx) => (ctx.actor.kind === 'officer' ? { id: ctx.actor.id, name: ctx.actor.name } : { id: null, name: 'Hệ thống' })
const named = (plan: Pick<Plan, 'id' | 'title'>) => ({ plan: plan.id, title: plan.title })
const subject = (plan: Pick<Plan, 'id'>) => `reorg:${plan.id}`
const PlanId = z.object({ plan: z.uuid('Mã kế hoạch không đúng.') })

/** Begins a plan. Throws Forbidden, Invalid. */
export const draftPlan = act(PlanInput, async (ctx, tx, content): Promise<{ id: string }> => {
  orThrow(canPlan(ctx.actor))
  const id = await store.add(tx, content, me(ctx), ctx.now)
  await emit(tx, ctx, facts.planDrafted, subject({ id }), { plan: id, title: content.title })
  return { id }
})

/** Keeps a changed plan; `revision` is the one it was begun from. Throws Conflict when somebody else has saved since: nothing of theirs is lost. */
export const savePlan = act(PlanId.extend({ revision: z.number().int(), content: PlanInput }), async (ctx, tx, input): Promise<{ revision: number }> => {
  const plan = await store.lock(tx, input.plan)
  orThrow(canEdit(plan, ctx.actor))
  if (plan.revision !== input.revision) throw new Conflict('reorg.saved_since', 'Kế hoạch đã được người khác lưu trong lúc ông/bà soạn. Mở lại kế hoạch, xem phần đã đổi rồi ghi tiếp.')
  await store.save(tx, plan.id, input.content, me(ctx).id)
  return { revision: plan.revision + 1 }
})

class Looked extends Error {
  readonly found: Preview
  constructor(found: Preview) {
    super('looked')
    this.found = found
  }
}

/** The whole report of what a plan would do; nothing of it stays. Throws Invalid for what is no plan at all. */
export async function previewContent(ctx: Ctx, input: z.input<typeof PlanInput>, plan: string | null = null): Promise<Preview> {
  orThrow(canRead(ctx.actor))
  const content = parseInput(PlanInput, input)
  try {
    await inTransaction(ctx.db, async (tx) => {
      throw new Looked(await report(tx, ctx, content, await workOut(tx, content, randomUUID(), ctx.now), { plan, clashes: true }))
    }, { alone: true }) // changes nothing: it neither waits for whoever has the house alone nor keeps anybody from it
  } catch (thrown) {
    if (thrown instanceof Looked) return thrown.found
    throw thrown
  }
  throw new Error('unreachable')
}

/** The same of a plan that is kept; after execution, what execution found. */
export async function previewPlan(ctx: Ctx, input: { plan: string }): Promise<Preview> {
  orThrow(canRead(ctx.actor))
  const plan = await store.get(ctx.db, parseInput(PlanId, input).plan)
  return plan.report ?? previewContent(ctx, contentOf(plan), plan.id)
}

export const contentOf = (plan: Plan): PlanContent => ({
  title: plan.title, day: plan.day, decisionNo: plan.decisionNo, decisionOn: plan.decisionOn, note: plan.note, steps: plan.steps, appointments: plan.appointments, follow: plan.follow, windowDays: plan.windowDays,
})

/** Looks at the plan once more while no other plan can be sent or confirmed. Throws Invalid naming what stops it. */
async function sound(tx: Tx, plan: Plan, now: Date): Promise<{ digest: string; touches: readonly string[] }> {
  await store.lockPlans(tx)
  const content = contentOf(plan)
  const run = randomUUID()
  const work = await workOut(tx, content, run, now)
  const others = await store.clashing(tx, plan.id, work.touches, ['cho_xac_nhan', 'da_xac_nhan', 'dang_chay'])
  const stops = [
    ...work.faults.filter((fault) => fault.severity === 'stops').map((fault) => ({ key: fault.step === undefined ? 'steps' : `steps.${fault.step}`, message: fault.message })),
    ...(content.steps.length === 0 ? [{ key: 'steps', message: 'Kế hoạch chưa có bước nào; thêm ít nhất một bước.' }] : []),
    ...others.map((one) => ({ key: 'steps', message: `Kế hoạch “${one.title}” đã nêu ${one.units.length} đơn vị của kế hoạch này; thi hành hoặc hủy kế hoạch ấy trước.` })),
  ]
  if (stops.length > 0) throw new Invalid(stops, 'Kế hoạch còn điều phải sửa trước khi gửi.')
  return { digest: digestOf(content), touches: work.touches }
}

/** Sends the plan to be confirmed. Throws Forbidden, Conflict (not open, saved since), Invalid (what stops it, another plan naming the same units). */
export const sendPlan = act(PlanId.extend({ revision: z.number().int() }), async (ctx, tx, input): Promise<{ digest: string }> => {
  const plan = await store.lock(tx, input.plan)
  orThrow(canEdit(plan, ctx.actor))
  if (plan.revision !== input.revision) throw new Conflict('reorg.saved_since', 'Kế hoạch đã được người khác lưu trong lúc ông/bà xem. Mở lại, xem phần đã đổi rồi gửi.')
  const { digest, touches } = await sound(tx, plan, ctx.now)
  await store.set(tx, plan.id, { state: 'cho_xac_nhan', digest, touches, sent_at: ctx.now, sent_by: me(ctx).id, sent_by_name: me(ctx).name, returned_note: null, halted: '[]' })
  await emit(tx, ctx, facts.planSent, subject(plan), { ...named(plan), revision: plan.revision })
  return { digest }
})

/** Gives a plan back to be changed. Throws Forbidden, Conflict. */
export const returnPlan = act(PlanId.extend({ note: z.string().trim().min(3, 'Ghi điều cần sửa.').max(1000) }), async (ctx, tx, input): Promise<void> => {
  const plan = await store.lock(tx, input.plan)
  orThrow(canReturn(plan, ctx.actor))
  await store.set(tx, plan.id, { state: 'nhap', returned_note: input.note, confirmed_at: null, confirmed_by: null, confirmed_by_name: null, touches: [], halted: '[]' })
  await emit(tx, ctx, facts.planReturned, subject(plan), { ...named(plan), note: input.note })
})

/** The second person confirms exactly what was looked at (`digest`); from its day on it is executed. Throws Forbidden (four eyes), Conflict, Invalid. */
export const confirmPlan = act(PlanId.extend({ digest: z.string() }), async (ctx, tx, input): Promise<void> => {
  const plan = await store.lock(tx, input.plan)
  orThrow(canConfirm(plan, ctx.actor))
  const { digest, touches } = await sound(tx, plan, ctx.now)
  if (digest !== input.digest || digest !== plan.digest) throw new Conflict('reorg.changed_since', 'Kế hoạch đã thay đổi so với bản ông/bà xem. Xem lại bản mới rồi xác nhận.')
  await store.set(tx, plan.id, { state: 'da_xac_nhan', touches, confirmed_at: ctx.now, confirmed_by: me(ctx).id, confirmed_by_name: me(ctx).name, halted: '[]', tries: 0, began_at: null })
  await emit(tx, ctx, facts.planConfirmed, subject(plan), { ...named(plan), digest, day: plan.day })
  // five minutes into the day; the hourly look takes whatever was missed
  await enqueue(tx, 'reorg.execute', { plan: plan.id }, { key: `reorg:${plan.id}:execute`, runAt: new Date(`${plan.day}T00:05:00+07:00`) })
})

export const cancelPlan = act(PlanId.extend({ note: z.string().trim().min(3, 'Ghi lý do hủy.').max(1000) }), async (ctx, tx, input): Promise<void> => {
  const plan = await store.lock(tx, input.plan)
  orThrow(canCancel(plan, ctx.actor))
  await store.set(tx, plan.id, { state: 'da_huy', returned_note: input.note, touches: [] })
  await emit(tx, ctx, facts.planCancelled, subject(plan), { ...named(plan), note: input.note })
})

/** In one transaction that has the plan and the house to itself; how far it has come is said outside. `begin`: before the gate is shut.
 *  Throws Conflict('reorg.running') while somebody else is at the plan, Unavailable('reorg') while acts under way do not end. */
async function aloneIn<R>(ctx: Ctx, plan: Plan, body: (tx: Tx, progress: Progress) => Promise<R>, begin?: (again: boolean) => Promise<void>): Promise<R> {
  let again = false
  try {
    return await inTransaction(ctx.db, async (tx) => {
      await takePatiently(tx, plan.id)
      await begin?.(again)
      again = true
      await shutHouse(tx, ctx.db, plan.id, plan.report ? expectedMs(plan.report.totals) : null)
      return body(tx, progressOf(ctx.db, plan.id))
    }, { alone: true })
  } finally {
    if (again) await openHouse(ctx.db, plan.id)
  }
}

export interface Executed {
  readonly state: Plan['state']
  readonly report: Preview | null
}

/** Executes a confirmed plan from its day on; done twice it is done once. Whatever stops it is kept with the plan, which then waits as before:
 *  nothing is changed. Throws Forbidden, Conflict (not confirmed, too early, something in the way, running), Unavailable while acts under way do not end. */
export async function executePlan(ctx: Ctx, input: { plan: string }): Promise<Executed> {
  const { plan: id } = parseInput(PlanId, input)
  const before = await store.get(ctx.db, id)
  if (before.state === 'da_thi_hanh') {
    orThrow(canPlan(ctx.actor))
    return { state: before.state, report: before.report }
  }
  orThrow(canExecute(before, ctx.actor, localDate(ctx.now)))
  try {
    const carried = await aloneIn(ctx, before, async (tx, progress) => {
      const plan = await store.lock(tx, id)
      if (plan.state === 'da_thi_hanh') return { done: true as const, report: plan.report! } // the other hand was first
      orThrow(canExecute(plan, ctx.actor, localDate(ctx.now)))
      return carryOut(tx, ctx, plan, progress)
    }, (again) => inTransaction(ctx.db, (tx) => store.begin(tx, id, ctx.now, again), { alone: true }))
    if (carried.done) return { state: 'da_thi_hanh', report: carried.report }
    throw new Halted(carried.faults)
  } catch (thrown) {
    const faults = stopsOf(thrown)
    if (faults) await stopped(ctx, id, faults)
    throw shownAs(thrown, faults, 'thi hành')
  }
}

/** Keeps with the plan why its run stopped. That it cannot be kept hides nothing: a plan that nobody is at is offered again anyway. */
async function stopped(ctx: Ctx, id: string, faults: readonly ReorgFault[]): Promise<void> {
  try {
    await inTransaction(ctx.db, async (tx) => {
      const plan = await store.stop(tx, id, faults)
      if (plan?.state === 'dang_chay') await emit(tx, ctx, facts.planHalted, subject(plan), { ...named(plan), faults: faults.map((fault) => fault.message) })
    }, { alone: true })
  } catch {
    // the fault that stopped the run is the one to be told
  }
}

/** How far the run of a plan under way has come; null when nobody is at it. */
export async function howFar(ctx: Ctx, plan: Pick<Plan, 'id'>): Promise<Shut | 'beginning' | null> {
  orThrow(canRead(ctx.actor))
  return (await underWay(ctx.db, [plan.id])).has(plan.id) ? ((await atGate(ctx.db, plan.id)) ?? 'beginning') : null
}

/** What bringing a plan back would do; `keepers` names who keeps what is new at units of the plan. */
export async function previewRollBack(ctx: Ctx, input: { plan: string; keepers?: Readonly<Record<string, string>> }): Promise<RollBackPreview> {
  orThrow(canPlan(ctx.actor))
  const plan = await store.get(ctx.db, parseInput(PlanId, { plan: input.plan }).plan)
  orThrow(canRollBack(plan, ctx.actor, ctx.now))
  return picture(ctx.db, plan, input.keepers ?? {})
}

/** Ids of every unit that a plan made: none of them can keep anything once it is brought back. Throws Forbidden. */
export async function madeByPlan(ctx: Ctx, plan: Pick<Plan, 'id'>): Promise<string[]> {
  orThrow(canPlan(ctx.actor))
  return made(ctx.db, plan.id)
}

/** Brings a plan back as the preview with this digest says. Whatever stops it is kept with the plan; nothing is changed.
 *  Throws Forbidden, Invalid, Conflict (window over, something changed since the preview, running), Unavailable. */
export async function rollBackPlan(ctx: Ctx, input: z.input<typeof RollBackInput>): Promise<Undone> {
  const asked = parseInput(RollBackInput, input)
  orThrow(canPlan(ctx.actor))
  try {
    return await aloneIn(ctx, await store.get(ctx.db, asked.plan), async (tx, progress) => {
      const plan = await store.lock(tx, asked.plan)
      if (plan.state === 'da_hoan_tac' && plan.undone) return plan.undone // pressed twice
      orThrow(canRollBack(plan, ctx.actor, ctx.now))
      await progress('Xem lại việc hoàn tác', { of: moveSteps() + 4 })
      const seen = await survey(tx, plan, asked.keepers)
      const found = seen.picture
      const stop = found.faults.find((fault) => fault.severity === 'stops')
      if (stop) throw new Conflict(stop.code, stop.message)
      if (found.digest !== asked.digest) throw new Conflict('reorg.changed_since', 'Từ lúc ông/bà xem đã có thêm việc ở các đơn vị này. Xem lại danh sách rồi xác nhận hoàn tác.')
      const run = randomUUID()
      const undone = await bringBack(tx, ctx, plan, run, seen, progress)
      await store.set(tx, plan.id, {
        state: 'da_hoan_tac', halted: '[]', rolled_back_at: ctx.now, rolled_back_by: me(ctx).id, rolled_back_by_name: me(ctx).name, roll_back_reason: asked.reason, undo_run: run, undone: JSON.stringify(undone),
      })
      await emit(tx, ctx, facts.planRolledBack, subject(plan), { ...named(plan), reason: asked.reason, returned: undone.returned, kept: [...undone.remain] })
      return undone
    })
  } catch (thrown) {
    const faults = stopsOf(thrown)
    if (faults) await stopped(ctx, asked.plan, faults)
    throw shownAs(thrown, faults, 'hoàn tác')
  }
}

/** Notes that a seal was handed in, ordered or changed. */
export const settleSeal = act(z.object({ seal: z.uuid(), on: z.iso.date('Chọn ngày.'), note: z.string().trim().max(300).nullish() }), async (ctx, tx, input): Promise<void> => {
  orThrow(canPlan(ctx.actor))
  const done = await store.settleSeal(tx, input.seal, { on: input.on, note: input.note || null, byName: me(ctx).name })
  if (!done) throw new Conflict('reorg.seal_done', `Con dấu này đã được ghi nhận rồi; tải lại trang để xem.`)
  const plan = await store.get(tx, done.planId)
  await emit(tx, ctx, facts.sealSettled, subject(plan), { ...named(plan), unit: done.unitId, kind: done.kind, on: input.on })
})

/** The plans. Throws Forbidden. */
export async function listPlans(ctx: Ctx): Promise<Plan[]> {
  orThrow(canRead(ctx.actor))
  return store.list(ctx.db)
}

/** How many plans wait for somebody to confirm them. Throws Forbidden. */
export async function countPlansWaiting(ctx: Ctx): Promise<number> {
  orThrow(canRead(ctx.actor))
  return store.countWaiting(ctx.db)
}

/** One plan. Throws Forbidden, NotFound. */
export async function getPlan(ctx: Ctx, id: string): Promise<Plan> {
  orThrow(canRead(ctx.actor))
  return store.get(ctx.db, parseInput(PlanId, { plan: id }).plan)
}

export async function sealsOfPlan(ctx: Ctx, id: string): Promise<store.Seal[]> {
  orThrow(canRead(ctx.actor))
  return store.sealsOf(ctx.db, id)
}

export const dayWords = (plan: Pick<Plan, 'day'>): string => formatDate(plan.day)

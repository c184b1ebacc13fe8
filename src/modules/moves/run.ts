// The moves themselves: a job that takes the chosen dossiers a few at a time, each in its own transaction under its own locks, exactly once however often it is begun again.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { AppError, Unavailable } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import { changeVersion, type Dossier, type DossierKeepsake, dossierMark, holdDossier, keepDossier, movingCase, restoreDossier, STATES, touchedSince } from '#modules/dossiers/index.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { type Item, listItems } from '#modules/work/index.ts'
import * as facts from './events.ts'
import type { Sides } from './plan.ts'
import { type CaseState, type Plan, UNDO_DAYS } from './schema.ts'
import * as store from './store.ts'
import { planFor, sidesFor, tryNext, unitNames } from './trial.ts'

/** Dossiers of one job; the next job takes the next. */
const FEW = 25

const inHand = (items: readonly Item[]): string[] => [...new Set(items.flatMap((item) => ((item.state === 'open' || item.state === 'claimed') && item.claimedBy ? [item.claimedBy] : [])))]

/** Moves the next few dossiers of a plan and queues the rest; the last says what came of it. Killed in the middle it begins again and finds what is done. */
export async function runPlan(ctx: Ctx, { plan: id }: { plan: string }): Promise<void> {
  const plan = await store.findPlan(ctx.db, id)
  if (plan?.state !== 'running') return
  const sides = await sidesFor(ctx.db, plan)
  for (const dossier of await store.todo(ctx.db, id, 'planned', FEW)) await moveOne(ctx, plan, sides, dossier)
  await inTransaction(ctx.db, async (tx) => {
    const now = await store.findPlan(tx, id, 'lock')
    if (now?.state !== 'running') return
    const { planned, moved, left } = (await store.countCases(tx, id)).states
    if (planned > 0) return enqueue(tx, 'moves.run', { plan: id }, { key: `moves.run:${id}` })
    await store.changePlan(tx, id, { state: 'done', done_at: ctx.now })
    await emit(tx, ctx, facts.finished, id, { code: plan.code, from: sides.from.number, to: sides.to.number, moved, left })
  })
}

/** One dossier, planned once more as it stands under its lock; what cannot move any longer is left and says why. */
export async function moveOne(ctx: Ctx, plan: Plan, sides: Sides, id: string): Promise<void> {
  await oneByOne(ctx, plan, id, { at: 'planned', settled: 'left', task: 'moves.run', faulty: 'Không chuyển được vì lỗi của phần mềm; hồ sơ vẫn như trước. Báo bộ phận kỹ thuật; sửa xong thì lập đợt mới cho hồ sơ này.' },
    (tx) => moveHeld(tx, ctx, plan, sides, id))
}

interface Attempt {
  readonly at: CaseState
  readonly settled: CaseState
  readonly task: string
  readonly faulty: string
}

/** One dossier in its own transaction. Whatever is wrong with it is its own affair: it is settled with the fault and the others go on. Only a database
 *  that is away or a gate that is shut says nothing about the dossier: then the whole job is tried again. */
async function oneByOne(ctx: Ctx, plan: Plan, id: string, { at, settled, task, faulty }: Attempt, body: (tx: Tx) => Promise<void>): Promise<void> {
  try {
    await inTransaction(ctx.db, body)
  } catch (error) {
    if (error instanceof Unavailable) throw error
    const known = error instanceof AppError
    if (!known) console.error(`[${task}] ${plan.id} ${id} ${ctx.requestId}`, error)
    await inTransaction(ctx.db, async (tx) => {
      const now = await store.findCase(tx, plan.id, id, 'lock')
      if (now?.state === at) await store.settleCase(tx, plan.id, id, { state: settled, why: known ? error.message : `${faulty} Mã lỗi: ${ctx.requestId}.`, at: ctx.now })
    })
  }
}

async function moveHeld(tx: Tx, ctx: Ctx, plan: Plan, sides: Sides, id: string): Promise<void> {
  const dossier = await holdDossier(tx, id)
  const known = await store.findCase(tx, plan.id, id, 'lock')
  if (known?.state !== 'planned' || !known.chosen) return // done before the worker was killed, or by another
  const leave = (why: string) => store.settleCase(tx, plan.id, id, { state: 'left', why, at: ctx.now })
  if (!dossier || dossier.versionId !== plan.fromVersion) return leave(dossier ? await elsewhere(tx, dossier) : 'Hồ sơ không còn.')
  const found = await movingCase(tx, id)
  if (!found) return leave(`Hồ sơ đã kết thúc trước khi tới lượt (${STATES[dossier.state].label.toLocaleLowerCase('vi')}).`)
  const planned = await planFor(tx, ctx, sides, plan, known.steps, found, (await unitNames(tx, [dossier]))(dossier))
  if (!planned.change) return leave(`Hồ sơ đã thay đổi sau khi chạy thử. ${planned.preview.reasons.join(' ')}`)
  const before = await keepDossier(tx, id)
  const { preview } = planned
  const dated = preview.due.how === 'earlier' || preview.due.how === 'later'
  await changeVersion(tx, ctx, dossier, {
    ...planned.change,
    fact: {
      code: dossier.code!, move: plan.id, from: sides.from.number, to: sides.to.number, reason: plan.reason ?? '', decision: plan.decision ?? '', officers: inHand(found.standing.items),
      steps: preview.steps.filter((step) => step.from !== step.to).map(({ from, to }) => ({ from, to })), was: dated ? preview.due.before : null, dueAt: dated ? preview.due.after : null,
      derivation: planned.change.due?.derivation ?? null, asked: [...preview.asked], fee: preview.fee.before === preview.fee.after ? null : { before: preview.fee.before, after: preview.fee.after, refund: preview.fee.refund },
      clauses: Object.values(plan.clauses).filter((one): one is string => !!one),
    },
  })
  await store.saveCase(tx, plan.id, { dossierId: id, code: known.code, verdict: planned.verdict, preview })
  await store.settleCase(tx, plan.id, id, { state: 'moved', why: null, at: ctx.now, before, afterDigest: await dossierMark(tx, id) })
}

const elsewhere = async (tx: Tx, dossier: Dossier): Promise<string> => `Hồ sơ đã được chuyển sang phiên bản ${(await getVersion(tx, dossier.versionId)).number} trong một đợt khác.`

/** Takes the next few dossiers back, as far as nothing has happened to them since. */
export async function undoPlan(ctx: Ctx, { plan: id }: { plan: string }): Promise<void> {
  const plan = await store.findPlan(ctx.db, id)
  if (plan?.state !== 'undoing') return
  const [from, to] = [await getVersion(ctx.db, plan.fromVersion), await getVersion(ctx.db, plan.toVersion)]
  for (const dossier of await store.todo(ctx.db, id, 'moved', FEW)) {
    await oneByOne(ctx, plan, dossier, { at: 'moved', settled: 'stayed', task: 'moves.undo', faulty: 'Không hoàn lại được vì lỗi của phần mềm; hồ sơ đi tiếp theo phiên bản mới. Báo bộ phận kỹ thuật; sửa xong thì lập đợt chuyển ngược lại.' },
      (tx) => undoHeld(tx, ctx, plan, { from: from.number, to: to.number }, dossier))
  }
  await inTransaction(ctx.db, async (tx) => {
    const now = await store.findPlan(tx, id, 'lock')
    if (now?.state !== 'undoing') return
    const { moved, undone, stayed } = (await store.countCases(tx, id)).states
    if (moved > 0) return enqueue(tx, 'moves.undo', { plan: id }, { key: `moves.undo:${id}` })
    await store.changePlan(tx, id, { state: 'undone' })
    await emit(tx, ctx, facts.undone, id, { code: plan.code, from: from.number, to: to.number, undone, stayed })
  })
}

async function undoHeld(tx: Tx, ctx: Ctx, plan: Plan, between: { from: number; to: number }, id: string): Promise<void> {
  const dossier = await holdDossier(tx, id)
  const known = await store.findCase(tx, plan.id, id, 'lock')
  if (known?.state !== 'moved') return
  const stay = (why: string) => store.settleCase(tx, plan.id, id, { state: 'stayed', why, at: ctx.now })
  if (!dossier) return stay('Hồ sơ không còn.')
  if (STATES[dossier.state].final) return stay(`Đã kết thúc sau khi chuyển (${STATES[dossier.state].label.toLocaleLowerCase('vi')}); không còn gì để hoàn lại.`)
  if (dossier.versionId !== plan.toVersion) return stay(await elsewhere(tx, dossier))
  const items = await listItems(tx, id)
  if (!known.before || (await dossierMark(tx, id)) !== known.afterDigest) {
    const open = items.filter((item) => item.state === 'open' || item.state === 'claimed').map((item) => `“${item.name}”`)
    return stay(`Đã được xử lý tiếp sau khi chuyển, nay ở bước ${open.join(', ') || 'khác'}. Muốn đưa về phiên bản ${between.from}, lập một đợt chuyển mới.`)
  }
  await restoreDossier(tx, ctx, dossier, known.before as DossierKeepsake, { move: plan.id, from: between.to, to: between.from, reason: plan.undoReason ?? '', officers: inHand(items) })
  await store.settleCase(tx, plan.id, id, { state: 'undone', why: null, at: ctx.now })
}

/** Cases looked at in one go. */
const MANY = 500

/** Run daily: what a dossier was before its move is forgotten as soon as the dossier cannot return to it: taken up or over since, or the time for taking
 *  the batch back gone by. Returns how many. */
export async function forgetFormer(ctx: Ctx): Promise<number> {
  let forgotten = await inTransaction(ctx.db, (tx) => store.forgetOld(tx, new Date(ctx.now.getTime() - UNDO_DAYS * 86_400_000)))
  let after: store.CaseKey | null = null
  for (;;) {
    const cases: store.KeptCase[] = await store.keptCases(ctx.db, after, MANY)
    if (cases.length === 0) return forgotten
    const touched = new Set(await touchedSince(ctx.db, cases))
    for (const { planId, dossierId, afterDigest } of cases.filter((one) => touched.has(one.dossierId))) {
      if ((await dossierMark(ctx.db, dossierId)) !== afterDigest) forgotten += await inTransaction(ctx.db, (tx) => store.forgetBefore(tx, planId, dossierId))
    }
    after = cases.at(-1)!
  }
}

export const jobs: readonly Job<never>[] = [
  { name: 'moves.try', run: tryNext as Job['run'] },
  { name: 'moves.run', run: runPlan as Job['run'] },
  { name: 'moves.undo', run: undoPlan as Job['run'] },
  { name: 'moves.forget', run: async (ctx) => void (await forgetFormer(ctx)) },
]

// Carries a plan out: alone in the house, in one transaction, everything through the journal; whatever fails, nothing has happened.

import { sql } from 'kysely'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { openJournal } from '#core/db/journal.ts'
import { emit, emitMany } from '#core/events/index.ts'
import { formatDate } from '#core/text/index.ts'
import { countSpot, moveSpot } from '#core/units/spots.ts'
import { noteMoved } from '#modules/dossiers/index.ts'
import { changeStaff, changeUnits, reorgParts } from '#modules/org/index.ts'
import * as facts from './events.ts'
import { tellLater } from './told.ts'
import { report, sealsOf } from './report.ts'
import { expectedMs, type Progress } from './running.ts'
import type { Plan, PlanContent, Preview, ReorgFault } from './schema.ts'
import * as store from './store.ts'
import { type Workout, workOut } from './workout.ts'

export type Carried = { readonly done: true; readonly report: Preview } | { readonly done: false; readonly faults: readonly ReorgFault[] }

/** Raised inside the transaction, so that nothing of it stays. */
export class Unsound extends Error {
  readonly sentences: readonly string[]
  constructor(sentences: readonly string[]) {
    super(sentences.join(' '))
    this.sentences = sentences
  }
}

const seatsOf = (content: PlanContent) => content.steps.flatMap((step) => (step.kind === 'create' && step.unit.seat ? [{ unitId: step.unit.id, ...step.unit.seat }] : []))

/** How many times `moveAll` says how far it has come. */
export const moveSteps = (): number => reorgParts().length * 3 + 1

/** Moves everything that lies at units of the chart of this run. Used by execution and by what a roll back must keep. */
export async function moveAll(tx: Tx, ctx: Ctx, work: Pick<Workout, 'moving'>, progress: Progress, between: (journal: ReturnType<typeof openJournal>) => Promise<void>): Promise<void> {
  const journal = openJournal(tx, work.moving.run)
  for (const part of reorgParts()) {
    await progress(part.label)
    await part.prepare?.(journal, ctx, work.moving)
  }
  await progress('Đơn vị, cán bộ')
  await between(journal)
  for (const part of reorgParts()) {
    await progress(part.label)
    for (const spot of part.spots) await moveSpot(journal, spot)
  }
  await sql`analyze core.journal`.execute(tx)
  for (const part of reorgParts()) {
    await progress(part.label)
    await part.finish?.(journal, ctx, work.moving)
  }
}

/** What is not right after everything has moved; [] when all is. */
export async function faultsAfter(tx: Tx, ctx: Ctx, { moving }: Pick<Workout, 'moving'>): Promise<string[]> {
  const found: string[] = []
  const ended = new Set(moving.ending.map((unit) => unit.id))
  for (const part of reorgParts()) {
    for (const spot of part.spots) {
      // what a living, divided unit has taken in from others is its own now
      const left = (await countSpot(tx, moving.run, spot)).filter((one) => ended.has(one.unitId))
      if (left.length > 0) found.push(`${part.label}: còn ${left.reduce((sum, one) => sum + one.count, 0)} ${spot.noun} ở đơn vị đã kết thúc.`)
    }
    found.push(...((await part.check?.(tx, ctx, moving)) ?? []))
  }
  return found
}

/** Executes a confirmed plan within a transaction that has the house alone. A fault that stops it is returned and nothing is changed;
 *  a house that is not right afterwards throws Unsound. */
export async function carryOut(tx: Tx, ctx: Ctx, plan: Plan, progress: Progress): Promise<Carried> {
  const began = performance.now()
  const of = moveSteps() + 3
  await progress('Xem lại kế hoạch', { of })
  const work = await workOut(tx, plan, plan.id, ctx.now, { carrying: true })
  const found = await report(tx, ctx, plan, work, { plan: plan.id, clashes: false })
  const stops = found.faults.filter((fault) => fault.severity === 'stops')
  if (stops.length > 0) return { done: false, faults: stops }
  const { resolved, staffing, moving } = work
  await progress('Bắt đầu chuyển', { of, expectedMs: expectedMs(found.totals) })
  await moveAll(tx, ctx, work, progress, async (journal) => {
    await changeUnits(journal, {
      day: plan.day, decision: `${plan.decisionNo} ngày ${formatDate(plan.decisionOn)}`, ending: resolved.ending, created: resolved.created, renamed: resolved.renamed, paths: resolved.paths,
      successions: resolved.successions, seats: seatsOf(plan),
    }, ctx.now)
    await changeStaff(journal, { day: plan.day, ending: moving.ending.map((unit) => unit.id), staffing, at: ctx.now, by: plan.title })
  })
  await progress('Kiểm tra không sót gì')
  const wrong = await faultsAfter(tx, ctx, work)
  if (wrong.length > 0) throw new Unsound(wrong)
  await store.addSeals(tx, plan.id, sealsOf(work))
  const moved = await noteMoved(tx, ctx, { run: plan.id, plan: plan.id, day: plan.day, decision: plan.decisionNo, unit: moving.unit })
  const unit = (id: string) => resolved.ending.find((one) => one.id === id)?.name ?? moving.unit(id)?.name ?? id
  const officers = await emitMany(tx, ctx, facts.officerMoved, staffing.staff.map((one) => ({
    subject: `officer:${one.officer}`,
    data: { plan: plan.id, officer: one.officer, from: unit(one.unitId), to: one.next ? unit(one.next.unitId) : null, title: one.next?.title ?? null, day: plan.day, decision: plan.decisionNo },
  })))
  const done: Preview = { ...found, tookMs: Math.round(performance.now() - began) }
  await emit(tx, ctx, facts.planExecuted, `reorg:${plan.id}`, {
    plan: plan.id, title: plan.title, run: plan.id, day: plan.day, decision: plan.decisionNo, ended: found.totals.ending, created: found.totals.created, counts: Object.fromEntries(found.parts.map((part) => [part.key, part.count])),
  })
  await store.set(tx, plan.id, {
    state: 'da_thi_hanh', executed_at: ctx.now, executed_by_name: ctx.actor.kind === 'officer' ? ctx.actor.name : 'Hệ thống, theo lịch', halted: '[]', report: JSON.stringify(done),
    roll_back_until: new Date(ctx.now.getTime() + plan.windowDays * 86_400_000), told_from: moved?.from ?? null, told_to: moved?.to ?? null, told_at: null,
  })
  await tellLater(tx, plan.id, moved, officers)
  return { done: true, report: done }
}

// What the pages of moves show: a procedure's plans, one plan with its two versions side by side, its cases.

import type { Ctx } from '#core/ctx.ts'
import { Forbidden, NotFound } from '#core/errors.ts'

import { listVersions, type VersionSummary } from '#modules/procedures/index.ts'
import type { Sides } from './plan.ts'
import { moverPost, notMover } from './rules.ts'
import type { Case, Plan } from './schema.ts'
import * as store from './store.ts'
import { sidesFor } from './trial.ts'

async function needMover(ctx: Ctx): Promise<void> {
  if (!(await moverPost(ctx.db, ctx.actor))) throw new Forbidden(notMover.code, notMover.message)
}

export interface PlanRow {
  readonly plan: Plan
  readonly from: number
  readonly to: number
  readonly counts: store.Counts
}

/** Plans of a procedure, the newest first. Throws Forbidden for those who may not move dossiers. */
export async function listPlans(ctx: Ctx, code: string): Promise<PlanRow[]> {
  await needMover(ctx)
  const numbers = new Map((await listVersions(ctx.db, code)).map((version) => [version.id, version.number]))
  return Promise.all((await store.plansOf(ctx.db, code)).map(async (plan) => ({ plan, from: numbers.get(plan.fromVersion) ?? 0, to: numbers.get(plan.toVersion) ?? 0, counts: await store.countCases(ctx.db, plan.id) })))
}

export interface PlanView {
  readonly plan: Plan
  readonly sides: Sides
  readonly counts: store.Counts
  readonly versions: readonly VersionSummary[]
}

/** One plan whole, without its cases. Throws NotFound, Forbidden. */
export async function viewPlan(ctx: Ctx, code: string, id: string): Promise<PlanView> {
  await needMover(ctx)
  const plan = await store.findPlan(ctx.db, id)
  if (!plan || plan.code !== code) throw new NotFound('moves.none', 'Không có đợt chuyển hồ sơ này. Xem lại ở trang của thủ tục.')
  return { plan, sides: await sidesFor(ctx.db, plan), counts: await store.countCases(ctx.db, id), versions: await listVersions(ctx.db, code) }
}

/** Cases of a plan, by code, a page at a time. Throws Forbidden. */
export async function listCases(ctx: Ctx, plan: string, filter: store.CaseFilter): Promise<Case[]> {
  await needMover(ctx)
  return store.casesOf(ctx.db, plan, filter)
}

/** One case; null when the plan does not know the dossier. Throws Forbidden. */
export async function findCase(ctx: Ctx, plan: string, code: string): Promise<Case | null> {
  await needMover(ctx)
  return (await store.casesOf(ctx.db, plan, { q: code, limit: 5 })).find((one) => one.code === code) ?? null
}


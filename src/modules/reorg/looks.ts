// The last look at what a plan would do, kept for its pages: a report over 50,000 dossiers is worked out once and opens at once afterwards.

import type { Ctx } from '#core/ctx.ts'
import { previewPlan } from './actions.ts'
import type { Plan, Preview } from './schema.ts'

/** Older than this it is worked out anew by itself: dossiers have come and gone since. */
const FRESH_MS = 15 * 60_000

export interface Look {
  readonly report: Preview
  readonly at: Date
}

/** What the plan would do, worked out not long ago or, when asked or when its steps have changed since, now. Sending and confirming never rely on it. */
export async function lookAt(ctx: Ctx, plan: Pick<Plan, 'id' | 'revision'>, anew = false): Promise<Look> {
  const kept = anew ? undefined : await ctx.db.selectFrom('reorg.look').selectAll().where('plan_id', '=', plan.id).executeTakeFirst()
  if (kept && kept.revision === plan.revision && ctx.now.getTime() - kept.at.getTime() < FRESH_MS) return { report: kept.report as unknown as Preview, at: kept.at }
  const report = await previewPlan(ctx, { plan: plan.id })
  const row = { revision: plan.revision, at: ctx.now, report: JSON.stringify(report) }
  await ctx.db.insertInto('reorg.look').values({ plan_id: plan.id, ...row }).onConflict((on) => on.column('plan_id').doUpdateSet(row)).execute()
  return { report, at: ctx.now }
}

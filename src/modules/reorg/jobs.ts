// What reorganisation sees to by itself: plans on their day, and once an hour whatever was missed.

import type { Ctx } from '#core/ctx.ts'
import type { Job } from '#core/jobs/index.ts'
import { Conflict } from '#core/errors.ts'
import { localDate } from '#core/workdays/index.ts'
import { executePlan } from './actions.ts'
import { triesByItself } from './rules.ts'
import * as store from './store.ts'
import { toldJobs } from './told.ts'

/** A plan that people must see to first is not tried again by itself: it stands on the page with its faults. */
async function execute(ctx: Ctx, plan: string): Promise<void> {
  if (!triesByItself(await store.get(ctx.db, plan), localDate(ctx.now))) return
  try {
    await executePlan(ctx, { plan })
  } catch (thrown) {
    if (!(thrown instanceof Conflict)) throw thrown
  }
}

export const reorgJobs: readonly Job<never>[] = [
  { name: 'reorg.execute', run: (async (ctx: Ctx, { plan }: { plan: string }) => execute(ctx, plan)) as Job['run'] },
  {
    name: 'reorg.due',
    run: async (ctx) => {
      for (const plan of await store.dueOn(ctx.db, localDate(ctx.now))) await execute(ctx, plan)
    },
  },
  ...toldJobs,
]

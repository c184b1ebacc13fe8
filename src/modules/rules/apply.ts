// The day of a change: its versions are published and the fact is recorded, together and once; when that cannot be, it halts and says why.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { AppError, Invalid } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import { atLocal } from '#core/workdays/index.ts'
import { lockProcedure, publishFurther } from '#modules/procedures/index.ts'
import { about, jobKey } from './actions.ts'
import { draftsOf } from './drafts.ts'
import * as facts from './events.ts'
import * as store from './store.ts'

async function applyNow(ctx: Ctx, id: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const change = await store.find(tx, id, 'lock')
    if (change?.state !== 'confirmed') return
    const begins = atLocal(change.validFrom, '00:00')
    if (ctx.now < begins) return enqueue(tx, 'rules.apply', { change: id }, { runAt: begins, key: jobKey(id) })
    const { target } = change
    const code = target.kind === 'term' || target.kind === 'fee' ? target.code : null
    const fact = await about(tx, ctx, change)
    if (code !== null) {
      await lockProcedure(tx, code)
      const found = (await draftsOf(tx, ctx, change))!
      await publishFurther(tx, ctx, code, found.drafts.map((one) => one.record), { name: change.confirmedByName!, reason: fact.words, backdated: change.note })
    }
    const event = await emit(tx, ctx, facts.changed, `rule:${change.rule}`, {
      ...fact, kind: target.kind, moves: target.kind === 'register' ? (ctx.law.find(target.key)?.moves ?? null) : null, procedure: code, open: change.transition === 'all_open', backDated: change.backDated,
    })
    await store.setApplied(tx, id, event, ctx.now)
  })
}

/** What stands in the way, in one sentence; null for what time mends and for bugs, which the queue tries again. */
const obstacle = (error: unknown): string | null =>
  error instanceof Invalid ? error.fields.map((field) => field.message).slice(0, 5).join(' ') : error instanceof AppError && error.status < 500 ? error.message : null

/** Job: its day has come. Once; a second run finds it applied. What cannot be applied any more (abolished, no fixed figure any longer) halts, and people are told. */
export async function applyChange(ctx: Ctx, { change: id }: { change: string }): Promise<void> {
  try {
    await applyNow(ctx, id)
  } catch (error) {
    const why = obstacle(error)
    if (why === null) throw error
    await inTransaction(ctx.db, async (tx) => {
      const change = await store.find(tx, id, 'lock')
      if (change?.state !== 'confirmed') return
      await store.setHalted(tx, id, why, ctx.now)
      await emit(tx, ctx, facts.halted, `rule:${change.rule}`, { ...(await about(tx, ctx, change)), why })
    })
  }
}

export const ruleJobs: readonly Job<never>[] = [{ name: 'rules.apply', run: applyChange as Job['run'] }]

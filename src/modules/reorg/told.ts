// Who is told of a reorganisation, in batches after the commit: every citizen with an open dossier and every officer concerned, each once.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import { eventsBetween } from '#core/events/index.ts'
import { enqueue, type Job } from '#core/jobs/index.ts'
import { formatDate } from '#core/text/index.ts'
import { tellFacts } from '#modules/dossiers/index.ts'
import { tellIn } from '#modules/notify/index.ts'
import { officerMoved } from './events.ts'
import * as store from './store.ts'

interface Range {
  readonly from: number
  readonly to: number
}

const BATCH = 250

interface Told extends Range {
  readonly plan: string
  readonly whom: 'citizens' | 'officers'
}

/** Batches over a range of facts, one job each; the last marks the plan as told. */
export async function tellLater(tx: Tx, plan: string, dossiers: Range | null, officers: Range | null): Promise<void> {
  for (const [whom, range] of [['officers', officers], ['citizens', dossiers]] as const) {
    for (let from = range?.from ?? 1; from <= (range?.to ?? 0); from += BATCH) {
      const to = Math.min(from + BATCH - 1, range!.to)
      await enqueue(tx, 'reorg.tell', { plan, whom, from, to } satisfies Told, { key: `reorg:${plan}:${whom}:${from}` })
    }
  }
  await enqueue(tx, 'reorg.told', { plan }, { key: `reorg:${plan}:told`, afterMs: 1000 })
}

async function tellOfficers(ctx: Ctx, { from, to }: Told): Promise<void> {
  const events = await eventsBetween(ctx.db, officerMoved.name, from, to)
  await inTransaction(ctx.db, async (tx) => {
    for (const event of events) {
      const data = event.data as { officer: string; from: string; to: string | null; title: string | null; day: string; decision: string; back?: boolean }
      await tellIn(tx, ctx, {
        eventId: event.id, template: !data.to ? 'office.reorg_unposted' : data.back ? 'office.reorg_back' : 'office.reorg_moved', subject: event.subject, href: '/desk',
        values: { from: data.from, to: data.to ?? '', title: data.title ?? '', day: formatDate(data.day), decision: data.decision }, to: { officerId: data.officer },
      })
    }
  })
}

export const toldJobs: readonly Job<never>[] = [
  { name: 'reorg.tell', run: (async (ctx: Ctx, batch: Told) => (batch.whom === 'officers' ? tellOfficers(ctx, batch) : tellFacts(ctx, 'dossiers.unit_moved', batch.from, batch.to))) as Job['run'] },
  {
    name: 'reorg.told',
    run: (async (ctx: Ctx, { plan }: { plan: string }) => {
      await inTransaction(ctx.db, async (tx) => {
        if (await store.stillTelling(tx, plan)) await enqueue(tx, 'reorg.told', { plan }, { key: `reorg:${plan}:told`, afterMs: 15_000 })
        else await store.set(tx, plan, { told_at: ctx.now })
      })
    }) as Job['run'],
  },
]

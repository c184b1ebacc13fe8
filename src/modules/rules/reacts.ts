// A planned change waits for a second person: whoever may confirm it is told, so that nobody has to be asked by telephone. One that halts comes back to both.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Reaction, RecordedEvent } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { tellIn } from '#modules/notify/index.ts'
import { listHolders, listUnits } from '#modules/org/index.ts'
import { find } from './store.ts'

/** The province's controllers: those of the planner's own office, else those of every office of the province's level. */
async function controllers(ctx: Ctx, event: RecordedEvent): Promise<string[]> {
  const on = localDate(ctx.now)
  const of = async (unit: string) => (await listHolders(ctx.db, unit, 'kiem_soat_tthc', on)).map((one) => one.id).filter((id) => id !== event.actorId)
  const own = event.unitId ? await of(event.unitId) : []
  if (own.length > 0) return [...new Set(own)]
  const units = await listUnits(ctx.db, { level: 'tinh', limit: 100 })
  return [...new Set((await Promise.all(units.map((unit) => of(unit.id)))).flat())]
}

async function tell(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { change: id, words } = event.data as { change: string; words: string }
  const change = await find(ctx.db, id)
  if (change?.state !== 'planned') return
  const to = await controllers(ctx, event)
  await inTransaction(ctx.db, async (tx) => {
    for (const officerId of to)
      await tellIn(tx, ctx, { eventId: event.id, template: 'office.rule_planned', values: { what: words, who: change.plannedByName }, subject: id, about: change.rule, href: `/admin/rules/changes/${id}`, to: { officerId } })
  })
}

/** What could not be applied comes back to whoever planned and confirmed it. */
async function tellHalted(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const { change: id, words, why } = event.data as { change: string; words: string; why: string }
  const change = await find(ctx.db, id)
  if (change?.state !== 'halted') return
  await inTransaction(ctx.db, async (tx) => {
    for (const officerId of [change.plannedBy, change.confirmedBy].filter((one) => one !== null))
      await tellIn(tx, ctx, { eventId: event.id, template: 'office.rule_halted', values: { what: words, why }, subject: id, about: change.rule, href: `/admin/rules/changes/${id}`, to: { officerId } })
  })
}

export const reactions: readonly Reaction[] = [{ event: 'rules.planned', name: 'rules.tell', run: tell }, { event: 'rules.halted', name: 'rules.tell_halted', run: tellHalted }]

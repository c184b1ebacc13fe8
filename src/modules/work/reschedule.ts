// After a calendar has changed: the shares of open steps and the armed timers of a subject, counted anew from when they began.

import { definitionOf } from '#core/bpmn/index.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Tx } from '#core/db/index.ts'
import { enqueue } from '#core/jobs/index.ts'
import { addWorkingTime } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import { placeOf, timerKey } from './engine.ts'
import type { Item } from './schema.ts'
import * as store from './store.ts'
import { firesAt } from './timers.ts'

export interface Rescheduled {
  readonly items: number
  readonly timers: number
}

/** Counts the subject's open steps and timers anew; `dueOf` is the casework module's last word on a share. What lies in the past stays: a share or a timer is never moved to before now, so that no
 *  step turns late, and no silence falls, by a calendar alone. Idempotent. */
export async function reschedule(tx: Tx, ctx: Ctx, subject: string, dueOf: (item: Item, counted: Date) => Date): Promise<Rescheduled> {
  const done = { items: 0, timers: 0 }
  for (const id of await store.activeProcesses(tx, subject)) {
    const row = await store.lockProcess(tx, { id })
    if (!row) continue
    for (const item of await store.openItems(tx, id)) {
      if (item.clock !== 'runs' || !item.dueAt || item.dueAt <= ctx.now) continue
      const due = dueOf(item, addWorkingTime(item.openedAt, item.hours, await calendarOf(tx, ctx, item.unitId)))
      if (due.getTime() === item.dueAt.getTime() || due <= ctx.now) continue
      await store.setDue(tx, item.id, due)
      done.items++
    }
    done.timers += await rearm(tx, ctx, row)
  }
  return done
}

async function rearm(tx: Tx, ctx: Ctx, row: store.ProcessRow): Promise<number> {
  const armed = await store.armedTimers(tx, row.id)
  if (armed.length === 0) return 0
  const definition = await definitionOf(row.definition, () => store.definitionXml(tx, row.definition))
  let moved = 0
  for (const timer of armed) {
    const element = definition.elements[timer.element]
    if (timer.firesAt <= ctx.now || element?.event?.kind !== 'timer') continue
    const at = firesAt(element.event.timer, element.attributes, timer.armedAt, await calendarOf(tx, ctx, placeOf(row, definition, timer.element)))
    if (!at || at.getTime() === timer.firesAt.getTime() || at <= ctx.now) continue
    await enqueue(tx, row.timerJob, { process: row.id, token: timer.token }, { runAt: at, key: timerKey(row.id, timer.token) })
    await store.setFiring(tx, row.id, timer.token, at)
    moved++
  }
  return moved
}

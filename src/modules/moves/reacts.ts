// Whoever may confirm is told that something waits for them; whoever asked is told how it ended.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import type { Reaction, RecordedEvent } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { tellIn } from '#modules/notify/index.ts'
import { listHolders } from '#modules/org/index.ts'
import { listVersions } from '#modules/procedures/index.ts'
import { hasHand } from './rules.ts'
import type { Plan } from './schema.ts'
import { findPlan } from './store.ts'

interface Data {
  readonly code: string
  readonly from: number
  readonly to: number
  readonly count?: number
  readonly moved?: number
  readonly left?: number
  readonly undone?: number
  readonly stayed?: number
}

/** Those who could be the second pair of eyes: the same office's controllers and administrators, but who asked and, for a move, who had a hand in it. */
async function confirmers(ctx: Ctx, event: RecordedEvent, plan: Plan): Promise<string[]> {
  if (!event.unitId) return []
  const found = await Promise.all((['kiem_soat_tthc', 'quan_tri_he_thong'] as const).map((role) => listHolders(ctx.db, event.unitId!, role, localDate(ctx.now))))
  return [...new Set(found.flat().map((one) => one.id))].filter((id) => id !== event.actorId && !(event.name === 'moves.asked' && hasHand(plan, id)))
}

async function tell(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const data = event.data as unknown as Data
  const plan = await findPlan(ctx.db, event.subject)
  if (!plan) return
  const asks = event.name === 'moves.asked' || event.name === 'moves.undo_asked'
  // one dossier alone went at once: nobody is waited for
  if (asks && plan.state !== 'waiting' && !(plan.state === 'done' && plan.undoBy)) return
  const to = asks ? await confirmers(ctx, event, plan) : [...new Set([plan.askedBy, plan.confirmedBy, plan.undoBy].filter((id) => id !== null))]
  const words = {
    'moves.asked': `${data.count ?? 0} hồ sơ chờ ông/bà xác nhận chuyển sang phiên bản ${data.to}`, 'moves.undo_asked': 'đề nghị hoàn lại đợt chuyển chờ ông/bà xác nhận',
    'moves.finished': `đã chuyển ${data.moved ?? 0} hồ sơ${data.left ? `, để lại ${data.left}, có lý do từng hồ sơ` : ''}`, 'moves.undone': `đã hoàn lại ${data.undone ?? 0} hồ sơ${data.stayed ? `, ${data.stayed} hồ sơ đã đi tiếp nên giữ nguyên` : ''}`,
  }[event.name] ?? ''
  const procedure = (await listVersions(ctx.db, data.code))[0]?.name ?? data.code
  await inTransaction(ctx.db, async (tx) => {
    for (const officerId of to) await tellIn(tx, ctx, { eventId: event.id, template: 'office.moves', values: { code: data.code, procedure, what: words }, subject: plan.id, about: data.code, href: `/admin/procedures/${data.code}/moves/${plan.id}`, to: { officerId } })
  })
}

export const reactions: readonly Reaction[] = ['moves.asked', 'moves.undo_asked', 'moves.finished', 'moves.undone'].map((event) => ({ event, name: `moves.tell:${event}`, run: tell }))

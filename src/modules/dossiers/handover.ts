// Hand-overs: every passing of a dossier from desk to desk is a row of its control slip (Mẫu số 06, TT 03/2025/TT-VPCP), written by the acts.

import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Tx } from '#core/db/index.ts'
import type { RecordedEvent } from '#core/events/index.ts'
import { localDate } from '#core/workdays/index.ts'
import { calendarOf } from '#modules/calendars/index.ts'
import type { Item } from '#modules/work/index.ts'
import { handoverResult, type TransferRule, transferDue } from './handover-rules.ts'
import * as store from './handover-store.ts'
import { ruleOn } from './law.ts'
import type { Dossier } from './schema.ts'
import { find } from './store.ts'

/** The rule of transfer in force on a day. */
export function transferRule(ctx: Pick<Ctx, 'law'>, on: string): TransferRule {
  const cutoff = ruleOn(ctx, 'transferCutoffHour', on)
  return { cutoffHour: cutoff.value, morningHours: ruleOn(ctx, 'transferMorningHours', on).value, clause: cutoff.clause }
}

const nobody = { officer: null, name: null }

/** Who gives: the officer who acts, the applicant, or the system by itself. */
export function giver(ctx: Ctx, item: Pick<Item, 'unitId' | 'role'>): store.Side {
  const { actor } = ctx
  const by = actor.kind === 'officer' ? { officer: actor.id, name: actor.name } : { officer: null, name: actor.kind === 'citizen' ? 'Người nộp hồ sơ' : 'Hệ thống' }
  return { unitId: item.unitId, role: item.role, ...by }
}

/** Whoever does the item has the dossier now; says nothing when it was said before. */
export async function receive(tx: Tx, item: Pick<Item, 'id' | 'unitId'>, by: { officer: string | null; name: string | null }, at: Date): Promise<void> {
  for (const row of await store.unreceived(tx, item.id)) {
    const result = row.kind === 'transfer' ? handoverResult(at, row.dueAt) : null
    await store.setReceived(tx, row.id, { unitId: item.unitId, ...by }, at < row.handedAt ? row.handedAt : at, result)
  }
}

export interface Finished {
  readonly item: Item
  readonly opened: readonly Item[]
  readonly outcome: { readonly effect?: string; readonly label: string } | null
  readonly ended: boolean
}

/** Rows for a finished step: one for each desk that opened; when the branch waits for others, one back to the unit that decides. */
export async function handOn(tx: Tx, ctx: Ctx, dossier: Dossier, step: Finished, note: string | null): Promise<void> {
  const { item } = step
  const from = giver(ctx, item)
  await receive(tx, item, from, item.claimedAt ?? ctx.now)
  const accepted = step.outcome?.effect === 'accept'
  const calendar = accepted && item.unitId ? await calendarOf(tx, ctx, item.unitId) : null
  const rule = transferRule(ctx, localDate(ctx.now))
  const own = { handedAt: ctx.now, step: item.name, from, note }
  for (const next of step.opened) {
    const transfer = accepted && calendar !== null && next.role !== 'cong_dan'
    const dueAt = transfer ? transferDue(dossier.acceptedAt ?? ctx.now, calendar, rule) : item.clock === 'runs' ? item.dueAt : null
    await store.addHandover(tx, dossier.id, {
      ...own, kind: transfer ? 'transfer' : next.portalStatus === 9 ? 'return' : 'step', dueAt, rule: transfer ? rule.clause : null, itemId: next.id,
      to: { unitId: next.unitId, role: next.role, ...(next.role === 'cong_dan' ? { officer: null, name: 'Người nộp hồ sơ' } : nobody) },
      receivedAt: null, result: transfer ? null : handoverResult(ctx.now, dueAt),
    })
  }
  if (step.opened.length > 0) return
  const dueAt = item.clock === 'runs' ? item.dueAt : null
  const to = step.ended ? { unitId: null, role: 'cong_dan', officer: null, name: 'Người nộp hồ sơ' } : { unitId: dossier.decidedUnitId, role: null, ...nobody }
  await store.addHandover(tx, dossier.id, { ...own, kind: step.ended ? 'return' : 'step', to, itemId: null, dueAt, rule: null, receivedAt: ctx.now, result: handoverResult(ctx.now, dueAt) })
}

/** Open work that lies on another desk than before without a step having been finished: one row each, with why. */
export async function handAcross(tx: Tx, ctx: Ctx, dossier: Dossier, before: readonly Item[], after: readonly Item[], note: string): Promise<void> {
  for (const item of after) {
    const old = before.find((one) => one.id === item.id)
    if (!old || (old.unitId === item.unitId && old.role === item.role)) continue
    await receive(tx, old, nobody, ctx.now)
    await store.addHandover(tx, dossier.id, {
      kind: 'step', step: item.name, from: { unitId: old.unitId, role: old.role, ...nobody }, to: { unitId: item.unitId, role: item.role, ...nobody }, itemId: item.id, handedAt: ctx.now,
      dueAt: item.dueAt, rule: null, receivedAt: null, result: null, note,
    })
  }
}

/** An officer has taken the item onto their desk: that is when they received the dossier. */
export async function onClaimed(ctx: Ctx, event: RecordedEvent): Promise<void> {
  const item = String(event.data['item'] ?? '')
  await inTransaction(ctx.db, async (tx) => {
    if (!(await find(tx, event.subject))) return
    await receive(tx, { id: item, unitId: event.unitId }, { officer: event.actorId, name: event.actorName }, event.at)
  })
}

// SQL of hand-overs: written once, completed once when the receiver has taken the dossier; never changed otherwise (a trigger sees to it).

import type { Reader, Tx } from '#core/db/index.ts'
import type { HandoverResult } from './handover-rules.ts'

export type HandoverKind = 'transfer' | 'step' | 'consultation' | 'opinion' | 'return'

export interface Side {
  readonly unitId: string | null
  readonly role: string | null
  readonly officer: string | null
  readonly name: string | null
}

export interface Handover {
  readonly id: number
  readonly kind: HandoverKind
  /** Name of the step that was finished. */
  readonly step: string | null
  readonly from: Side
  readonly to: Side
  /** The receiver's item; null when nothing waits for anybody. */
  readonly itemId: string | null
  readonly handedAt: Date
  /** What the hand-over is measured against. */
  readonly dueAt: Date | null
  /** The clause of the rule of transfer. */
  readonly rule: string | null
  readonly receivedAt: Date | null
  readonly result: HandoverResult | null
  readonly note: string | null
}

export async function addHandover(tx: Tx, dossier: string, row: Omit<Handover, 'id'>): Promise<void> {
  await tx
    .insertInto('dossiers.handover')
    .values({
      dossier_id: dossier, kind: row.kind, step: row.step, from_unit_id: row.from.unitId, from_role: row.from.role, from_officer: row.from.officer,
      from_name: row.from.name, to_unit_id: row.to.unitId, to_role: row.to.role, to_officer: row.to.officer, to_name: row.to.name, item_id: row.itemId,
      handed_at: row.handedAt, due_at: row.dueAt, rule: row.rule, received_at: row.receivedAt, result: row.result, note: row.note,
    })
    .execute()
}

const columns = ['id', 'kind', 'step', 'from_unit_id', 'from_role', 'from_officer', 'from_name', 'to_unit_id', 'to_role', 'to_officer', 'to_name', 'item_id',
  'handed_at', 'due_at', 'rule', 'received_at', 'result', 'note'] as const

type Row = { [K in (typeof columns)[number]]: unknown }

const handoverOf = (row: Row): Handover => ({
  id: row.id as number, kind: row.kind as HandoverKind, step: row.step as string | null,
  from: { unitId: row.from_unit_id as string | null, role: row.from_role as string | null, officer: row.from_officer as string | null, name: row.from_name as string | null },
  to: { unitId: row.to_unit_id as string | null, role: row.to_role as string | null, officer: row.to_officer as string | null, name: row.to_name as string | null },
  itemId: row.item_id as string | null, handedAt: row.handed_at as Date, dueAt: row.due_at as Date | null, rule: row.rule as string | null,
  receivedAt: row.received_at as Date | null, result: row.result as HandoverResult | null, note: row.note as string | null,
})

/** Rows that wait for whoever does this item to take the dossier. */
export const unreceived = async (reader: Reader, item: string): Promise<Handover[]> =>
  (await reader.selectFrom('dossiers.handover').select(columns).where('item_id', '=', item).where('received_at', 'is', null).orderBy('id').execute()).map(handoverOf)

export async function setReceived(tx: Tx, id: number, by: { unitId: string | null; officer: string | null; name: string | null }, at: Date, result: HandoverResult | null): Promise<void> {
  await tx
    .updateTable('dossiers.handover')
    .set((eb) => ({ received_at: at, to_officer: by.officer, to_name: by.name, to_unit_id: eb.fn.coalesce(eb.val(by.unitId), 'to_unit_id'), result: eb.fn.coalesce('result', eb.val(result)) }))
    .where('id', '=', id)
    .where('received_at', 'is', null)
    .execute()
}

/** The slip: every hand-over of a dossier, oldest first. */
export const handovers = async (reader: Reader, dossier: string): Promise<Handover[]> =>
  (await reader.selectFrom('dossiers.handover').select(columns).where('dossier_id', '=', dossier).orderBy('id').execute()).map(handoverOf)

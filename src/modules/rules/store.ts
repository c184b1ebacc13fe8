// SQL of planned and confirmed changes.

import type { Selectable } from 'kysely'
import type { RulesChange } from '#db/types.ts'
import type { LaidChange } from '#core/law/index.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { type Change, type ChangeState, type ChangeValue, targetOf, type Transition } from './schema.ts'

const changeOf = (row: Selectable<RulesChange>): Change => ({
  id: row.id, rule: row.rule, target: targetOf(row.rule)!, value: row.value as ChangeValue, was: row.was as ChangeValue | null, document: row.document, clause: row.clause,
  validFrom: row.valid_from as unknown as string, transition: row.transition as Transition, transitionClause: row.transition_clause, note: row.note, backDated: row.back_dated,
  state: row.state as ChangeState, plannedAt: row.planned_at, plannedBy: row.planned_by, plannedByName: row.planned_by_name, confirmedAt: row.confirmed_at, confirmedBy: row.confirmed_by,
  confirmedByName: row.confirmed_by_name, appliedAt: row.applied_at, haltedAt: row.halted_at, haltedWhy: row.halted_why, withdrawnAt: row.withdrawn_at, withdrawnByName: row.withdrawn_by_name, withdrawnWhy: row.withdrawn_why,
  event: row.event === null ? null : Number(row.event),
})

export async function find(reader: Reader, id: string, mode: 'read' | 'lock' = 'read'): Promise<Change | null> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return null
  const row = await reader.selectFrom('rules.change').selectAll().where('id', '=', id).$if(mode === 'lock', (q) => q.forUpdate()).executeTakeFirst()
  return row ? changeOf(row) : null
}

/** Newest first. */
export async function list(reader: Reader, filter: { rule?: string; states?: readonly ChangeState[] } = {}): Promise<Change[]> {
  const rows = await reader
    .selectFrom('rules.change')
    .selectAll()
    .$if(filter.rule !== undefined, (q) => q.where('rule', '=', filter.rule!))
    .$if(filter.states !== undefined, (q) => q.where('state', 'in', [...filter.states!]))
    .orderBy('seq', 'desc')
    .limit(500)
    .execute()
  return rows.map(changeOf)
}

export const liveOn = async (reader: Reader, rule: string, validFrom: string): Promise<Change | null> => {
  const row = await reader.selectFrom('rules.change').selectAll().where('rule', '=', rule).where('valid_from', '=', validFrom as never).where('state', '<>', 'withdrawn').executeTakeFirst()
  return row ? changeOf(row) : null
}

export async function insert(tx: Tx, row: Pick<Change, 'rule' | 'value' | 'was' | 'document' | 'clause' | 'validFrom' | 'transition' | 'transitionClause' | 'note' | 'backDated' | 'plannedBy' | 'plannedByName'>, kind: string, at: Date): Promise<Change | null> {
  const made = await tx
    .insertInto('rules.change')
    .values({
      rule: row.rule, kind, value: JSON.stringify(row.value), was: JSON.stringify(row.was), document: row.document, clause: row.clause, valid_from: row.validFrom, transition: row.transition,
      transition_clause: row.transitionClause, note: row.note, back_dated: row.backDated, state: 'planned', planned_at: at, planned_by: row.plannedBy, planned_by_name: row.plannedByName,
    })
    .onConflict((c) => c.columns(['rule', 'valid_from']).where('state', '<>', 'withdrawn').doNothing())
    .returningAll()
    .executeTakeFirst()
  return made ? changeOf(made) : null
}

export const setConfirmed = async (tx: Tx, id: string, by: { id: string; name: string }, at: Date): Promise<void> =>
  void (await tx.updateTable('rules.change').set({ state: 'confirmed', confirmed_at: at, confirmed_by: by.id, confirmed_by_name: by.name }).where('id', '=', id).execute())
export const setHalted = async (tx: Tx, id: string, why: string, at: Date): Promise<void> =>
  void (await tx.updateTable('rules.change').set({ state: 'halted', halted_at: at, halted_why: why }).where('id', '=', id).execute())
/** Confirmed again, to be tried again. */
export const setResumed = async (tx: Tx, id: string): Promise<void> =>
  void (await tx.updateTable('rules.change').set({ state: 'confirmed', halted_at: null, halted_why: null }).where('id', '=', id).execute())
export const setWithdrawn = async (tx: Tx, id: string, name: string, why: string, at: Date): Promise<void> =>
  void (await tx.updateTable('rules.change').set({ state: 'withdrawn', withdrawn_at: at, withdrawn_by_name: name, withdrawn_why: why }).where('id', '=', id).execute())
export const setApplied = async (tx: Tx, id: string, event: number, at: Date): Promise<void> =>
  void (await tx.updateTable('rules.change').set({ state: 'applied', applied_at: at, event }).where('id', '=', id).execute())

export async function revision(reader: Reader): Promise<number> {
  return Number((await reader.selectFrom('rules.stamp').select('revision').executeTakeFirst())?.revision ?? 0)
}
export const bump = async (tx: Tx): Promise<void> => void (await tx.updateTable('rules.stamp').set((eb) => ({ revision: eb('revision', '+', 1) })).execute())

/** What is laid over the register: confirmed, whether its day has come or not. */
export const laid = async (reader: Reader): Promise<LaidChange[]> =>
  (await list(reader, { states: ['confirmed', 'applied'] })).filter((one) => one.target.kind === 'register' || one.target.kind === 'document').reverse().map(laidOf)

export const laidOf = (one: Change): LaidChange => ({
  id: one.id, rule: one.rule, value: one.value as number | string, from: one.validFrom, document: one.document, clause: one.clause, transition: one.transition,
})

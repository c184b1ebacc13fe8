// SQL of changed rules: which dossiers one may touch, what was done to the open ones, and what was found of those that are over.

import type { Reader, Tx } from '#core/db/index.ts'
import { atLocal } from '#core/workdays/index.ts'
import type { Kept } from './kept.ts'
import type { Counted, Found, RuleChangeAsked, What } from './rule-count.ts'

/** Dossiers that the change may touch, by id. `over`: those whose clock of this kind has ended since its first day. */
export function touchedBy(reader: Reader, change: RuleChangeAsked, over: boolean) {
  const start = atLocal(change.validFrom, '00:00')
  const began = change.kind === 'register' && change.moves === 'delivery' ? 'finished_at' : 'submitted_at'
  return reader
    .selectFrom('dossiers.dossier')
    .where('submitted_at', 'is not', null)
    .where(began, 'is not', null)
    .$if(over || !change.open, (q) => q.where(began, '>=', start))
    .$if(change.procedure !== null, (q) => q.where('procedure_code', '=', change.procedure!))
    .$if(change.kind === 'register' && change.moves === 'reception', (q) => q.where('answered_at', over ? 'is not' : 'is', null))
    .$if(change.kind === 'register' && change.moves === 'delivery' && over, (q) => q.where('returned_at', 'is not', null))
    .$if(change.kind === 'term' && over, (q) => q.where('finished_at', 'is not', null))
    .$if(change.kind === 'fee' && over, (q) => q.where('closed_at', 'is not', null))
    .$if(!over, (q) => q.where('closed_at', 'is', null))
}

export const corrected = async (tx: Reader, change: string, dossier: string): Promise<boolean> =>
  (await tx.selectFrom('dossiers.rule_correction').select('what').where('change_id', '=', change).where('dossier_id', '=', dossier).limit(1).executeTakeFirst()) !== undefined

/** Whether this is the first time. */
export async function addCorrection(tx: Tx, change: string, dossier: string, row: Pick<Counted, 'what' | 'before' | 'after'> & { readonly how: Counted['how'] | 'same' }, at: Date): Promise<boolean> {
  const made = await tx
    .insertInto('dossiers.rule_correction')
    .values({ change_id: change, dossier_id: dossier, what: row.what, before: row.before, after: row.after, how: row.how, made_at: at })
    .onConflict((c) => c.doNothing())
    .returning('what')
    .executeTakeFirst()
  return made !== undefined
}

const COLUMNS = { reception: 'reception_due_at', legal: 'due_at', delivery: 'delivery_due_at' } as const

/** Writes a due date without touching the revision: what an officer is typing meanwhile stays good. */
export async function setClock(tx: Tx, dossier: string, what: keyof typeof COLUMNS, dueAt: Date, derivation: string, kept: Kept | null, at: Date): Promise<void> {
  await tx
    .updateTable('dossiers.dossier')
    .set({ [COLUMNS[what]]: dueAt, updated_at: at, ...(what === 'legal' ? { derivation } : {}), ...(kept ? { kept: JSON.stringify(kept) } : {}) })
    .where('id', '=', dossier)
    .execute()
}

/** The term by which an acceptance that is still to come reckons. */
export async function setTerm(tx: Tx, dossier: string, kept: Kept, at: Date): Promise<void> {
  await tx.updateTable('dossiers.dossier').set({ kept: JSON.stringify(kept), updated_at: at }).where('id', '=', dossier).execute()
}

export async function addFinding(tx: Tx, change: string, dossier: string, row: Found, at: Date): Promise<void> {
  await tx
    .insertInto('dossiers.rule_finding')
    .values({
      change_id: change, dossier_id: dossier, what: row.what, before: row.before, after: row.after, amount_vnd: row.amountVnd, was_late: row.wasLate, would_be_late: row.wouldBeLate,
      proposal: row.proposal, found_at: at,
    })
    .onConflict((c) => c.columns(['change_id', 'dossier_id', 'what']).doNothing())
    .execute()
}

export interface Finding extends Found {
  readonly id: string
  readonly dossierId: string
  readonly code: string
  readonly unitId: string
  readonly state: 'open' | 'settled' | 'left'
  readonly settledByName: string | null
  readonly settledNote: string | null
}

export async function findings(reader: Reader, change: string, limit = 300): Promise<Finding[]> {
  const rows = await reader
    .selectFrom('dossiers.rule_finding as f')
    .innerJoin('dossiers.dossier as d', 'd.id', 'f.dossier_id')
    .select(['f.id', 'f.dossier_id', 'd.code', 'd.received_unit_id', 'f.what', 'f.before', 'f.after', 'f.amount_vnd', 'f.was_late', 'f.would_be_late', 'f.proposal', 'f.state', 'f.settled_by_name', 'f.settled_note'])
    .where('f.change_id', '=', change)
    .orderBy('f.state')
    .orderBy('d.code')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    id: row.id, dossierId: row.dossier_id, code: row.code ?? '', unitId: row.received_unit_id, what: row.what as What, before: row.before, after: row.after,
    amountVnd: row.amount_vnd === null ? null : Number(row.amount_vnd), wasLate: row.was_late, wouldBeLate: row.would_be_late, proposal: row.proposal, state: row.state as Finding['state'],
    settledByName: row.settled_by_name, settledNote: row.settled_note,
  }))
}

export async function settleFinding(tx: Tx, id: string, state: 'settled' | 'left', name: string, note: string, at: Date): Promise<boolean> {
  const done = await tx
    .updateTable('dossiers.rule_finding')
    .set({ state, settled_at: at, settled_by_name: name, settled_note: note })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .returning('id')
    .executeTakeFirst()
  return done !== undefined
}

/** How many open dossiers a change has moved and kept, how many await their acceptance by it, and how many findings there are, open ones apart. */
export async function outcomeOf(reader: Reader, change: string): Promise<{ moved: number; kept: number; awaits: number; findings: number; open: number }> {
  const [done, found] = await Promise.all([
    reader.selectFrom('dossiers.rule_correction').select((eb) => ['how' as const, eb.fn.countAll<number>().as('n')]).where('change_id', '=', change).groupBy('how').execute(),
    reader.selectFrom('dossiers.rule_finding').select((eb) => ['state' as const, eb.fn.countAll<number>().as('n')]).where('change_id', '=', change).groupBy('state').execute(),
  ])
  const of = (how: string) => Number(done.find((row) => row.how === how)?.n ?? 0)
  return { moved: of('moved'), kept: of('kept'), awaits: of('awaits'), findings: found.reduce((sum, row) => sum + Number(row.n), 0), open: Number(found.find((row) => row.state === 'open')?.n ?? 0) }
}

// SQL of plans and seals.

import { type SqlBool, sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { NotFound } from '#core/errors.ts'
import { take, underWay } from './running.ts'
import type { Plan, PlanContent, PlanState, Preview, ReorgFault, Undone } from './schema.ts'

type Row = Awaited<ReturnType<ReturnType<typeof plans>['executeTakeFirstOrThrow']>>

const plans = (reader: Reader) => reader.selectFrom('reorg.plan').selectAll()

const planOf = (row: Row): Plan => ({
  ...(row.content as unknown as PlanContent), id: row.id, state: row.state as PlanState, revision: row.revision, madeAt: row.made_at, madeBy: row.made_by, madeByName: row.made_by_name, editedBy: row.edited_by,
  sentAt: row.sent_at, sentBy: row.sent_by, sentByName: row.sent_by_name, confirmedAt: row.confirmed_at, confirmedByName: row.confirmed_by_name, returnedNote: row.returned_note, executedAt: row.executed_at,
  executedByName: row.executed_by_name, rollBackUntil: row.roll_back_until, rolledBackAt: row.rolled_back_at, rolledBackByName: row.rolled_back_by_name, rollBackReason: row.roll_back_reason,
  halted: row.halted as unknown as ReorgFault[], report: row.report as unknown as Preview | null, undone: row.undone as unknown as Undone | null, toldAt: row.told_at, beganAt: row.began_at, tries: row.tries,
})

const none = () => new NotFound('reorg.no_plan', 'Không có kế hoạch sắp xếp này.')

/** A plan that was begun and that nobody is at: whoever carried it out stopped in the middle, nothing has changed, it is offered again. */
export const STOPPED: ReorgFault = { code: 'reorg.stopped', severity: 'stops', message: 'Lần thi hành trước bị ngắt giữa chừng (máy chủ dừng hoặc mất kết nối); không có gì thay đổi.' }
const offeredAgain = (plan: Plan): Plan => ({ ...plan, state: 'da_xac_nhan', halted: [STOPPED] })

export async function get(reader: Reader, id: string): Promise<Plan> {
  const row = await plans(reader).where('id', '=', id).executeTakeFirst()
  if (!row) throw none()
  const plan = planOf(row)
  return plan.state === 'dang_chay' && !(await underWay(reader, [id])).has(id) ? offeredAgain(plan) : plan
}

/** The plan, held until the transaction ends, with what only execution needs. Of one begun that nobody is at, this transaction has the run. */
export async function lock(tx: Tx, id: string): Promise<Plan & { readonly digest: string | null; readonly undoRun: string | null }> {
  const row = await plans(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw none()
  const plan = planOf(row)
  return { ...(plan.state === 'dang_chay' && (await take(tx, id)) ? offeredAgain(plan) : plan), digest: row.digest, undoRun: row.undo_run }
}

/** Notes that a run begins, where the plan still waits for it. `again`: a further attempt of the same try. */
export async function begin(tx: Tx, id: string, at: Date, again: boolean): Promise<void> {
  await tx.updateTable('reorg.plan').set({ state: 'dang_chay', began_at: at, ...(again ? {} : { tries: sql<number>`tries + 1` }) }).where('id', '=', id).where('state', 'in', ['da_xac_nhan', 'dang_chay']).execute()
}

/** Keeps why a run stopped and sets the plan back to wait; not while somebody else is at it. Returns the plan that was set back. */
export async function stop(tx: Tx, id: string, faults: readonly ReorgFault[]): Promise<Plan | null> {
  const row = await plans(tx).where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row || !['dang_chay', 'da_thi_hanh'].includes(row.state) || !(await take(tx, id))) return null
  await set(tx, id, { halted: JSON.stringify(faults), ...(row.state === 'dang_chay' ? { state: 'da_xac_nhan' } : {}) })
  return planOf(row)
}

/** The plans, those under way first, then the latest. */
export async function list(reader: Reader): Promise<Plan[]> {
  const rows = await plans(reader).orderBy(sql`state in ('nhap', 'cho_xac_nhan', 'da_xac_nhan', 'dang_chay')`, 'desc').orderBy('seq', 'desc').limit(200).execute()
  const begun = await underWay(reader, rows.filter((row) => row.state === 'dang_chay').map((row) => row.id))
  return rows.map(planOf).map((plan) => (plan.state === 'dang_chay' && !begun.has(plan.id) ? offeredAgain(plan) : plan))
}

const columnsOf = (content: PlanContent) => ({ title: content.title, day: content.day, decision_no: content.decisionNo, decision_on: content.decisionOn, content: JSON.stringify(content) })

export async function add(tx: Tx, content: PlanContent, by: { id: string | null; name: string }, at: Date): Promise<string> {
  const { id } = await tx.insertInto('reorg.plan').values({ ...columnsOf(content), made_at: at, made_by: by.id, made_by_name: by.name, edited_by: by.id ? [by.id] : [] }).returning('id').executeTakeFirstOrThrow()
  return id
}

export async function save(tx: Tx, id: string, content: PlanContent, by: string | null): Promise<void> {
  await tx.updateTable('reorg.plan').set({
    ...columnsOf(content), revision: sql`revision + 1`, edited_by: sql`case when ${by}::text is null or ${by} = any(edited_by) then edited_by else edited_by || ${by}::text end`,
  }).where('id', '=', id).execute()
}

export async function set(tx: Tx, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  await tx.updateTable('reorg.plan').set(changes as never).where('id', '=', id).execute()
}

/** Plans that wait for a second person. */
export async function countWaiting(reader: Reader): Promise<number> {
  const row = await reader.selectFrom('reorg.plan').select((eb) => eb.fn.countAll<number>().as('n')).where('state', '=', 'cho_xac_nhan').executeTakeFirstOrThrow()
  return Number(row.n)
}

/** One at a time looks at what other plans name, until its transaction ends. */
export async function lockPlans(tx: Tx): Promise<void> {
  await sql`lock table reorg.plan in share row exclusive mode`.execute(tx)
}

/** Other plans that name one of the units: `x:` a unit that ends or changes, `h:` one that takes over. */
export async function clashing(reader: Reader, id: string | null, touches: readonly string[], states: readonly PlanState[]): Promise<{ id: string; title: string; state: PlanState; units: string[] }[]> {
  const against = touches.flatMap((mark) => (mark.startsWith('x:') ? [mark, `h:${mark.slice(2)}`] : [`x:${mark.slice(2)}`]))
  const rows = await reader.selectFrom('reorg.plan').select(['id', 'title', 'state', 'touches']).where('state', 'in', [...states]).$if(id !== null, (q) => q.where('id', '!=', id!))
    .where(sql<SqlBool>`touches && ${against}::text[]`).orderBy('seq').execute()
  const marks = new Set(against)
  return rows.map((row) => ({ id: row.id, title: row.title, state: row.state as PlanState, units: [...new Set(row.touches.filter((one) => marks.has(one)).map((one) => one.slice(2)))] }))
}

/** Plans executed after this one that named one of its units. */
export async function executedAfter(reader: Reader, plan: Plan): Promise<{ id: string; title: string }[]> {
  return reader.selectFrom('reorg.plan as p').select(['p.id', 'p.title']).where('p.state', '=', 'da_thi_hanh').where('p.executed_at', '>', plan.executedAt!)
    .where(sql<SqlBool>`exists (select 1 from reorg.plan q where q.id = ${plan.id}::uuid and array(select substr(x, 3) from unnest(p.touches) x) && array(select substr(x, 3) from unnest(q.touches) x))`).execute()
}

/** Confirmed plans whose day has come. */
export async function dueOn(reader: Reader, today: string): Promise<string[]> {
  const rows = await reader.selectFrom('reorg.plan').select('id').where('state', 'in', ['da_xac_nhan', 'dang_chay']).where('day', '<=', today as never).orderBy('day').orderBy('seq').execute()
  return rows.map((row) => row.id)
}

export interface Seal {
  readonly id: string
  readonly planId: string
  readonly unitId: string
  readonly unitName: string
  readonly kind: 'return' | 'order' | 'change'
  readonly doneOn: string | null
  readonly doneNote: string | null
  readonly doneByName: string | null
}

export async function addSeals(tx: Tx, plan: string, seals: readonly Pick<Seal, 'unitId' | 'unitName' | 'kind'>[]): Promise<void> {
  for (let at = 0; at < seals.length; at += 1000) {
    await tx.insertInto('reorg.seal').values(seals.slice(at, at + 1000).map((one) => ({ plan_id: plan, unit_id: one.unitId, unit_name: one.unitName, kind: one.kind }))).onConflict((on) => on.doNothing()).execute()
  }
}

/** Seals of a plan to be handed in, ordered or changed; those still to be done first. */
export async function sealsOf(reader: Reader, plan: string): Promise<Seal[]> {
  const rows = await reader.selectFrom('reorg.seal').selectAll().where('plan_id', '=', plan).orderBy(sql`done_on is not null`).orderBy('kind').orderBy('unit_name').execute()
  return rows.map((row) => ({
    id: row.id, planId: row.plan_id, unitId: row.unit_id, unitName: row.unit_name, kind: row.kind as Seal['kind'], doneOn: row.done_on as unknown as string | null, doneNote: row.done_note, doneByName: row.done_by_name,
  }))
}

export async function settleSeal(tx: Tx, id: string, done: { on: string; note: string | null; byName: string }): Promise<{ planId: string; unitId: string; kind: string } | null> {
  const row = await tx.updateTable('reorg.seal').set({ done_on: done.on, done_note: done.note, done_by_name: done.byName }).where('id', '=', id).where('done_on', 'is', null).returning(['plan_id', 'unit_id', 'kind']).executeTakeFirst()
  return row ? { planId: row.plan_id, unitId: row.unit_id, kind: row.kind } : null
}

/** Whether batches of messages of a plan still wait. */
export async function stillTelling(reader: Reader, plan: string): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'reorg.tell' and key like ${`reorg:${plan}:%`} and attempts < max_attempts`.execute(reader)
  return rows[0]!.n > 0
}

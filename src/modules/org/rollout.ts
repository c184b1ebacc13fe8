// When units go live: planned in waves, opened by hand or on their day; before that no citizen is offered them.

import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { act } from '#core/act.ts'
import { systemCtx } from '#core/ctx.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { denial, Invalid, NotFound, orThrow, type Refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { type Actor, holds } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/local.ts'
import { rolloutPlanned, unitWentLive } from './events.ts'
import { whoIs } from './opening-store.ts'
import type { Unit } from './schema.ts'
import { byIds } from './store.ts'

export interface Rollout {
  readonly unit: Unit
  readonly wave: number | null
  readonly plannedOn: string | null
  readonly liveAt: Date | null
  readonly note: string | null
}

const NOT_PLANNER: Refusal = denial('org.not_planner', 'Chỉ quản trị hệ thống đặt được ngày vận hành của đơn vị.')
export const canPlanRollout = (actor: Actor): Refusal | null => (actor.kind === 'system' || holds(actor, 'quan_tri_he_thong') ? null : NOT_PLANNER)

/** Units that are or were planned to go live, those not live first, by wave and day. */
export async function listRollout(reader: Reader, { unit }: { unit?: string } = {}): Promise<Rollout[]> {
  const rows = await reader.selectFrom('org.rollout').select(['unit_id', 'wave', 'planned_on', 'live_at', 'note']).$if(unit !== undefined, (q) => q.where('unit_id', '=', unit!))
    .orderBy(sql`live_at is not null`).orderBy(sql`wave nulls last`).orderBy(sql`planned_on nulls last`).orderBy('unit_id').execute()
  const units = new Map((await byIds(reader, rows.map((row) => row.unit_id))).map((one) => [one.id, one]))
  return rows.map((row) => ({ unit: units.get(row.unit_id)!, wave: row.wave, plannedOn: row.planned_on as unknown as string | null, liveAt: row.live_at, note: row.note }))
}

export const PlanRolloutInput = z.object({
  units: z.array(z.string()).min(1, 'Chọn ít nhất một đơn vị.').max(2000),
  wave: z.coerce.number('Đợt là một số.').int('Đợt là một số.').min(1, 'Đợt từ 1.').max(99, 'Đợt đến 99.').nullish(),
  plannedOn: z.iso.date('Ghi ngày dự kiến vận hành.').nullish(),
  note: z.string().trim().max(300, 'Ghi chú không dài quá 300 ký tự.').nullish().transform((text) => text?.normalize('NFC') || null),
})

/** Says in which wave and on which day units go live. A unit that is live already keeps its moment. Throws Forbidden, Invalid for a day past. */
export const planRollout = act(PlanRolloutInput, async (ctx, tx, { units, wave, plannedOn, note }): Promise<void> => {
  orThrow(canPlanRollout(ctx.actor))
  if (plannedOn && plannedOn < localDate(ctx.now)) throw new Invalid([{ key: 'plannedOn', message: 'Ngày vận hành phải từ hôm nay trở đi.' }])
  const set = { wave: wave ?? null, planned_on: plannedOn ?? null, note, updated_at: ctx.now, updated_by_name: whoIs(ctx) }
  const done = await tx.updateTable('org.rollout').set(set).where('unit_id', 'in', units).where('live_at', 'is', null).returning('unit_id').execute()
  for (const { unit_id: unit } of done) await emit(tx, ctx, rolloutPlanned, `unit:${unit}`, { unit, wave: wave ?? null, on: plannedOn ?? null })
})

async function open(tx: Tx, ctx: Ctx, unit: string): Promise<boolean> {
  const done = await tx.updateTable('org.rollout').set({ live_at: ctx.now, live_by_name: whoIs(ctx), updated_at: ctx.now, updated_by_name: whoIs(ctx) }).where('unit_id', '=', unit).where('live_at', 'is', null).returning('unit_id').executeTakeFirst()
  if (done) await emit(tx, ctx, unitWentLive, `unit:${unit}`, { unit })
  return done !== undefined
}

/** Without these nobody can receive, sign or return: the unit waits. */
const NEEDED = { mot_cua: 'công chức một cửa', van_thu: 'văn thư' } as const

/** What still keeps a unit from going live, in words; empty when nothing does. */
export async function liveFaults(reader: Reader, unit: Pick<Unit, 'id' | 'path'>, on: string): Promise<string[]> {
  const { rows } = await sql<{ role: string }>`
    select distinct p.role from org.post p join org.unit u on u.id = p.unit_id join org.holding h on h.post_id = p.id
    where u.path <@ ${unit.path}::ltree and u.valid_to is null and p.valid_to is null and org.held_on(h.from_on, h.to_on, h.ended_at, ${on}::date)`.execute(reader)
  const held = new Set(rows.map((row) => row.role))
  const lacking: string[] = Object.entries(NEEDED).filter(([role]) => !held.has(role)).map(([, words]) => `Chưa có ai giữ chức danh ${words}.`)
  return held.has('chu_tich') || held.has('lanh_dao_don_vi') ? lacking : [...lacking, 'Chưa có lãnh đạo nào để ký kết quả.']
}

/** Opens a unit to citizens now; a second time is nothing. Throws Forbidden, NotFound, Invalid naming what is lacking. */
export const goLive = act(z.object({ unit: z.string() }), async (ctx, tx, { unit: id }): Promise<void> => {
  orThrow(canPlanRollout(ctx.actor))
  const [rollout] = await listRollout(tx, { unit: id })
  if (!rollout) throw new NotFound('org.no_rollout', 'Đơn vị này không nằm trong kế hoạch triển khai.')
  const faults = await liveFaults(tx, rollout.unit, localDate(ctx.now))
  if (faults.length > 0) throw new Invalid(faults.map((message) => ({ key: 'unit', message })), 'Đơn vị chưa sẵn sàng.')
  await open(tx, ctx, id)
})

/** Each morning: opens what is planned for today or before and lacks nothing. Returns how many. */
export async function openPlanned(ctx: Ctx, tx: Tx): Promise<number> {
  const today = localDate(ctx.now)
  const due = await tx.selectFrom('org.rollout').select('unit_id').where('live_at', 'is', null).where(sql<SqlBool>`planned_on <= ${today}::date`).orderBy('unit_id').execute()
  let opened = 0
  for (const unit of await byIds(tx, due.map((row) => row.unit_id))) {
    if ((await liveFaults(tx, unit, today)).length === 0 && (await open(tx, ctx.actor.kind === 'system' ? ctx : systemCtx(ctx, 'Hệ thống'), unit.id))) opened++
  }
  return opened
}

/** Of units that receive dossiers: how many are live, by level. */
export async function coverage(reader: Reader): Promise<{ level: string; units: number; live: number }[]> {
  const { rows } = await sql<{ level: string; units: number; live: number }>`
    select u.level, count(*)::int as units, (count(*) filter (where r.unit_id is null or r.live_at is not null))::int as live
    from org.unit u left join org.rollout r on r.unit_id = u.id
    where u.valid_to is null and u.level in ('tinh', 'huyen', 'xa') and exists (select 1 from org.post p where p.unit_id = u.id and p.valid_to is null and p.role = 'mot_cua')
    group by u.level order by u.level`.execute(reader)
  return rows
}

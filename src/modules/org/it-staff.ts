// Who looks after computers and accounts: a directory by unit, how far it covers the province, and whose turn it is today.

import { type SqlBool, sql } from 'kysely'
import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Ctx } from '#core/ctx.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { denial, NotFound, orThrow, type Refusal } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import type { Actor } from '#core/policy/actor.ts'
import { itContactAdded, itContactEnded, itDutySet } from './events.ts'
import { whoIs } from './opening-store.ts'
import { getUnit } from './queries.ts'
import { keeps } from './rules.ts'
import type { Unit } from './schema.ts'

export interface ItContact {
  readonly id: string
  readonly unitId: string
  readonly unitName: string
  readonly unitPath: string
  readonly fullName: string
  readonly phone: string
  readonly email: string | null
  readonly fullTime: boolean
}

const NOT_KEEPER: Refusal = denial('org.not_administrator', 'Chỉ quản trị của đơn vị hoặc của hệ thống sửa được danh bạ này.')
const within = (unit: Pick<Unit, 'path'>, actor: Actor): boolean => {
  const tree = keeps(actor)
  return tree === null || (tree !== undefined && (unit.path === tree || unit.path.startsWith(`${tree}.`)))
}
export const canKeepIt = (unit: Pick<Unit, 'path'>, actor: Actor): Refusal | null => (within(unit, actor) ? null : NOT_KEEPER)

export async function listItContacts(reader: Reader): Promise<ItContact[]> {
  const rows = await reader.selectFrom('org.it_contact as c').innerJoin('org.unit as u', 'u.id', 'c.unit_id')
    .select(['c.id', 'c.unit_id', 'u.name as unit_name', 'u.path', 'c.full_name', 'c.phone', 'c.email', 'c.full_time']).where('c.ended_at', 'is', null).orderBy(sql`nlevel(u.path)`).orderBy('u.name').orderBy('c.full_name').execute()
  return rows.map((row) => ({ id: row.id, unitId: row.unit_id, unitName: row.unit_name, unitPath: row.path as string, fullName: row.full_name, phone: row.phone, email: row.email, fullTime: row.full_time }))
}

/** Agencies (province, departments, communes) with somebody of their own, by level. */
export async function itCoverage(reader: Reader): Promise<{ level: string; units: number; covered: number; fullTime: number }[]> {
  const { rows } = await sql<{ level: string; units: number; covered: number; full_time: number }>`
    select u.level, count(*)::int as units, count(c.unit_id)::int as covered, (count(*) filter (where c.full))::int as full_time
    from org.unit u left join (select k.unit_id, bool_or(k.full_time) as full from org.it_contact k where k.ended_at is null group by k.unit_id) c on c.unit_id = u.id
    where u.valid_to is null and u.level in ('tinh', 'huyen', 'xa') group by u.level order by u.level`.execute(reader)
  return rows.map((row) => ({ level: row.level, units: row.units, covered: row.covered, fullTime: row.full_time }))
}

const text = (least: number, most: number, message: string) => z.string(message).trim().min(least, message).max(most, `Không dài quá ${most} ký tự.`).transform((given) => given.normalize('NFC'))

export const ItContactInput = z.object({
  unit: z.string('Chọn đơn vị.').min(1, 'Chọn đơn vị.'),
  fullName: text(2, 120, 'Ghi họ và tên.'),
  phone: z.string('Ghi số điện thoại.').trim().transform((given) => given.replaceAll(/[\s.-]/g, '')).pipe(z.string().regex(/^(?:\+?84|0)\d{9,10}$/, 'Số điện thoại gồm 10 chữ số, ví dụ 0912345678.')),
  email: z.string().trim().nullish().transform((given) => given || null).pipe(z.email('Thư điện tử chưa đúng, ví dụ ten@thanhhoa.gov.vn.').nullable()),
  fullTime: z.boolean(),
})

/** Adds somebody to the directory. Throws Forbidden, NotFound, Invalid. */
export const addItContact = act(ItContactInput, async (ctx, tx, input): Promise<{ id: string }> => {
  const unit = await getUnit(tx, input.unit)
  orThrow(canKeepIt(unit, ctx.actor))
  const { id } = await tx.insertInto('org.it_contact').values({ unit_id: unit.id, full_name: input.fullName, phone: input.phone, email: input.email, full_time: input.fullTime, added_at: ctx.now, added_by_name: whoIs(ctx) }).returning('id').executeTakeFirstOrThrow()
  await emit(tx, ctx, itContactAdded, `unit:${unit.id}`, { contact: id, unit: unit.id, fullTime: input.fullTime })
  return { id }
})

async function need(tx: Tx, id: string): Promise<ItContact> {
  const found = (await listItContacts(tx)).find((one) => one.id === id)
  if (!found) throw new NotFound('org.no_it_contact', 'Không có người này trong danh bạ, hoặc đã bỏ ra.')
  return found
}

/** Takes somebody out; their turns to come go with them. */
export const endItContact = act(z.object({ id: z.uuid('Mã không đúng.') }), async (ctx, tx, { id }): Promise<void> => {
  const found = await need(tx, id)
  orThrow(canKeepIt({ path: found.unitPath }, ctx.actor))
  await tx.updateTable('org.it_contact').set({ ended_at: ctx.now }).where('id', '=', id).execute()
  await emit(tx, ctx, itContactEnded, `unit:${found.unitId}`, { contact: id, unit: found.unitId })
})

export const DutyInput = z.object({ contact: z.uuid('Chọn người trực.'), from: z.iso.date('Ghi ngày bắt đầu.'), to: z.iso.date('Ghi ngày cuối.') })
  .refine((given) => given.from <= given.to, { path: ['to'], message: 'Ngày cuối phải từ ngày đầu trở đi.' })
  .refine((given) => Date.parse(given.to) - Date.parse(given.from) < 92 * 86_400_000, { path: ['to'], message: 'Mỗi lượt trực không dài quá ba tháng.' })

/** Sets a turn. Throws Forbidden, NotFound, Invalid. */
export const setDuty = act(DutyInput, async (ctx, tx, { contact, from, to }): Promise<void> => {
  const found = await need(tx, contact)
  orThrow(canKeepIt({ path: found.unitPath }, ctx.actor))
  await tx.insertInto('org.it_duty').values({ contact_id: contact, from_on: from, to_on: to }).execute()
  await emit(tx, ctx, itDutySet, `unit:${found.unitId}`, { contact, from, to })
})

export interface Duty extends ItContact {
  readonly from: string
  readonly to: string
}

/** Turns of today and to come. */
export async function listDuty(ctx: Pick<Ctx, 'db'>, from: string): Promise<Duty[]> {
  const rows = await ctx.db.selectFrom('org.it_duty').select(['contact_id', 'from_on', 'to_on']).where(sql<SqlBool>`to_on >= ${from}::date`).orderBy('from_on').orderBy('id').execute()
  const contacts = new Map((await listItContacts(ctx.db)).map((one) => [one.id, one]))
  return rows.flatMap((row) => {
    const contact = contacts.get(row.contact_id)
    return contact ? [{ ...contact, from: row.from_on as unknown as string, to: row.to_on as unknown as string }] : []
  })
}

// Where a unit has its seat and how sure that is: read by maps and distances, set by its administrators.

import { z } from 'zod'
import { act } from '#core/act.ts'
import type { Reader, Tx } from '#core/db/index.ts'
import { orThrow } from '#core/errors.ts'
import { emit } from '#core/events/index.ts'
import { seatPlaced } from './events.ts'
import { getUnit } from './queries.ts'
import { canPlaceSeat } from './rules.ts'

/** How sure a position is; what a page says beside it. */
export const SURE = { measured: 'Vị trí đo đạc hoặc theo hồ sơ', memory: 'Vị trí gần đúng, chưa kiểm chứng', generated: 'Vị trí minh họa' } as const

export type Sure = keyof typeof SURE

export interface Seat {
  readonly unitId: string
  readonly latitude: number
  readonly longitude: number
  readonly address: string | null
  readonly source: string
  readonly sure: Sure
  readonly people: number | null
  readonly peopleSource: string | null
}

export type SeatSeed = Omit<Seat, 'people' | 'peopleSource'> & Partial<Pick<Seat, 'people' | 'peopleSource'>>

/** Seats of the units named, or of all. */
export async function listSeats(reader: Reader, units?: readonly string[]): Promise<Seat[]> {
  if (units?.length === 0) return []
  const rows = await reader.selectFrom('org.seat').selectAll().$if(units !== undefined, (q) => q.where('unit_id', 'in', [...new Set(units)])).orderBy('unit_id').execute()
  return rows.map((row) => ({
    unitId: row.unit_id, latitude: Number(row.latitude), longitude: Number(row.longitude), address: row.address, source: row.source, sure: row.sure as Sure, people: row.people, peopleSource: row.people_source,
  }))
}

export const findSeat = async (reader: Reader, unit: string): Promise<Seat | null> => (await listSeats(reader, [unit]))[0] ?? null

/** Loads seats of units that are there and have none; what somebody has placed since stays. Returns how many. */
export async function loadSeats(tx: Tx, seats: readonly SeatSeed[], at: Date): Promise<number> {
  if (seats.length === 0) return 0
  const there = new Set((await tx.selectFrom('org.unit').select('id').where('id', 'in', seats.map((one) => one.unitId)).execute()).map((row) => row.id))
  const rows = seats.filter((one) => there.has(one.unitId)).map((one) => ({
    unit_id: one.unitId, latitude: one.latitude, longitude: one.longitude, address: one.address, source: one.source, sure: one.sure, people: one.people ?? null, people_source: one.peopleSource ?? null,
    updated_at: at, updated_by: null, updated_by_name: 'Gói dữ liệu của tỉnh',
  }))
  if (rows.length === 0) return 0
  const kept = await tx.insertInto('org.seat').values(rows).onConflict((on) => on.column('unit_id').doNothing()).returning('unit_id').execute()
  return kept.length
}

const degrees = (low: number, high: number, message: string) => z.coerce.number(message).min(low, message).max(high, message)

// The whole of Viet Nam with its sea; a swapped pair is the usual mistake and is caught here.
export const SeatInput = z.object({
  unit: z.string(),
  latitude: degrees(6, 24, 'Vĩ độ ở Việt Nam từ 6 đến 24, ví dụ 19,80710.'),
  longitude: degrees(102, 118, 'Kinh độ ở Việt Nam từ 102 đến 118, ví dụ 105,77630.'),
  address: z.string().trim().max(300, 'Địa chỉ không dài quá 300 ký tự.').nullish().transform((text) => text?.normalize('NFC') || null),
  source: z.string().trim().min(3, 'Ghi vị trí lấy từ đâu, ví dụ: đo bằng GPS ngày 20/11/2026.').max(300, 'Nguồn không dài quá 300 ký tự.').transform((text) => text.normalize('NFC')),
  sure: z.enum(['measured', 'memory'], 'Chọn mức chắc chắn của vị trí.'),
  people: z.coerce.number('Số dân là số nguyên.').int('Số dân là số nguyên.').positive('Số dân lớn hơn 0.').max(20_000_000, 'Số dân quá lớn.').nullish(),
  peopleSource: z.string().trim().max(300, 'Nguồn không dài quá 300 ký tự.').nullish().transform((text) => text?.normalize('NFC') || null),
}).refine((seat) => !seat.people || seat.peopleSource, { path: ['peopleSource'], message: 'Ghi số dân lấy từ đâu, ví dụ: thống kê 31/12/2025.' })

/** Says where a unit has its seat. Throws Forbidden, NotFound, Invalid. */
export const placeSeat = act(SeatInput, async (ctx, tx, input): Promise<void> => {
  const unit = await getUnit(tx, input.unit)
  orThrow(canPlaceSeat(unit, ctx.actor))
  const kept = {
    latitude: input.latitude, longitude: input.longitude, address: input.address, source: input.source, sure: input.sure, people: input.people ?? null, people_source: input.people ? input.peopleSource : null,
    updated_at: ctx.now, updated_by: ctx.actor.kind === 'officer' ? ctx.actor.id : null, updated_by_name: ctx.actor.kind === 'anonymous' ? '' : ctx.actor.name,
  }
  await tx.insertInto('org.seat').values({ unit_id: unit.id, ...kept }).onConflict((on) => on.column('unit_id').doUpdateSet(kept)).execute()
  await emit(tx, ctx, seatPlaced, `unit:${unit.id}`, { unit: unit.id, latitude: input.latitude, longitude: input.longitude, sure: input.sure, source: input.source, people: input.people ?? null })
})

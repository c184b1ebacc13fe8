// Codes of units: on any day a code of any scheme means one unit. One check for plans and for units opened by hand; the database holds the same (org.bearing).

import { sql } from 'kysely'
import type { Reader, Tx } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import type { Unit } from './schema.ts'

export const CODE_SCHEMES = [
  ['code', 'Mã'], ['identifier', 'Mã định danh'], ['qcvn', 'Mã theo QCVN 102:2016'], ['adminCode', 'Mã đơn vị hành chính'],
] as const

/** A code that a unit bears from a day to a day, both included; `to` null: until now and on. */
export interface Bearing {
  readonly code: string
  readonly unitId: string
  readonly name: string
  readonly from: string
  readonly to: string | null
}

type Coded = Pick<Unit, 'id' | 'name' | 'code' | 'identifier' | 'qcvn' | 'adminCode' | 'validFrom' | 'validTo'>

/** Every code of a unit, each once. */
export const codesOf = (unit: Pick<Unit, 'code' | 'identifier' | 'qcvn' | 'adminCode'>): string[] => [...new Set(CODE_SCHEMES.flatMap(([scheme]) => unit[scheme] ?? []))]

export const bearingsOf = (unit: Coded, from: string = unit.validFrom): Bearing[] => codesOf(unit).map((code) => ({ code, unitId: unit.id, name: unit.name, from, to: unit.validTo }))

/** What a code is called for a unit: the first scheme under which it bears it. */
export const schemeOf = (unit: Pick<Unit, 'code' | 'identifier' | 'qcvn' | 'adminCode'>, code: string): string => CODE_SCHEMES.find(([scheme]) => unit[scheme] === code)?.[1] ?? 'Mã'

const overlap = (a: Bearing, b: Bearing): boolean => (a.to === null || a.to >= b.from) && (b.to === null || b.to >= a.from)

/** Bearings that somebody else has on one of the same days: at most one for each that is wanted. Pure. */
export function clashesOf(wanted: readonly Bearing[], borne: readonly Bearing[]): { readonly wanted: Bearing; readonly other: Bearing }[] {
  const by = Map.groupBy(borne, (one) => one.code)
  return wanted.flatMap((one) => {
    const other = by.get(one.code)?.find((two) => two.unitId !== one.unitId && overlap(one, two))
    return other ? [{ wanted: one, other }] : []
  })
}

/** Who else bears or bore these codes, from when to when. */
export async function borneBy(reader: Reader, codes: readonly string[]): Promise<Bearing[]> {
  if (codes.length === 0) return []
  const rows = await reader.selectFrom('org.bearing as b').innerJoin('org.unit as u', 'u.id', 'b.unit_id').select(['b.code', 'b.unit_id', 'u.name', 'b.from_on', 'b.to_on'])
    .where('b.code', 'in', [...new Set(codes)]).orderBy('b.from_on', 'desc').orderBy('b.unit_id').execute()
  return rows.map((row) => ({ code: row.code, unitId: row.unit_id, name: row.name, from: row.from_on as unknown as string, to: row.to_on as unknown as string | null }))
}

const bornFor = ({ from, to }: Bearing): string => (to === null ? `từ ${formatDate(from)} đến nay` : `từ ${formatDate(from)} đến ${formatDate(to)}`)

/** Refuses units whose codes another bears on one of their days. Throws Conflict in words. */
export async function needFreeCodes(reader: Reader, units: readonly Coded[]): Promise<void> {
  const wanted = units.flatMap((unit) => bearingsOf(unit))
  const [clash] = clashesOf(wanted, [...(await borneBy(reader, wanted.map((one) => one.code))), ...wanted])
  if (!clash) return
  const unit = units.find((one) => one.id === clash.wanted.unitId)!
  throw new Conflict('org.code_taken', `${schemeOf(unit, clash.wanted.code)} ${clash.wanted.code} là của ${clash.other.name} ${bornFor(clash.other)}. Xem lại mã${clash.other.to === null ? '' : ', hoặc chọn ngày bắt đầu sau ngày ấy'}.`)
}

/** Has the database look at once whether every code means one unit; otherwise it looks when the transaction ends. Throws Conflict when somebody else was first. */
export async function settleCodes(tx: Tx): Promise<void> {
  try {
    await sql`set constraints org.one_bearer immediate`.execute(tx)
    await sql`set constraints org.one_bearer deferred`.execute(tx)
  } catch (error) {
    if ((error as { code?: string }).code !== '23P01') throw error
    throw new Conflict('org.code_taken', 'Một mã vừa được ghi cho đơn vị khác trong cùng thời gian. Xem lại mã rồi làm lại.')
  }
}

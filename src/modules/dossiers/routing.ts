// Which unit decides a dossier, and on whose desk each step of its process lies.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Invalid, NotFound } from '#core/errors.ts'
import { feel } from '#core/feel/index.ts'
import type { Channel, Values } from '#core/form/types.ts'
import { localDate } from '#core/workdays/index.ts'
import { deskFor, findUnitByKey, getUnit, liveUnit, type Unit } from '#modules/org/index.ts'
import type { DecidedBy, ProcedureRecord } from '#modules/procedures/index.ts'
import type { Applicant } from './schema.ts'

const undecided = (why: string) =>
  new Invalid([{ key: 'competence', message: why }], 'Chưa xác định được cơ quan giải quyết hồ sơ này.')

/** The unit competent to decide (the record's `competence`). Throws Invalid when the answers name no unit of the province. */
export async function competentUnit(reader: Reader, decided: DecidedBy, received: Unit): Promise<Unit> {
  if (decided.by === 'noi_nop') return received
  if (decided.by === 'tinh' || (decided.by === null && decided.level === 'tinh')) {
    const department = decided.department ? await findUnitByKey(reader, decided.department, received) : null
    return department ?? (await findUnitByKey(reader, 'ubnd_tinh', received)) ?? received
  }
  if (decided.by === null) throw undecided('Tờ khai chưa cho biết nơi giải quyết; xem lại các mục về địa chỉ, nơi đăng ký.')
  try {
    return await liveUnit(reader, decided.by)
  } catch (error) {
    if (error instanceof NotFound) throw undecided(`Mã “${decided.by}” không phải đơn vị nào của tỉnh; chọn lại xã, phường nơi giải quyết.`)
    throw error
  }
}

/** The desk that receives for a unit: the unit itself, its centre, or the one above. */
export const receivingUnit = (reader: Reader, unit: Unit): Promise<Unit> => deskFor(reader, unit, 'mot_cua')

export interface Filed {
  readonly form: Values
  readonly applicant: Applicant
  readonly channel: Channel
  readonly received: Unit
  readonly decided: Unit
}

/** Unit id for each step of the record: `noi_nop`, `tham_quyen` (default), a department's key near the deciding unit, or FEEL giving a code. */
export async function placesOf(ctx: Ctx, reader: Reader, record: ProcedureRecord, filed: Filed): Promise<Record<string, string>> {
  const places: Record<string, string> = { '': filed.decided.id }
  for (const step of record.steps) places[step.id] = (await placeOf(ctx, reader, step, filed)).id
  return places
}

async function placeOf(ctx: Ctx, reader: Reader, step: ProcedureRecord['steps'][number], filed: Filed): Promise<Unit> {
  if (step.unit === 'noi_nop') return filed.received
  if (step.unit === undefined || step.unit === 'tham_quyen') {
    if (step.role === 'cong_dan') return filed.received
    return step.role === 'thue' ? ((await findUnitByKey(reader, 'co_quan_thue', filed.decided)) ?? filed.decided) : filed.decided
  }
  if (/^[a-z][a-z0-9_]*$/.test(step.unit)) return (await findUnitByKey(reader, step.unit, filed.decided)) ?? filed.decided
  const scope = { form: filed.form, applicant: filed.applicant, channel: filed.channel, receivedOn: localDate(ctx.now), parts: [] }
  const { value } = feel(step.unit, scope)
  if (typeof value !== 'string' || value === '') return filed.decided
  try {
    return await liveUnit(reader, value)
  } catch (error) {
    if (error instanceof NotFound) return filed.decided // e.g. a commune of another province: the deciding unit writes to it
    throw error
  }
}

export const unitOf = (reader: Reader, id: string): Promise<Unit> => getUnit(reader, id)

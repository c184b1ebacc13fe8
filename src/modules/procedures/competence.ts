// Who is competent: procedure, place and day give one unit of today, the clause, and in words how it was found (dated data, no code).

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { inTransaction, type Reader } from '#core/db/index.ts'
import { Invalid, NotFound } from '#core/errors.ts'
import { formatDate } from '#core/text/index.ts'
import { findUnitByKey, getUnit, type Resolution, resolutionOf, resolveUnit, type Said, saysVillage, type Unit } from '#modules/org/index.ts'
import * as store from './competence-store.ts'
import type { DecidedBy } from './evaluate.ts'
import type { Competence as RecordCompetence, ProcedureRecord } from './record.ts'
import { findInForce, findLatest } from './store.ts'

export interface CompetenceAsk {
  /** A code, or the record itself. */
  readonly procedure: string | Pick<ProcedureRecord, 'code' | 'field' | 'ministry' | 'competence'>
  /** A code or name of any scheme and time; a unit; `noi_nop`, `tinh`; null while the form does not say. */
  readonly place: string | Unit | null
  /** The address in words, as far as it is said: where a unit was divided by villages, the village in it tells which heir. */
  readonly words?: string
  /** 'YYYY-MM-DD' */
  readonly on: string
  /** Where it is handed in; what `noi_nop` means, and near which a department is looked for. */
  readonly received?: Unit
}

export interface Competence {
  /** Lives today, whoever it was on the day asked for. */
  readonly unit: Unit
  readonly clause: string
  /** How it was found, in sentences for a citizen. */
  readonly how: string
  /** The unit that bore the code or name, when it has ended since. */
  readonly asked: Unit | null
  /** Others that took over parts of its ground, the main one first: the place may lie there. */
  readonly others: readonly Unit[]
  /** Whether the clause was found in a source or is from memory. */
  readonly sure: 'found' | 'memory'
}

const undecided = (why: string) => new Invalid([{ key: 'competence', message: why }], 'Chưa xác định được cơ quan giải quyết hồ sơ này.')

async function recordOf(reader: Reader, procedure: CompetenceAsk['procedure'], on: string): Promise<Pick<ProcedureRecord, 'code' | 'field' | 'ministry' | 'competence'>> {
  if (typeof procedure !== 'string') return procedure
  const version = (await findInForce(reader, procedure, on)) ?? (await findLatest(reader, procedure))
  if (!version) throw new NotFound('procedures.none', `Không có thủ tục mã ${procedure}. Xem lại mã, hoặc tìm theo tên thủ tục.`)
  return version.record
}

const fallback = { clause: 'Nghị định 118/2025/NĐ-CP', sure: 'memory' as const, level: null, department: null, note: null }

/** The unit that decides a procedure for a place, as of a day. Throws Invalid when the place names no unit of the province or is missing,
 *  NotFound for an unknown procedure. */
export async function competence(reader: Reader, ask: CompetenceAsk): Promise<Competence> {
  const record = await recordOf(reader, ask.procedure, ask.on)
  const rule = (await store.ruleFor(reader, record, ask.on)) ?? fallback
  const level = rule.level ?? record.competence.level
  const said = (unit: Unit, how: string, more: Partial<Competence> = {}): Competence => ({ unit, clause: rule.clause, how, asked: null, others: [], sure: rule.sure, ...more })
  if (level === 'tinh' || ask.place === 'tinh') return said(...(await provincial(reader, record.competence, rule.department, ask.received)))
  if (ask.place === 'noi_nop') {
    if (!ask.received) throw undecided('Nơi nhận hồ sơ giải quyết luôn; hãy chọn nơi nộp.')
    return said(ask.received, `${ask.received.name} nhận hồ sơ và giải quyết; không phụ thuộc nơi cư trú.`)
  }
  if (ask.place === null) throw undecided('Tờ khai chưa cho biết nơi giải quyết; xem lại các mục về địa chỉ, nơi đăng ký.')
  const known: Said = { words: ask.words ?? '', procedure: record.code, field: record.field.code }
  const found = typeof ask.place === 'string' ? await placeOf(reader, ask.place, ask.on, known) : await resolutionOf(reader, ask.place, known)
  const committee = await committeeOf(reader, found.live)
  const unit = level === 'huyen' ? await districtOf(reader, committee) : committee
  return said(unit, howOf(unit, found, record.competence, known), { asked: found.asked.validTo === null ? null : found.asked, others: othersOf(found) })
}

async function provincial(reader: Reader, { department }: RecordCompetence, moved: string | null, received: Unit | undefined): Promise<[Unit, string]> {
  const near = received ?? (await store.anyUnit(reader))
  if (!near) throw undecided('Chưa có đơn vị nào của tỉnh trong hệ thống.')
  const key = moved ?? department
  const named = key ? await findUnitByKey(reader, key, near) : null
  const unit = named ?? (await findUnitByKey(reader, 'ubnd_tinh', near)) ?? near
  return [unit, `${unit.name} giải quyết ở cấp tỉnh, cho mọi nơi trong tỉnh.`]
}

async function placeOf(reader: Reader, place: string, on: string, known: Said): Promise<Resolution> {
  const find = async (at?: string) => (await resolveUnit(reader, place, at, known))[0]!
  try {
    return await find(on)
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
  }
  try {
    return await find() // a code of another time than the day asked for
  } catch (error) {
    if (error instanceof NotFound) throw undecided(`Mã “${place}” không phải đơn vị nào của tỉnh; chọn lại xã, phường nơi giải quyết.`)
    throw error
  }
}

/** A part of a commune's committee decides nothing by itself: the committee does. Bodies outside its command decide for themselves. */
async function committeeOf(reader: Reader, unit: Unit): Promise<Unit> {
  return unit.level === 'phong' && unit.parentId ? getUnit(reader, unit.parentId) : unit
}

/** The district that a place lies in, when there still are districts; otherwise who took its work over: the place itself. */
async function districtOf(reader: Reader, unit: Unit): Promise<Unit> {
  for (let at: Unit | null = unit; at; at = at.parentId ? await getUnit(reader, at.parentId) : null) if (at.level === 'huyen') return at
  return unit
}

/** Heirs beside the one named. */
const othersOf = ({ live, successors }: Resolution): Unit[] =>
  successors.filter((one) => (successors.some((other) => other.unit.id === live.id) ? one.unit.id !== live.id : !one.main)).map((one) => one.unit)

function howOf(unit: Unit, found: Resolution, { note }: RecordCompetence, { words = '' }: Said): string {
  const { asked, live, villages = [] } = found
  const lines = [`${unit.name} giải quyết${note ? `: ${note.replace(/[.;]\s*$/, '')}` : ''}.`]
  if (asked.validTo !== null) lines.push(`${asked.name} (đến ${formatDate(asked.validTo)}) nay thuộc ${live.name}.`)
  const village = villages.find((one) => saysVillage(words, one))
  const others = othersOf(found)
  if (village) lines.push(`Tính theo ${village}.`)
  if (others.length > 0) {
    lines.push(`Phần khác của địa bàn cũ nay thuộc ${others.map((one) => one.name).join(', ')}; ở phần đó thì chọn đơn vị ấy${villages.length > 0 && !village ? ', hoặc ghi cả thôn, tổ dân phố của nơi cần hỏi' : ''}.`)
  }
  return lines.join(' ')
}

/** The same for what an evaluation of the form gives. */
export const competenceOf = (
  reader: Reader, ask: { record: Pick<ProcedureRecord, 'code' | 'field' | 'ministry' | 'competence'>; decidedBy: DecidedBy; on: string; received: Unit; words: string },
): Promise<Competence> =>
  competence(reader, { procedure: ask.record, place: ask.decidedBy.by, on: ask.on, received: ask.received, words: ask.words })

const ruleRow = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/), procedure: z.string().optional(), field: z.string().optional(), ministry: z.string().optional(), level: z.enum(['tinh', 'huyen', 'xa']).optional(),
  department: z.string().optional(), from: z.iso.date(), to: z.iso.date().optional(), clause: z.string().min(1), note: z.string().optional(), sure: z.enum(['found', 'memory']),
})
const rulesFile = z.object({ rules: z.array(ruleRow).min(1) })

/** Keeps the rules of a pack as they are; again is nothing new. Returns how many are new or changed. Throws Invalid naming the faulty rule. */
export async function importCompetence(ctx: Ctx, json: unknown): Promise<number> {
  const parsed = rulesFile.safeParse(json)
  if (!parsed.success) throw new Invalid(parsed.error.issues.map((issue) => ({ key: issue.path.join('.'), message: issue.message })), 'Bảng thẩm quyền chưa dùng được.')
  const wrong = parsed.data.rules.filter((rule) => rule.to !== undefined && rule.to < rule.from)
  if (wrong.length > 0) throw new Invalid(wrong.map((rule) => ({ key: rule.id, message: 'Ngày hết hiệu lực phải từ ngày bắt đầu trở đi.' })), 'Bảng thẩm quyền chưa dùng được.')
  return inTransaction(ctx.db, (tx) => store.keepRules(tx, parsed.data.rules))
}

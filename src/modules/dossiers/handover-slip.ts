// The control slip (Mẫu số 06) read for a screen or set as a PDF at any time: every hand-over so far, those not yet taken measured by now.

import type { Ctx } from '#core/ctx.ts'
import type { Reader } from '#core/db/index.ts'
import { Conflict } from '#core/errors.ts'
import { slug } from '#core/text/index.ts'
import { getUnit, listUnitsById } from '#modules/org/index.ts'
import type { HandoverResult } from './handover-rules.ts'
import { type Handover, handovers, type HandoverKind, type Side } from './handover-store.ts'
import { controlSlipData, type ControlSlipRow } from './papers-notices.ts'
import { openDossier } from './reading.ts'
import { type Dossier, PAPER_LABELS } from './schema.ts'

export interface SlipSide extends Side {
  readonly agency: string
}

export interface SlipRow extends Omit<Handover, 'from' | 'to'> {
  readonly from: SlipSide
  readonly to: SlipSide
  /** Known already, or what it is by now when the receiver has not taken it. */
  readonly standing: HandoverResult | null
  /** Handed over and not yet taken by anybody. */
  readonly waiting: boolean
}

const KIND_NOTES: Readonly<Partial<Record<HandoverKind, string>>> = { consultation: 'Lấy ý kiến', opinion: 'Trả lời ý kiến', transfer: 'Chuyển xử lý', return: 'Trả kết quả' }

/** Rows of a dossier's slip, oldest first. */
export async function slipOf(reader: Reader, ctx: Pick<Ctx, 'now'>, dossier: Pick<Dossier, 'id' | 'receivedUnitId'>): Promise<SlipRow[]> {
  const rows = await handovers(reader, dossier.id)
  const ids = rows.flatMap((row) => [row.from.unitId, row.to.unitId]).filter((id): id is string => id !== null)
  const units = new Map((await listUnitsById(reader, ids)).map((unit) => [unit.id, unit.name]))
  const named = (side: Side): SlipSide => ({ ...side, agency: side.role === 'cong_dan' ? 'Người nộp hồ sơ' : side.unitId ? (units.get(side.unitId) ?? side.unitId) : 'Người nộp hồ sơ' })
  return rows.map((row) => {
    const waiting = row.receivedAt === null
    return { ...row, from: named(row.from), to: named(row.to), waiting, standing: row.result ?? (waiting && row.kind === 'transfer' && row.dueAt && ctx.now > row.dueAt ? 'late' : null) }
  })
}

const OUTCOME = { early: 'early', on_time: 'onTime', late: 'late' } as const

function printed(row: SlipRow): ControlSlipRow {
  const side = (one: SlipSide, at: Date | null, confirmed: boolean) => ({ agency: one.agency, person: one.name === one.agency ? null : one.name, at: at?.toISOString() ?? null, confirmed })
  const kind = KIND_NOTES[row.kind]
  return {
    from: side(row.from, row.handedAt, row.from.name !== null), to: side(row.to, row.receivedAt, row.receivedAt !== null && row.to.name !== null),
    outcome: row.standing ? OUTCOME[row.standing] : null,
    note: [kind ?? row.step, row.kind === 'transfer' && row.rule ? `Căn cứ: ${row.rule}` : null, row.note].filter(Boolean).join('. ').slice(0, 400) || null,
  }
}

/** The slip as a PDF, for those who may read the dossier from the inside. Throws NotFound, Conflict('dossiers.no_handover') before the first hand-over. */
export async function controlSlipPdf(ctx: Ctx, ref: string): Promise<{ pdf: Uint8Array; name: string; dossier: Dossier }> {
  const { dossier } = await openDossier(ctx, ref)
  if (ctx.actor.kind === 'citizen') throw new Conflict('dossiers.inside_only', 'Phiếu kiểm soát là giấy tờ nội bộ của cơ quan; ông/bà xem diễn biến ở trang hồ sơ.')
  const rows = await slipOf(ctx.db, ctx, dossier)
  if (rows.length === 0) throw new Conflict('dossiers.no_handover', 'Hồ sơ chưa được giao nhận lần nào nên chưa có phiếu kiểm soát; phiếu có ngay khi tiếp nhận.')
  const lead = await getUnit(ctx.db, dossier.decidedUnitId ?? dossier.receivedUnitId)
  const partners = [...new Set(rows.filter((row) => row.kind === 'consultation' || row.from.role === 'co_quan_phoi_hop').map((row) => (row.kind === 'consultation' ? row.to.agency : row.from.agency)))]
  const data = await controlSlipData(ctx, ctx.db, dossier, rows.map(printed), partners.filter((name) => name !== lead.name))
  return { pdf: await ctx.printer.renderPdf('control-slip', data, { createdAt: ctx.now }), name: `${slug(PAPER_LABELS.control_slip)}-${dossier.code}.pdf`, dossier }
}

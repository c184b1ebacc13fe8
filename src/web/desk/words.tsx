// How the desk says states, deadlines and fees: one wording for lists and screens.

import type { Ctx } from '#core/ctx.ts'
import { relativeDue } from '#core/text/index.ts'
import { workingHoursBetween } from '#core/workdays/index.ts'
import { type Dossier, type DossierState, STATES } from '#modules/dossiers/index.ts'
import type { Item } from '#modules/work/index.ts'
import { type DueState, DueTag, StatusTag, type Tone } from '#ui/index.ts'

const TONES: Readonly<Record<DossierState, Tone>> = {
  NHAP: 'plain', MOI_DANG_KY: 'info', YC_BS_TIEP_NHAN: 'wait', TU_CHOI: 'bad', DA_TIEP_NHAN: 'info', CHO_PHAN_CONG: 'info', DANG_XU_LY: 'info', LAY_Y_KIEN: 'wait',
  YC_BO_SUNG: 'wait', YC_TAI_CHINH: 'wait', CHO_TRINH_KY: 'info', CHO_BAN_HANH: 'info', DA_CO_KET_QUA: 'good', DA_TRA: 'good', DUNG_XU_LY: 'bad', RUT_HO_SO: 'plain',
  TRA_LAI: 'bad',
}

/** Short forms for lists; the full label stays on the dossier's own page. */
const SHORT: Partial<Record<DossierState, string>> = {
  MOI_DANG_KY: 'Chờ tiếp nhận', YC_BS_TIEP_NHAN: 'Chờ hoàn thiện', TU_CHOI: 'Từ chối', LAY_Y_KIEN: 'Lấy ý kiến', YC_BO_SUNG: 'Chờ bổ sung', YC_TAI_CHINH: 'Chờ nộp tiền',
  CHO_TRINH_KY: 'Trình ký', CHO_BAN_HANH: 'Chờ cấp số', DA_CO_KET_QUA: 'Có kết quả', DA_TRA: 'Đã trả', DUNG_XU_LY: 'Dừng', RUT_HO_SO: 'Đã rút', TRA_LAI: 'Trả lại',
}

export const shortState = (state: DossierState): string => SHORT[state] ?? STATES[state].label

export const StateTag = ({ state, short }: { state: DossierState; short?: boolean }) => <StatusTag tone={TONES[state]}>{short ? shortState(state) : STATES[state].label}</StatusTag>

export interface Due {
  readonly state: DueState
  readonly words: string
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase('vi') + text.slice(1)
/** Within one working day. */
const SOON_HOURS = 8

export function towards(dueAt: Date, ctx: Pick<Ctx, 'now' | 'calendar'>): Due {
  const words = capital(relativeDue(dueAt, ctx.now, ctx.calendar)).replace(' làm việc', '')
  if (dueAt < ctx.now) return { state: 'late', words }
  return { state: workingHoursBetween(ctx.now, dueAt, ctx.calendar) <= SOON_HOURS ? 'soon' : 'in_time', words }
}

/** How a step stands against its share of the term. */
export function dueOfItem(item: Pick<Item, 'dueAt' | 'clock' | 'role'>, ctx: Pick<Ctx, 'now' | 'calendar'>): Due {
  if (item.dueAt) return towards(item.dueAt, ctx)
  return item.clock === 'stops' ? { state: 'paused', words: item.role === 'cong_dan' ? 'Chờ người dân' : 'Không tính hạn' } : { state: 'in_time', words: 'Làm ngay' }
}

/** How a dossier stands against the law, or against the reception clock while it waits to be accepted. */
export function dueOfDossier(dossier: Dossier, ctx: Pick<Ctx, 'now' | 'calendar'>): Due | null {
  const { dueAt, finishedAt } = dossier
  if (finishedAt && dueAt && finishedAt <= dueAt && dossier.breach) return { state: 'met_late', words: 'Xong, tính trễ hạn' }
  if (finishedAt && dueAt) return finishedAt > dueAt ? { state: 'met_late', words: 'Xong quá hạn' } : { state: 'met', words: 'Xong đúng hạn' }
  if (STATES[dossier.state].final) return null
  if (dossier.pausedAt) return { state: 'paused', words: 'Tạm dừng' }
  if (dueAt) return towards(dueAt, ctx)
  return dossier.state === 'MOI_DANG_KY' && dossier.receptionDueAt ? towards(dossier.receptionDueAt, ctx) : null
}

export const Due = ({ due }: { due: Due | null }) => (due ? <DueTag state={due.state}>{due.words}</DueTag> : <span class="soft">—</span>)

export const COLLECT_AT: Readonly<Record<string, string>> = { tiep_nhan: 'thu khi tiếp nhận', bo_sung: 'thu khi bổ sung', tra_ket_qua: 'thu khi trả kết quả', nghia_vu_tai_chinh: 'nghĩa vụ tài chính' }

/** Address of a dossier on the desk: by its code once it has one. */
export const dossierHref = (dossier: Pick<Dossier, 'id' | 'code'>, rest = ''): string => `/desk/dossiers/${encodeURIComponent(dossier.code ?? dossier.id)}${rest}`

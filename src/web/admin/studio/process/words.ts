// Words of the process tab that page and drawing share: who, where, what an outcome means, how a time is said.

import type { Ctx } from '#core/ctx.ts'
import { HOURS_A_DAY, termText } from '#core/workdays/index.ts'
import { listUnits } from '#modules/org/index.ts'
import { type DraftRecord, effectLabels, listSharedProcesses, roleLabels, type Step } from '#modules/procedures/index.ts'
import { type Choice, choicesOf } from '../fields.tsx'

/** Statuses of the national portal, as citizens read them (QCVN 109:2025; NĐ 118/2025/NĐ-CP). */
const STATUSES: Readonly<Record<string, string>> = {
  1: 'Mới đăng ký', 2: 'Được tiếp nhận', 3: 'Không được tiếp nhận', 4: 'Đang xử lý', 5: 'Yêu cầu bổ sung giấy tờ', 6: 'Yêu cầu thực hiện nghĩa vụ tài chính',
  7: 'Công dân yêu cầu rút hồ sơ', 8: 'Dừng xử lý', 9: 'Đã xử lý xong', 10: 'Đã trả kết quả',
}

/** What the selects of a step offer; given to the drawing's panel as it is. */
export interface ProcessOffers {
  readonly roles: readonly Choice[]
  readonly units: readonly Choice[]
  readonly effects: readonly Choice[]
  readonly statuses: readonly Choice[]
  readonly shared: readonly Choice[]
}

export async function processOffers(ctx: Ctx): Promise<ProcessOffers> {
  const [units, shared] = await Promise.all([listUnits(ctx.db, { limit: 5000 }), listSharedProcesses(ctx.db)])
  const named = new Map<string, string>()
  for (const unit of units) if (unit.key && !named.has(unit.key)) named.set(unit.key, unit.level === 'xa' ? `${unit.shortName} của xã, phường` : unit.name)
  return {
    roles: choicesOf(roleLabels),
    units: [{ value: 'noi_nop', label: 'Nơi nộp hồ sơ' }, { value: 'tham_quyen', label: 'Cơ quan giải quyết' }, ...[...named].map(([value, label]) => ({ value, label })).sort((a, b) => a.label.localeCompare(b.label, 'vi'))],
    effects: choicesOf(effectLabels),
    statuses: choicesOf(STATUSES),
    shared: shared.map(({ name, title }) => ({ value: name, label: title })),
  }
}

export const roleWord = (role: string): string => roleLabels[role as keyof typeof roleLabels] ?? 'Chưa ghi ai làm'

export const unitWord = (step: Pick<Step, 'unit'>, offers: ProcessOffers): string | null =>
  step.unit === undefined || step.unit === 'tham_quyen' ? null : (offers.units.find((one) => one.value === step.unit)?.label ?? step.unit)

export const hoursWord = (hours: number): string => `${hours.toLocaleString('vi-VN', { maximumFractionDigits: 2 })} giờ`

/** The legal term beside the hours of the usual road. `over`: the steps take longer than the law allows. */
export interface TermWords {
  readonly term: string
  readonly hours: number | null
  readonly over: boolean
  readonly about: boolean
}

const A_DAY: Readonly<Record<string, number>> = { ngay_lam_viec: HOURS_A_DAY, ngay: (HOURS_A_DAY * 5) / 7, thang: HOURS_A_DAY * 22, gio_lam_viec: 1 }

export function termOf(record: DraftRecord, hours: number): TermWords | null {
  const term = record.term as { value?: unknown; unit?: unknown } | undefined
  const unit = String(term?.unit ?? '')
  if (typeof term?.value !== 'number' || !(unit in A_DAY)) return null
  const allowed = Math.round(term.value * A_DAY[unit]! * 10) / 10
  return { term: termText(term as Parameters<typeof termText>[0]), hours: allowed, over: hours > allowed, about: unit === 'ngay' || unit === 'thang' }
}

/** Where an outcome leads, in words: “3. Ký kết quả”, “kết thúc”, several side by side. */
export function leadsTo(next: Step['outcomes'][number]['next'], steps: readonly Step[]): string {
  const word = (id: string) => {
    if (id === 'end') return 'kết thúc'
    const at = steps.findIndex((step) => step.id === id)
    return at < 0 ? '' : `${at + 1}. ${steps[at]!.name || 'bước chưa có tên'}`
  }
  if (typeof next === 'string') return word(next)
  return `cùng lúc ${next.map(word).join(' và ')}`
}

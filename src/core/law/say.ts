// A rule's value in words, for people.

import type { Rule, RuleUnit } from './types.ts'

const SAID: Readonly<Record<Exclude<RuleUnit, 'chu' | 'gio' | 'phan' | 'dong'>, string>> = {
  gio_lam_viec: 'giờ làm việc', ngay_lam_viec: 'ngày làm việc', ngay: 'ngày', ngay_khong_tinh: 'ngày đầu không tính', lan: 'lần', mau: 'mẫu', tin: 'tin', thang: 'tháng',
}
export const UNIT_NAMES: Readonly<Record<RuleUnit, string>> = { ...SAID, chu: '', gio: 'giờ trong ngày', phan: 'phần', dong: 'đồng' }

const comma = (value: number): string => String(Math.round(value * 100) / 100).replace('.', ',')

/** `8 giờ làm việc`, `15:00`, `một phần ba`, `100.000 đồng`. */
export function sayValue(value: number | string, unit: RuleUnit): string {
  if (typeof value === 'string' || unit === 'chu') return String(value)
  if (unit === 'gio') return `${String(Math.floor(value)).padStart(2, '0')}:${String(Math.round((value % 1) * 60)).padStart(2, '0')}`
  if (unit === 'phan') return Math.abs(value - 1 / 3) < 0.001 ? 'một phần ba' : `${comma(value * 100)}%`
  if (unit === 'dong') return `${String(value).replace(/\B(?=(\d{3})+$)/g, '.')} đồng`
  return `${comma(value)} ${SAID[unit]}`
}

/** What a rule says with a value of it. */
export const sayPlain = (rule: Pick<Rule, 'plain' | 'unit'>, value: number | string): string => rule.plain.replace('{value}', sayValue(value, rule.unit))

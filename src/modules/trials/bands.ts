// The bands of distributions: amounts as people pay them, spans in working days.

import { formatVnd } from '#core/money/index.ts'

const AMOUNTS = [0, 10_000, 50_000, 100_000, 200_000, 500_000, 1_000_000] as const
const DAYS = [1, 3, 5, 10, 15, 20, 30] as const
const HOURS_A_DAY = 8

export interface Band {
  readonly key: string
  readonly label: string
}

export const AMOUNT_BANDS: readonly Band[] = [
  { key: '0', label: 'Không thu' },
  ...AMOUNTS.slice(1).map((top, at) => ({ key: String(at + 1), label: at === 0 ? `Đến ${formatVnd(top)}` : `Trên ${formatVnd(AMOUNTS[at]!)} đến ${formatVnd(top)}` })),
  { key: String(AMOUNTS.length), label: `Trên ${formatVnd(AMOUNTS.at(-1)!)}` },
]
export const SPAN_BANDS: readonly Band[] = [
  ...DAYS.map((top, at) => ({ key: String(at), label: at === 0 ? 'Trong 1 ngày làm việc' : `Trên ${DAYS[at - 1]} đến ${top} ngày` })),
  { key: String(DAYS.length), label: `Trên ${DAYS.at(-1)} ngày` },
]

const place = (value: number, tops: readonly number[]): string => {
  const at = tops.findIndex((top) => value <= top)
  return String(at < 0 ? tops.length : at)
}
export const amountBand = (vnd: number): string => place(vnd, AMOUNTS)
export const spanBand = (hours: number): string => place(Math.round((hours / HOURS_A_DAY) * 1000) / 1000, DAYS)

/** The value below which `share` of the sorted numbers lie; null of none. */
export function quantile(numbers: readonly number[], share: number): number | null {
  if (numbers.length === 0) return null
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [low, high] = [sorted[Math.floor(at)]!, sorted[Math.ceil(at)]!]
  return low + (high - low) * (at - Math.floor(at))
}

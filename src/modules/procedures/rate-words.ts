// Rows of fee tables in the words of a clerk: whom, by which way, from when to when, how much for what.

import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import { feeConditionWords } from './fee-conditions.ts'
import { channelLabels } from './labels.ts'
import type { Fee, ProcedureRecord, Rate } from './record.ts'

const lower = (text: string): string => text.charAt(0).toLocaleLowerCase('vi') + text.slice(1)

/** `null`: nothing but FEEL says it. */
export function whoWords(record: ProcedureRecord, when: string | undefined): { text: string; code: boolean } {
  if (!when) return { text: 'Mọi trường hợp', code: false }
  const words = feeConditionWords(record, when)
  return words === null ? { text: when, code: true } : { text: words, code: false }
}

export const channelWords = (channels: readonly string[] | undefined): string =>
  channels ? channels.map((one) => (channelLabels as Readonly<Record<string, string>>)[one] ?? one).join(', ') : 'Mọi kênh'

export function amountWords({ amount, formula, per }: Pick<Rate, 'amount' | 'formula' | 'per'>): string {
  if (formula !== undefined) return 'Theo công thức'
  if (amount === undefined) return 'Chưa có mức'
  if (!per) return amount === 0 ? 'Không thu' : formatVnd(amount)
  return `${formatVnd(amount)} mỗi ${per.word}`
}

export function perWords({ per, formula }: Pick<Rate, 'per' | 'formula'>): string | null {
  if (formula !== undefined) return formula
  if (!per) return null
  return [per.beyond ? `tính từ ${per.word} thứ ${per.beyond + 1}` : '', per.most === undefined ? '' : `nhiều nhất ${formatVnd(per.most)}`].filter(Boolean).join(', ') || null
}

/** 'Từ 01/01/2027'; '—' for a row without days. */
export function daysWords({ from, until }: Pick<Rate, 'from' | 'until'>): string {
  if (from && until) return `${formatDate(from)} – ${formatDate(until)}`
  if (from) return `Từ ${formatDate(from)}`
  return until ? `Đến hết ${formatDate(until)}` : '—'
}

/** A row in one line, for headings and for results of a trial. */
export function rateWords(record: ProcedureRecord, rate: Rate): string {
  const channel = rate.channels ? lower(channelWords(rate.channels)) : ''
  return [whoWords(record, rate.when).text, channel, amountWords(rate)].filter(Boolean).join(' · ')
}

/** When a row holds, in words for citizens; null for every case. What only FEEL says is left to the row's own words. */
export function rateWhen(record: ProcedureRecord, fee: Fee, rate: Rate): string | null {
  const said = [rate.when, fee.when].flatMap((when) => {
    const who = when ? whoWords(record, when) : null
    return who && !who.code ? [who.text] : []
  })
  const more = [rate.whenText ?? fee.whenText, rate.channels && channelWords(rate.channels), (rate.from ?? rate.until) && daysWords(rate), perWords({ per: rate.per })]
  return [...said, ...more].filter(Boolean).join('. ') || null
}

/** 'Từ 300.000 đ đến 500.000 đ, theo bảng'. */
export function rangeWords(rates: readonly Rate[]): string {
  const fixed = rates.map((rate) => (rate.formula === undefined && !rate.per ? rate.amount : undefined))
  if (fixed.includes(undefined)) return rates.length === 1 ? amountWords(rates[0]!) : 'Theo bảng mức thu'
  const [low, high] = [Math.min(...(fixed as number[])), Math.max(...(fixed as number[]))]
  return low === high ? amountWords({ amount: low }) : `Từ ${low === 0 ? 'không thu' : formatVnd(low)} đến ${formatVnd(high)}, theo bảng`
}

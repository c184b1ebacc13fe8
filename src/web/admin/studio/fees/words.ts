// Rows of fee tables in the words of a clerk: whom, by which way, from when to when, how much for what.

import { formatVnd } from '#core/money/index.ts'
import { formatDate } from '#core/text/index.ts'
import { channelLabels, feeConditionWords, type ProcedureRecord, type Rate } from '#modules/procedures/index.ts'

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

export function spanWords({ from, until }: Pick<Rate, 'from' | 'until'>): string {
  if (from && until) return `${formatDate(from)} – ${formatDate(until)}`
  if (from) return `Từ ${formatDate(from)}`
  return until ? `Đến hết ${formatDate(until)}` : '—'
}

/** A row in one line, for headings and for results of a trial. */
export function rateWords(record: ProcedureRecord, rate: Rate): string {
  const channel = rate.channels ? lower(channelWords(rate.channels)) : ''
  return [whoWords(record, rate.when).text, channel, amountWords(rate)].filter(Boolean).join(' · ')
}

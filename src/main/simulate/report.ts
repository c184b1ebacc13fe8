// What the month came to, and whether everything agrees: inside the house, and between the house and the world outside it.

import type { Env } from '#core/ctx.ts'
import { atLocal } from '#core/workdays/index.ts'
import { messageTallies } from '#modules/notify/index.ts'
import { listUnits } from '#modules/org/index.ts'
import { moneyTallies } from '#modules/payments/index.ts'
import { type Check, MEASURES, type Reconciliation } from '#modules/reconcile/index.ts'
import type { Bank } from './bank.ts'
import type { Lived } from './month.ts'
import type { PostOffice } from './post-office.ts'

export interface Outside {
  readonly title: string
  readonly inside: number
  readonly outside: number
}

/** Our books against those of the bank and the gateways, which know nothing of ours. */
export async function outsideOf(env: Env, post: PostOffice, bank: Bank, lived: Lived, until: Date): Promise<Outside[]> {
  const from = atLocal(lived.days[0]!, '00:00')
  const units = (await listUnits(env.db, { within: 'th', live: false, limit: 20_000 })).map((unit) => unit.id)
  const { transfers } = await moneyTallies(env.db, { units, from, to: until })
  const states = await messageTallies(env.db, from, until, ['sms', 'email'])
  return [
    { title: 'Tiền ngân hàng đã chuyển (đồng)', inside: transfers, outside: bank.moved },
    { title: 'Tin nhắn, thư đã giao cho nhà cung cấp', inside: states.get('sent') ?? 0, outside: post.taken.sms.size + post.taken.email.size },
  ]
}

const number = (value: number): string => value.toLocaleString('vi-VN')

function line(check: Check): string {
  const counts = check.counts.map((count) => `${count.label} ${number(count.value)} ${MEASURES[count.measure]}`).join(' · ')
  return `  ${check.ok ? '✓' : '✗'} ${check.title}: ${counts}${check.differing.length > 0 ? `\n      lệch: ${check.differing.slice(0, 10).join(', ')}` : ''}`
}

/** Writes the month down. True when everything agrees and no job failed. */
export function report(lived: Lived, found: Reconciliation, outside: readonly Outside[], faults: readonly string[], write: (line: string) => void): boolean {
  write(`\n${lived.days.length} ngày làm việc, ${number(lived.filed)} hồ sơ đã nộp (${number(lived.unfit)} người về vì tờ khai chưa đúng), ${number(lived.steps)} bước đã làm, ${number(lived.overtaken)} lần phải chờ.`)
  if (lived.refusals.size > 0) write(`Hệ thống từ chối: ${[...lived.refusals].map(([code, count]) => `${code} ${count}`).join(', ')}.`)
  write(`\nĐối soát ${found.unitName}, ${found.from} – ${found.to}`)
  for (const check of found.checks) write(line(check))
  for (const one of outside) write(`  ${one.inside === one.outside ? '✓' : '✗'} ${one.title}: trong sổ ${number(one.inside)} · bên ngoài ${number(one.outside)}`)
  for (const fault of faults.slice(0, 10)) write(`  ✗ việc nền: ${fault.split('\n')[0]}`)
  return found.ok && faults.length === 0 && outside.every((one) => one.inside === one.outside)
}

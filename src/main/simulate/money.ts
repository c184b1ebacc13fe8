// Money of the month: what is due is paid over the counter or by transfer; each evening the drawers are counted and signed off.

import type { Env } from '#core/ctx.ts'
import { AppError } from '#core/errors.ts'
import { addDays, atLocal } from '#core/workdays/index.ts'
import { collectCash, countDay, moneyTallies, type Order, paymentsOf, signDay } from '#modules/payments/index.ts'
import type { Bank } from './bank.ts'
import { chance, happens } from './chance.ts'
import type { Filed } from './filings.ts'
import type { Town } from './town.ts'

export interface Money {
  /** Sees whether anything is due for a dossier, and when it will be paid. */
  plan(one: Filed): Promise<void>
  /** Pays what is to be paid by now. */
  pay(): Promise<void>
  /** The evening: every unit that took cash counts it, a second person signs. */
  close(day: string): Promise<void>
}

interface Due {
  readonly at: number
  readonly order: string
  readonly filed: Filed
}

const HOUR = 3_600_000
const ROUND = 50_000

export function openMoney(env: Env, town: Town, bank: Bank, seed: string): Money {
  const due: Due[] = []
  const planned = new Set<string>()
  const drawers = new Set<string>()

  async function settle(order: Order, filed: Filed): Promise<void> {
    if (filed.citizen !== null && order.payee && order.expiresAt > env.clock.now()) return bank.pay(order)
    const cashier = (await town.officer(order.unitId, 'thu_phi')) ?? (await town.officer(order.unitId, 'mot_cua'))
    if (!cashier) return
    const givenVnd = happens(0.5, seed, order.subjectCode, 'exact') ? order.totalVnd : Math.ceil(order.totalVnd / ROUND) * ROUND
    const form = { order: order.reference, givenVnd, key: `mo-phong-${order.id}` }
    await collectCash(cashier, form)
    if (happens(0.05, seed, order.subjectCode, 'double click')) await collectCash(cashier, form)
    drawers.add(order.unitId)
  }

  return {
    async plan(filed) {
      for (const order of (await paymentsOf(env.db, filed.dossier.id)).orders) {
        if (order.state !== 'open' || planned.has(order.id)) continue
        planned.add(order.id)
        const wait = filed.citizen === null ? 0 : 48 * HOUR * chance(seed, order.subjectCode, 'pays in')
        due.push({ at: env.clock.now().getTime() + wait, order: order.id, filed })
      }
    },
    async pay() {
      const now = env.clock.now().getTime()
      const ready = due.filter((one) => one.at <= now).sort((a, b) => a.at - b.at || (a.filed.dossier.code! < b.filed.dossier.code! ? -1 : 1))
      for (const one of ready) {
        due.splice(due.indexOf(one), 1)
        const order = (await paymentsOf(env.db, one.filed.dossier.id)).orders.find(({ id, state }) => id === one.order && state === 'open')
        if (!order) continue
        try {
          await settle(order, one.filed)
        } catch (error) {
          if (!(error instanceof AppError) || error.status >= 500) throw error
        }
      }
    },
    async close(day) {
      for (const unit of [...drawers].sort()) {
        const cashier = (await town.officer(unit, 'thu_phi')) ?? (await town.officer(unit, 'mot_cua'))
        const leader = (await town.officer(unit, 'lanh_dao_don_vi')) ?? (await town.officer(unit, 'mot_cua', 1))
        if (!cashier || !leader) continue
        const { cashReceipts } = await moneyTallies(env.db, { units: [unit], from: atLocal(day, '00:00'), to: atLocal(addDays(day, 1), '00:00') })
        await countDay(cashier, { unit, day, countedVnd: cashReceipts })
        await signDay(leader, { unit, day })
      }
      drawers.clear()
    },
  }
}


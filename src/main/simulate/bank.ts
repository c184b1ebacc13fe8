// The bank of the month: takes transfers, tells of them as banks do (twice, late, never), and keeps its own statement.

import { makeCtx, type Env, systemCtx } from '#core/ctx.ts'
import { AppError } from '#core/errors.ts'
import { signBody } from '#core/payments/signature.ts'
import type { BankProvider } from '#core/payments/types.ts'
import { anonymous } from '#core/policy/actor.ts'
import { localDate } from '#core/workdays/index.ts'
import { type Order, receiveCallback, reconcilePayments, type Told } from '#modules/payments/index.ts'
import { chance, happens, weigh } from './chance.ts'

export const SIMULATED_BANK: BankProvider = { id: 'ngan-hang-mo-phong', name: 'Ngân hàng mô phỏng', secret: 'bi-mat-cua-ngan-hang-mo-phong', statementUrl: 'http://mo-phong.invalid/sao-ke' }

export interface Bank {
  /** A citizen pays an order by its code, as citizens do: mostly right, at times too little, too much, or twice. */
  pay(order: Order): Promise<void>
  /** Compares everything with the statement, as happens by night and every quarter of an hour. */
  reconcile(): Promise<void>
  /** đồng that the bank moved, by its own book. */
  readonly moved: number
}

export function openBank(env: Env, seed: string): Bank {
  const book: Told[] = []

  async function tell(told: Told): Promise<void> {
    const now = env.clock.now()
    const { providerRef: transactionId, amountVnd: amount, account, description, payerBank, paidAt } = told
    const body = JSON.stringify({ transactionId, amount, currency: 'VND', account, description, payerBank, paidAt: paidAt.toISOString() })
    const timestamp = Math.floor(now.getTime() / 1000)
    try {
      await receiveCallback(makeCtx(env, anonymous), { provider: SIMULATED_BANK.id, timestamp: String(timestamp), signature: signBody(SIMULATED_BANK.secret, timestamp, body), body })
    } catch (error) {
      if (!(error instanceof AppError) || error.status >= 500) throw error
    }
  }

  async function transfer(order: Order, amountVnd: number, way: 'told' | 'twice' | 'never'): Promise<void> {
    const told: Told = {
      provider: SIMULATED_BANK.id, providerRef: `GD${String(book.length + 1).padStart(8, '0')}`, amountVnd, account: order.payee!.account,
      description: `${order.reference} ${order.subjectCode}`, payerBank: 'VCB', paidAt: env.clock.now(),
    }
    book.push(told)
    if (way !== 'never') await tell(told)
    if (way === 'twice') await tell(told)
  }

  return {
    get moved() {
      return book.reduce((sum, told) => sum + told.amountVnd, 0)
    },
    async pay(order) {
      const key = [seed, order.subjectCode, order.totalVnd, 'pays'] as const
      const way = weigh([['told', 90], ['twice', 6], ['never', 4]] as const, ...key, 'way')
      const slip = chance(...key, 'slip')
      if (slip < 0.02) await transfer(order, Math.max(1000, order.totalVnd - 1000), way) // mistyped: aside; then paid rightly
      await transfer(order, slip > 0.98 ? order.totalVnd + 5000 : order.totalVnd, way)
      if (happens(0.02, ...key, 'again')) await transfer(order, order.totalVnd, 'told') // from a second bank
    },
    async reconcile() {
      await reconcilePayments(systemCtx(env, 'Hệ thống'), async (_provider, day) => book.filter((told) => localDate(told.paidAt) === day))
    },
  }
}

// The simulated bank's book: transfers are written down before anybody is told, and outlive a restart.

import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '#core/payments/signature.ts'
import { localDate } from '#core/workdays/index.ts'
import { type BankOptions, type Faults, noFaults, type Transfer } from './types.ts'

export interface PayInput {
  readonly amount: number
  readonly account: string
  readonly description: string
  readonly payerBank: string
}

export interface BankBook {
  readonly faults: Faults
  readonly transfers: readonly Transfer[]
  /** Moves money, then tells of it as the faults allow. */
  pay(input: PayInput): Promise<Transfer>
  /** What a day's statement says. */
  statement(day: string): { day: string; lines: object[] }
  /** Call-backs that wait are sent now; for tests, and before the process ends. */
  flush(): Promise<void>
}

const KEPT = 2000

export function openBook({ provider, dataDir, clock, deliver }: Pick<BankOptions, 'provider' | 'dataDir' | 'clock' | 'deliver'>): BankBook {
  const file = join(dataDir, 'bank-twin.json')
  const transfers: Transfer[] = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Transfer[]) : []
  const faults = noFaults()
  const waiting: Transfer[] = []
  const timers = new Map<NodeJS.Timeout, Transfer>()

  const save = (): void => {
    mkdirSync(dataDir, { recursive: true })
    writeFileSync(file, JSON.stringify(transfers.slice(0, KEPT)), { mode: 0o600 })
  }

  async function send(transfer: Transfer, secret: string): Promise<number> {
    const { id, amount, account, description, payerBank, paidAt } = transfer
    const body = JSON.stringify({ transactionId: id, amount, currency: 'VND', account, description, payerBank, paidAt })
    const timestamp = Math.floor(clock.now().getTime() / 1000)
    return deliver(body, { 'content-type': 'application/json', [TIMESTAMP_HEADER]: String(timestamp), [SIGNATURE_HEADER]: signBody(secret, timestamp, body) })
  }

  async function tell(transfer: Transfer): Promise<void> {
    const answers: string[] = []
    const say = async (secret: string, what: string): Promise<void> => {
      try {
        answers.push(`${what}: ${await send(transfer, secret)}`)
      } catch (error) {
        answers.push(`${what}: không gửi được (${(error as Error).message})`)
      }
    }
    if (faults.forged) await say('giả mạo', 'báo giả')
    await say(provider.secret, 'báo')
    if (faults.doubled) await say(provider.secret, 'báo lần hai')
    transfer.told = answers.join(', ')
    save()
  }

  async function tellAll(last: Transfer): Promise<void> {
    if (faults.reordered && waiting.length === 0) {
      waiting.push(last)
      last.told = 'đang giữ lại chờ giao dịch sau'
      return save()
    }
    await tell(last)
    for (const earlier of waiting.splice(0)) await tell(earlier)
  }

  return {
    faults,
    transfers,
    async pay(input) {
      const at = clock.now()
      const amount = Math.max(1, input.amount + faults.wrongBy)
      const transfer: Transfer = {
        id: `FT${localDate(at).replaceAll('-', '').slice(2)}${randomInt(1_000_000_000).toString().padStart(9, '0')}`, ...input, amount, paidAt: at.toISOString(), told: 'chưa báo',
        statementAmount: faults.statementMissing ? null : faults.statementDiffers ? amount + 1000 : amount,
      }
      transfers.unshift(transfer)
      save()
      if (faults.silent) {
        transfer.told = 'không báo'
        save()
      } else if (faults.lateMs > 0) {
        transfer.told = `sẽ báo sau ${Math.round(faults.lateMs / 1000)} giây`
        const timer = setTimeout(() => {
          timers.delete(timer)
          void tellAll(transfer)
        }, faults.lateMs)
        timer.unref()
        timers.set(timer, transfer)
      } else await tellAll(transfer)
      return transfer
    },
    statement: (day) => ({
      day,
      lines: transfers
        .filter((one) => one.statementAmount !== null && localDate(new Date(one.paidAt)) === day)
        .map(({ id, statementAmount, account, description, payerBank, paidAt }) => ({ transactionId: id, amount: statementAmount, account, description, payerBank, paidAt })),
    }),
    async flush() {
      for (const [timer, transfer] of timers) {
        clearTimeout(timer)
        await tell(transfer)
      }
      timers.clear()
      for (const earlier of waiting.splice(0)) await tell(earlier)
    },
  }
}

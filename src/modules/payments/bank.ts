// The adapter to a bank: asks for the statement of a day, signed as its call-backs are. The demo's simulator is asked in the same way.

import { z } from 'zod'
import type { Ctx } from '#core/ctx.ts'
import { Unavailable } from '#core/errors.ts'
import { SIGNATURE_HEADER, signBody, TIMESTAMP_HEADER } from '#core/payments/signature.ts'
import type { BankProvider } from '#core/payments/types.ts'
import type { Told } from './schema.ts'

const Statement = z.object({
  day: z.iso.date(),
  lines: z.array(z.object({
    transactionId: z.string().min(1).max(100), amount: z.number().int().positive(), account: z.string().min(1), description: z.string(), payerBank: z.string().nullish(),
    paidAt: z.iso.datetime({ offset: true }),
  })),
})

export type FetchStatement = (provider: BankProvider, day: string) => Promise<Told[]>

const PATIENCE_MS = 15_000

/** The transfers a bank booked on a day. Throws Unavailable when it does not answer, answers with an error, or answers what is no statement. */
export const statementOf = (ctx: Pick<Ctx, 'now'>): FetchStatement => async (provider, day) => {
  const timestamp = Math.floor(ctx.now.getTime() / 1000)
  const url = `${provider.statementUrl}?day=${day}`
  const answer = await fetch(url, {
    headers: { [TIMESTAMP_HEADER]: String(timestamp), [SIGNATURE_HEADER]: signBody(provider.secret, timestamp, `day=${day}`), accept: 'application/json' },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch((cause: unknown) => {
    throw new Unavailable('bank', `${provider.name} không trả lời khi lấy sao kê ngày ${day}.`, { cause: cause as Error })
  })
  if (!answer.ok) throw new Unavailable('bank', `${provider.name} trả lời lỗi ${answer.status} khi lấy sao kê ngày ${day}.`)
  const read = Statement.safeParse(await answer.json().catch(() => null))
  if (!read.success || read.data.day !== day) throw new Unavailable('bank', `${provider.name} gửi sao kê ngày ${day} không đúng dạng.`)
  return read.data.lines.map((line) => ({
    provider: provider.id, providerRef: line.transactionId, amountVnd: line.amount, account: line.account, description: line.description, payerBank: line.payerBank ?? null, paidAt: new Date(line.paidAt),
  }))
}

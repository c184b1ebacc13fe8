// What tests of money share: a demand, a bank's signed knock, people at the counter, and the sum that must always come out.

import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { type Ctx, makeCtx, systemCtx } from '#core/ctx.ts'
import { inTransaction } from '#core/db/index.ts'
import { signBody } from '#core/payments/signature.ts'
import type { Role } from '#core/policy/actor.ts'
import { receiveCallback } from './intake.ts'
import { settleDue } from './orders.ts'
import type { Order, OrderLine } from './schema.ts'
import * as store from './store.ts'

export const UNIT = 'th-14797'
export const PAYEE = { unitId: UNIT, bin: '970405', bank: 'Agribank', account: '9991479700001', holder: 'UBND PHUONG HAC THANH' }
export const PROVIDER = { id: 'thu', name: 'Ngân hàng thử', secret: 'x'.repeat(40), statementUrl: 'http://bank.invalid' }

export const feeLine = (code: string, amountVnd: number): OrderLine => ({ code, name: `Khoản ${code}`, kind: 'le_phi', collectAt: 'tiep_nhan', fullVnd: amountVnd, amountVnd, note: null })

/** An officer of the unit in one post. */
export const at = (ctx: Ctx, role: Role, id: string = role, unitId = UNIT): Ctx =>
  makeCtx(ctx, { kind: 'officer', id, name: `Cán bộ ${id}`, posts: [{ id: `${unitId}/${role}`, role, title: role, unitId, unitCode: '14797', unitName: 'Phường', unitPath: 'th' }] })

export const system = (ctx: Ctx): Ctx => systemCtx(ctx, 'Hệ thống')

/** Says what a dossier owes; gives its orders. */
export async function owe(ctx: Ctx, subject: string, due: readonly OrderLine[], code = `H56.14797-${subject.slice(0, 8)}`): Promise<Order[]> {
  await inTransaction(ctx.db, (tx) =>
    settleDue(tx, system(ctx), {
      subject, code, unitId: UNIT, payerName: 'Nguyễn Thị Hoa', citizenId: null, due, reason: 'Mức phải nộp đã thay đổi',
      about: {
        superiorAgency: 'Tỉnh Thanh Hóa', issuingAgency: 'Ủy ban nhân dân phường Hạc Thành', place: 'Thanh Hóa', dossier: { code, trackingUrl: 'http://tinhso.test/tra-cuu/x' },
        applicant: { name: 'Nguyễn Thị Hoa', maskedId: null, address: null, phone: null, email: null }, procedure: 'Đăng ký khai sinh',
      },
    }))
  return store.ordersOf(ctx.db, subject)
}

export interface Knocking {
  readonly id?: string
  readonly amount: number
  readonly description: string
  readonly account?: string
  readonly paidAt?: Date
  readonly secret?: string
  readonly sentAt?: Date
}

/** A call-back over the wire's own bytes. */
export function knock(ctx: Ctx, { id = randomUUID(), amount, description, account = PAYEE.account, paidAt, secret = PROVIDER.secret, sentAt }: Knocking) {
  const now = makeCtx(ctx, ctx.actor)
  const body = JSON.stringify({ transactionId: id, amount, currency: 'VND', account, description, payerBank: 'VCB', paidAt: (paidAt ?? now.now).toISOString() })
  const timestamp = String(Math.floor((sentAt ?? now.now).getTime() / 1000))
  return receiveCallback(system(ctx), { provider: PROVIDER.id, timestamp, signature: signBody(secret, timestamp, body), body })
}

export interface Books {
  readonly inVnd: number
  readonly receiptsVnd: number
  readonly suspenseVnd: number
  readonly refundedVnd: number
  readonly doubled: number
  readonly broken: number
}

/** All books at once: money in (cash given back apart) = receipts + suspense + refunds out of suspense. */
export async function booksOf(ctx: Ctx): Promise<Books> {
  const { rows } = await sql<Record<keyof Books, string>>`select
    (select coalesce(sum(amount_vnd), 0) from payments.transaction where reversed_at is null) as "inVnd",
    (select coalesce(sum(amount_vnd), 0) from payments.receipt where state = 'valid') as "receiptsVnd",
    (select coalesce(sum(amount_vnd), 0) from payments.suspense where state in ('open', 'refunding')) as "suspenseVnd",
    (select coalesce(sum(amount_vnd), 0) from payments.suspense where state = 'refunded') as "refundedVnd",
    (select count(*) from (select order_id from payments.receipt where state = 'valid' group by order_id having count(*) > 1) d) as doubled,
    (select count(*) from payments.payment_order o where (o.state = 'paid') <> exists (select 1 from payments.receipt r where r.order_id = o.id and r.state = 'valid' and r.amount_vnd = o.total_vnd)) as broken`.execute(ctx.db)
  return Object.fromEntries(Object.entries(rows[0]!).map(([key, value]) => [key, Number(value)])) as unknown as Books
}

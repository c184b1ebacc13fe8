// A simulator of a bank with VietQR: pays codes from any of several banks, tells of it by signed call-backs, keeps a statement, can go wrong.

import { createHmac } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { checkSignature, SIGNATURE_HEADER, TIMESTAMP_HEADER } from '#core/payments/signature.ts'
import type { BankProvider } from '#core/payments/types.ts'
import { readVietQr } from '#core/vietqr/index.ts'
import { type BankBook, openBook } from './book.ts'
import { donePage, faultsPage, LATE, payPage, readPage, WRONG } from './pages.tsx'
import type { BankOptions, Faults } from './types.ts'

export type { Bank, BankOptions, Faults, Transfer } from './types.ts'
export type { BankBook } from './book.ts'

/** Below which path the simulator lives. */
export const PREFIX = '/twins/bank'

/** The provider as the platform is told of it in the demo; its secret is made of the instance's own. `base`: where the platform itself reaches it. */
export const demoBank = (secret: string, base: string): BankProvider => ({
  id: 'napas-mo-phong', name: 'Ngân hàng mô phỏng', secret: createHmac('sha256', secret).update('bank-twin').digest('hex'), statementUrl: `${base}${PREFIX}/statement`, payPage: PREFIX,
})

export interface BankTwin extends BankBook {
  readonly options: BankOptions
}

export const createBankTwin = (options: BankOptions): BankTwin => Object.assign(openBook(options), { options })

const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

const show = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
  reply.code(status).header('content-security-policy', PAGE_POLICY).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html)

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '')
const fieldsOf = (request: FastifyRequest): Record<string, unknown> => (request.body ?? {}) as Record<string, unknown>

/** Mounts the simulator on the platform's own server, outside its sessions and CSRF checks: a bank is another house. */
export function mountBank(app: FastifyInstance, twin: BankTwin): void {
  const { provider, banks, clock } = twin.options
  const outside = { config: { session: false as const } }

  app.get<{ Querystring: { qr?: unknown } }>(PREFIX, outside, (request, reply) => {
    const qr = text(request.query.qr)
    if (qr === '') return show(reply, readPage(PREFIX, {}))
    const read = readVietQr(qr)
    if ('fault' in read) return show(reply, readPage(PREFIX, { qr, fault: read.fault }), 422)
    return show(reply, payPage(PREFIX, qr, read, banks))
  })

  app.post(`${PREFIX}/transfers`, outside, async (request, reply) => {
    const fields = fieldsOf(request)
    const qr = text(fields['qr'])
    const read = readVietQr(qr)
    const bank = banks.find((one) => one.code === text(fields['bank'])) ?? banks[0]!
    if ('fault' in read) return show(reply, readPage(PREFIX, { qr, fault: read.fault }), 422)
    if (read.amountVnd === null) return show(reply, readPage(PREFIX, { qr, fault: 'Mã này không ghi số tiền; ngân hàng mô phỏng chỉ trả mã có số tiền.' }), 422)
    const transfer = await twin.pay({ amount: read.amountVnd, account: read.account, description: read.purpose ?? '', payerBank: bank.shortName })
    return show(reply, donePage(PREFIX, transfer, '/ho-so'))
  })

  app.get(`${PREFIX}/faults`, outside, (_request, reply) => show(reply, faultsPage(PREFIX, twin.faults, false, twin.transfers)))

  app.post(`${PREFIX}/faults`, outside, (request, reply) => {
    const fields = fieldsOf(request)
    for (const name of ['doubled', 'reordered', 'forged', 'silent', 'statementDiffers', 'statementMissing', 'down'] as const satisfies readonly (keyof Faults)[]) twin.faults[name] = fields[name] === '1'
    twin.faults.lateMs = LATE.find(([ms]) => String(ms) === fields['lateMs'])?.[0] ?? 0
    twin.faults.wrongBy = WRONG.find(([vnd]) => String(vnd) === fields['wrongBy'])?.[0] ?? 0
    return show(reply, faultsPage(PREFIX, twin.faults, true, twin.transfers))
  })

  app.get<{ Querystring: { day?: unknown } }>(`${PREFIX}/statement`, outside, (request, reply) => {
    if (twin.faults.down) return reply.code(503).send({ error: 'down' })
    const day = text(request.query.day)
    const signed = checkSignature(provider.secret, { timestamp: request.headers[TIMESTAMP_HEADER], signature: request.headers[SIGNATURE_HEADER], body: `day=${day}` }, clock.now())
    if (signed !== 'good') return reply.code(401).send({ error: signed })
    return /^\d{4}-\d\d-\d\d$/.test(day) ? reply.header('cache-control', 'no-store').send(twin.statement(day)) : reply.code(400).send({ error: 'day' })
  })
}

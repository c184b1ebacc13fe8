// What a payment does and what is asked for, as tables of cases and as properties: nothing lost, nothing taken twice.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Actor, Role } from '#core/policy/actor.ts'
import { canCancel, canCollect, canCount, canMatch, canPayRefund, canSign, changeOf, cannotPay, demandOf, referenceIn, settle, shares } from './rules.ts'
import type { OrderLine } from './schema.ts'

const payee = { unitId: 'u', bin: '970405', bank: 'Agribank', account: '999', holder: 'X' }
const order = { state: 'open' as const, totalVnd: 50_000, expiresAt: new Date('2026-11-30T16:59:59Z'), payee, unitId: 'u', voidReason: null }
const told = { amountVnd: 50_000, account: '999', paidAt: new Date('2026-11-22T03:00:00Z') }

describe('a transfer', () => {
  it.each([
    ['of the very sum pays', order, told, { appliedVnd: 50_000, suspense: null }],
    ['to nobody known is set aside', null, told, { appliedVnd: 0, suspense: { amountVnd: 50_000, reason: 'unknown_reference' } }],
    ['to another account', order, { ...told, account: '1' }, { appliedVnd: 0, suspense: { amountVnd: 50_000, reason: 'wrong_account' } }],
    ['of what was paid before', { ...order, state: 'paid' as const }, told, { appliedVnd: 0, suspense: { amountVnd: 50_000, reason: 'already_paid' } }],
    ['of what fell', { ...order, state: 'void' as const }, told, { appliedVnd: 0, suspense: { amountVnd: 50_000, reason: 'order_void' } }],
    ['made after the end', order, { ...told, paidAt: new Date('2026-12-01T00:00:00Z') }, { appliedVnd: 0, suspense: { amountVnd: 50_000, reason: 'late' } }],
    ['of less', order, { ...told, amountVnd: 49_999 }, { appliedVnd: 0, suspense: { amountVnd: 49_999, reason: 'less' } }],
    ['of more pays, the rest is set aside', order, { ...told, amountVnd: 50_001 }, { appliedVnd: 50_000, suspense: { amountVnd: 1, reason: 'more' } }],
    ['where the unit has no account', { ...order, payee: null }, told, { appliedVnd: 0, suspense: { amountVnd: 50_000, reason: 'wrong_account' } }],
  ])('%s', (_what, asked, given, expected) => expect(settle(asked, given)).toEqual(expected))

  it('is never more nor less than what came in', () => {
    const asked = fc.option(fc.record({ state: fc.constantFrom('open', 'paid', 'void'), totalVnd: fc.integer({ min: 1, max: 1e9 }), payee: fc.constantFrom(payee, null), late: fc.boolean() }))
    fc.assert(fc.property(asked, fc.integer({ min: 1, max: 2e9 }), fc.boolean(), (one, amountVnd, right) => {
      const found = settle(one && { ...one, state: one.state as 'open', expiresAt: one.late ? new Date(0) : order.expiresAt }, { ...told, amountVnd, account: right ? '999' : '1' })
      expect(found.appliedVnd + (found.suspense?.amountVnd ?? 0)).toBe(amountVnd)
      expect([0, one?.totalVnd]).toContain(found.appliedVnd)
    }))
  })

  it.each([
    ['TS23456789AB', 'TS23456789AB'], ['ts23456789ab chuyen tien', 'TS23456789AB'], ['MBVCB.123.TS2345 6789AB.CT tu 0123', 'TS23456789AB'], ['TS234567', null], ['', null], ['TSO1234567890', null],
  ])('finds its reference in %j', (text, expected) => expect(referenceIn(text)).toBe(expected))
})

const line = (code: string, amountVnd: number): OrderLine => ({ code, name: code, kind: 'phi', collectAt: 'tiep_nhan', fullVnd: amountVnd, amountVnd, note: null })
const known = (id: string, state: 'open' | 'paid' | 'void', ...lines: OrderLine[]) => ({ id, state, lines })

describe('what is asked for', () => {
  it('everything at first, nothing when it is asked for already', () => {
    expect(demandOf([line('A', 5)], [])).toEqual({ keep: [], revoke: [], open: [line('A', 5)], over: [] })
    expect(demandOf([line('A', 5)], [known('1', 'open', line('A', 5))])).toEqual({ keep: ['1'], revoke: [], open: [], over: [] })
  })
  it('a changed sum revokes what nobody paid, and asks for the whole', () =>
    expect(demandOf([line('A', 8)], [known('1', 'open', line('A', 5))])).toMatchObject({ revoke: ['1'], open: [line('A', 8)] }))
  it('only the difference of what was paid', () => {
    const [more] = demandOf([{ ...line('A', 8), fullVnd: 8 }], [known('1', 'paid', line('A', 5))]).open
    expect(more).toMatchObject({ code: 'A', amountVnd: 3 })
  })
  it('a lower sum is over', () => {
    expect(demandOf([line('A', 2)], [known('1', 'paid', line('A', 5))])).toMatchObject({ open: [], over: [{ code: 'A', orderId: '1', amountVnd: 3 }] })
    expect(demandOf([line('A', 2)], [known('1', 'paid', line('A', 5))], [{ orderId: '1', code: 'A', amountVnd: 3 }]).over).toEqual([])
    expect(demandOf([line('A', 1)], [known('1', 'paid', line('A', 5)), known('2', 'paid', line('A', 3))]).over).toEqual([{ orderId: '2', code: 'A', amountVnd: 3 }, { orderId: '1', code: 'A', amountVnd: 4 }])
  })
  it('a further line is asked for by itself', () =>
    expect(demandOf([line('A', 5), line('B', 7)], [known('1', 'open', line('A', 5))])).toMatchObject({ keep: ['1'], open: [line('B', 7)] }))
  it('nothing due revokes all', () => expect(demandOf([], [known('1', 'open', line('A', 5))])).toMatchObject({ revoke: ['1'], open: [] }))

  it('paid and asked for is what is due, whatever happened before', () => {
    const lines = fc.uniqueArray(fc.record({ code: fc.constantFrom('A', 'B', 'C'), vnd: fc.integer({ min: 1, max: 9 }) }), { selector: (one) => one.code }).map((all) => all.map((one) => line(one.code, one.vnd)))
    fc.assert(fc.property(fc.array(fc.tuple(lines, fc.boolean()), { maxLength: 6 }), (steps) => {
      let orders: { id: string; state: 'open' | 'paid' | 'void'; lines: readonly OrderLine[] }[] = []
      const back: { orderId: string; code: string; amountVnd: number }[] = []
      for (const [i, [due, pays]] of steps.entries()) {
        const found = demandOf(due, orders, back)
        orders = orders.map((one) => (found.revoke.includes(one.id) ? { ...one, state: 'void' as const } : one))
        if (found.open.length > 0) orders.push({ id: String(i), state: 'open', lines: found.open })
        back.push(...found.over)
        for (const code of ['A', 'B', 'C']) {
          const held = orders.filter((one) => one.state !== 'void').flatMap((one) => one.lines).filter((one) => one.code === code).reduce((sum, one) => sum + one.amountVnd, 0)
          const given = back.filter((one) => one.code === code).reduce((sum, one) => sum + one.amountVnd, 0)
          expect(held - given).toBe(due.find((one) => one.code === code)?.amountVnd ?? 0)
        }
        expect(demandOf(due, orders, back)).toMatchObject({ revoke: [], open: [], over: [] })
        if (pays) orders = orders.map((one) => (one.state === 'open' ? { ...one, state: 'paid' as const } : one))
      }
    }))
  })
})

describe('who may', () => {
  const officer = (role: Role, unitId = 'u', id = 'me'): Actor => ({ kind: 'officer', id, name: id, posts: [{ id: 'p', role, title: '', unitId, unitCode: '', unitName: '', unitPath: '' }] })
  const receipt = { unitId: 'u', state: 'valid' as const, method: 'cash' as const, issuedBy: 'other' }
  const day = { unitId: 'u', state: 'counted' as const, countedBy: 'other' }
  it.each<[string, unknown, string | null]>([
    ['a cashier collects', canCollect(order, officer('thu_phi'), null), null],
    ['the one-stop desk collects', canCollect(order, officer('mot_cua'), null), null],
    ['another unit does not', canCollect(order, officer('thu_phi', 'v'), null), 'payments.not_cashier'],
    ['a specialist does not', canCollect(order, officer('chuyen_vien'), null), 'payments.not_cashier'],
    ['not twice', canCollect({ ...order, state: 'paid' }, officer('thu_phi'), null), 'payments.already_paid'],
    ['not after the day is shut', canCollect(order, officer('thu_phi'), { state: 'closed' }), 'payments.day_closed'],
    ['still while it is counted', canCollect(order, officer('thu_phi'), { state: 'counted' }), null],
    ['a leader cancels', canCancel(receipt, officer('lanh_dao_don_vi'), null), null],
    ['a cashier does not', canCancel(receipt, officer('thu_phi'), null), 'payments.not_leader'],
    ['nobody cancels their own', canCancel({ ...receipt, issuedBy: 'me' }, officer('chu_tich'), null), 'payments.own_receipt'],
    ['not after the day is shut', canCancel(receipt, officer('chu_tich'), { state: 'closed' }), 'payments.day_closed'],
    ['no transfer is cancelled', canCancel({ ...receipt, method: 'transfer' }, officer('chu_tich'), null), 'payments.transfer_receipt'],
    ['a shut day is not counted', canCount('u', officer('thu_phi'), { state: 'closed' }), 'payments.day_closed'],
    ['a second person signs', canSign(day, officer('lanh_dao_don_vi')), null],
    ['who counted does not', canSign({ ...day, countedBy: 'me' }, officer('chu_tich')), 'payments.four_eyes'],
    ['what nobody counted is not signed', canSign(null, officer('chu_tich')), 'payments.not_counted'],
    ['the owner matches', canMatch({ unitId: 'u', state: 'open' }, officer('thu_phi')), null],
    ['the one-stop desk does not', canMatch({ unitId: 'u', state: 'open' }, officer('mot_cua')), 'payments.not_owner'],
    ['who decided does not pay out', canPayRefund({ unitId: 'u', state: 'ordered', decidedBy: 'me' }, officer('thu_phi')), 'payments.four_eyes'],
    ['nothing is paid out undecided', canPayRefund({ unitId: 'u', state: 'proposed', decidedBy: null }, officer('thu_phi')), 'payments.refund_not_ordered'],
    ['sums of another unit pay nothing', cannotPay(order, [{ amountVnd: 50_000, unitId: 'v' }]), 'payments.other_unit'],
    ['too little pays nothing', cannotPay(order, [{ amountVnd: 49_999, unitId: 'u' }]), 'payments.not_enough'],
    ['enough pays', cannotPay(order, [{ amountVnd: 30_000, unitId: 'u' }, { amountVnd: 20_000, unitId: 'u' }]), null],
  ])('%s', (_what, found, code) => expect((found as { code: string } | null)?.code ?? null).toBe(code))

  it('change is given, too little is told', () => {
    expect(changeOf(order, 100_000)).toBe(50_000)
    expect(changeOf(order, 49_000)).toMatchObject({ message: expect.stringContaining('còn thiếu 1.000 đ') })
  })
  it('sums chosen are used up to what is owed, to the đồng', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 100 }), fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (total, amounts) => {
      const found = shares(total, amounts)
      expect(found.map((one) => one.usedVnd + one.leftVnd)).toEqual(amounts)
      expect(found.reduce((sum, one) => sum + one.usedVnd, 0)).toBe(Math.min(total, amounts.reduce((sum, one) => sum + one, 0)))
    }))
  })
})

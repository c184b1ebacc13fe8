// What anybody may ask: procedures, what a filing would come to, deadlines, units of any date, a dossier by its code.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Caller, caller, filed, records } from './caller.ts'

let app: TestApp
let call: Caller
let now = new Date('2026-11-20T02:00:00Z')

beforeAll(async () => {
  app = await testApp({ clock: { now: () => now } })
  call = await caller(app)
})
afterAll(() => app.close())

describe('procedures', () => {
  test('are found with and without accents, in pages whose cursor is opaque', async () => {
    for (const q of ['đăng ký kết hôn', 'dang ky ket hon', 'DANG KY  KET HON']) {
      const { status, body } = await call(null, 'GET', `/procedures?q=${encodeURIComponent(q)}`)
      expect(status).toBe(200)
      expect(body.items[0], q).toMatchObject({ code: '1.000894', name: 'Đăng ký kết hôn', level: expect.any(String) })
    }
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const page: { body: { items: { code: string }[]; next: string | null } } = await call(null, 'GET', `/procedures?limit=7${next ? `&cursor=${next}` : ''}`)
      seen.push(...page.body.items.map((item) => item.code))
      next = page.body.next
    }
    expect(seen.toSorted()).toEqual(records.map((record) => record.code).toSorted())
  })

  test.each(['%', '_', "'", "'; drop table x; --", '\\', '"', '|', 'a'.repeat(500), '🙂', '\u0000', 'đ'.normalize('NFD')])('a search for %j is a search', async (q) => {
    for (const path of ['/procedures', '/units']) {
      const { status, body } = await call(null, 'GET', `${path}?q=${encodeURIComponent(q)}`)
      expect([200, 422], JSON.stringify(body).slice(0, 200)).toContain(status)
      if (q === '%' || q === '_') expect(status).toBe(200)
    }
  })

  test('a wildcard finds nothing that has no wildcard in it', async () => {
    expect((await call(null, 'GET', '/units?q=%25%25')).body.items).toEqual([])
  })

  test('one of them whole, with the schema of its form', async () => {
    const { body } = await call(null, 'GET', '/procedures/1.000894')
    expect(body).toMatchObject({
      code: '1.000894', formSchema: { type: 'object', properties: { applicant_full_name: { type: 'string' } } }, form: { sections: expect.any(Array) },
      reasons: { refusal: expect.arrayContaining([expect.objectContaining({ code: 'under_age' })]) },
    })
    expect(body.steps.map((step: { id: string }) => step.id)).toContain('tiep_nhan')
    expect((await call(null, 'GET', '/procedures/9.999999')).status).toBe(404)
    expect((await call(null, 'GET', '/procedures/%00')).status).toBeLessThan(500)
  })

  test.each([['cursor=xx', 400], ['cursor=WyJvIiwtMV0', 400], ['limit=0', 422], ['limit=x', 422], ['limit=100000', 200], ['q=a&q=b', 422]])('?%s → %i', async (query, status) => {
    expect((await call(null, 'GET', `/procedures?${query}`)).status).toBe(status)
  })
})

describe.each(records.map((record) => [record.code, record] as const))('the golden cases of %s', (code, record) => {
  test.each(record.cases.map((golden) => [golden.title, golden] as const))('%s', async (_title, { form, applicant, channel, receivedAt, expect: wanted }) => {
    const { status, body } = await call(null, 'POST', `/procedures/${code}/evaluation`, { body: { form, applicant, channel, receivedAt } })
    expect(status, JSON.stringify(body)).toBe(200)
    const sorted = (list: readonly string[]) => [...new Set(list)].toSorted()
    if (wanted.valid !== undefined) expect(body.valid).toBe(wanted.valid)
    if (wanted.errors) expect(sorted(body.errors.map((one: { key: string }) => one.key))).toEqual(sorted(wanted.errors))
    if (wanted.requiredParts) expect(sorted(body.requiredParts)).toEqual(sorted(wanted.requiredParts))
    if (wanted.fee !== undefined) expect(body.totalFee).toBe(wanted.fee)
    if (wanted.dueOn) expect(body.dueOn).toBe(wanted.dueOn)
    if (wanted.route) expect(body.route).toEqual(wanted.route)
    expect(body.fees.reduce((sum: number, fee: { amount: number }) => sum + fee.amount, 0)).toBe(body.totalFee)
  })
})

describe('deadlines', () => {
  test('are said with their derivation; the zone may be missing or its plus lost in the address', async () => {
    const whole = await call(null, 'GET', `/deadlines?procedure=1.000894&channel=truc_tuyen&receivedAt=${encodeURIComponent('2026-07-14T09:00:00+07:00')}`)
    expect(whole).toMatchObject({ status: 200, body: { dueOn: '2026-07-15', derivation: expect.stringMatching(/\S/) } })
    for (const at of ['2026-07-14T09:00:00+07:00', '2026-07-14T09:00:00', '2026-07-14T09:00', '2026-07-14 09:00', '2026-07-14T02:00:00Z', '2026-07-14T02:00:00.000Z']) {
      expect((await call(null, 'GET', `/deadlines?procedure=1.000894&channel=truc_tuyen&receivedAt=${at}`)).body.dueAt, at).toBe(whole.body.dueAt)
    }
    expect((await call(null, 'GET', '/deadlines?procedure=1.000894')).body).toMatchObject({ channel: 'truc_tuyen', receivedAt: now.toISOString() })
  })

  test.each([['receivedAt=2026-02-30', 422], ['receivedAt=hôm nay', 422], ['receivedAt=9999-01-01', 422], ['receivedAt=2026-13-01T00:00:00Z', 422], ['channel=fax', 422]])('%s → %i', async (query, status) => {
    const answer = await call(null, 'GET', `/deadlines?procedure=1.000894&${query}`)
    expect(answer.status).toBe(status)
    expect(answer.body.errors[0].key).toBe(query.split('=')[0])
  })

  test('without a procedure, or with one that is not there', async () => {
    expect((await call(null, 'GET', '/deadlines')).body.errors).toEqual([{ key: 'procedure', message: expect.any(String) }])
    expect((await call(null, 'GET', '/deadlines?procedure=9.999999')).status).toBe(404)
  })
})

describe('units', () => {
  test('a code or name of the province before the merger leads to who is in charge today', async () => {
    const old = await call(null, 'GET', '/units?code=14797&on=2025-01-01')
    expect(old.body.items[0]).toMatchObject({ code: 'CU.14797', validTo: '2025-06-30', inCharge: { code: expect.any(String) }, successors: expect.arrayContaining([expect.objectContaining({ main: true })]) })
    const living = await call(null, 'GET', '/units?code=14797')
    expect(living.body.items).toMatchObject([{ code: '14797', inCharge: { code: '14797' }, successors: [] }])
    const named = await call(null, 'GET', `/units?q=${encodeURIComponent('phường Đông Hải')}`)
    expect(named.body.items.some((item: { validTo: string | null }) => item.validTo === '2025-06-30')).toBe(true)
    const bare = await call(null, 'GET', `/units?q=${encodeURIComponent('ha trung')}&on=2025-01-01`)
    expect(bare.body.items.map((item: { code: string }) => item.code)).toEqual(expect.arrayContaining(['392', 'CU.15271']))
    expect((await call(null, 'GET', '/units?code=khong-co')).body.items).toEqual([])
    expect((await call(null, 'GET', '/units?on=2026-02-30')).status).toBe(422)
  })

  test('one unit, where it takes dossiers and what it came from', async () => {
    const { body } = await call(null, 'GET', '/units/14797')
    expect(body).toMatchObject({ code: '14797', receivedBy: { code: '14797' }, predecessors: expect.arrayContaining([expect.objectContaining({ on: '2025-07-01' })]) })
    expect((await call(null, 'GET', '/units/000.15.23.H56')).body).toMatchObject({ validTo: '2025-06-30' })
    expect((await call(null, 'GET', '/units/nowhere')).status).toBe(404)
  })

  test('all of them in pages, none twice', async () => {
    const seen: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page: { body: { items: { code: string }[]; next: string | null } } = await call(null, 'GET', `/units?limit=100${next ? `&cursor=${next}` : ''}`)
      seen.push(...page.body.items.map((item) => item.code))
      next = page.body.next
    }
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThan(1000)
  })
})

describe('tracking', () => {
  test('shows state, dates and agencies, never a whole name or number; 60 a minute from one address', async () => {
    const code = await filed(call, 'congdan1')
    const { status, body } = await call(null, 'GET', `/track/${code.toLowerCase()}`)
    expect(status).toBe(200)
    expect(body).toMatchObject({ code, state: 'MOI_DANG_KY', portalStatus: 1, procedure: '1.000894', receivedByUnitName: expect.stringContaining('Hạc Thành') })
    expect(body.applicant).toMatch(/^(\S\* )+\S+$/u)
    expect(JSON.stringify(body)).not.toMatch(/0900|0912|038/)
    expect((await call(null, 'GET', '/track/H56.14797-260101-9999')).status).toBe(404)
    now = new Date(now.getTime() + 300_000)
    const statuses: number[] = []
    for (let i = 0; i < 62; i++) statuses.push((await call(null, 'GET', `/track/${code}`)).status)
    expect(statuses.filter((one) => one === 200)).toHaveLength(60)
    const last = await call(null, 'GET', `/track/${code}`)
    expect(last).toMatchObject({ status: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } })
  })
})

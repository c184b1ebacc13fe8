// Many at once: one key gives one thing, one item is done once, numbers have no gaps.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Answer, type Caller, caller, filed, goldenOf, pdfPart, ready } from './caller.ts'

let app: TestApp
let call: Caller

beforeAll(async () => {
  app = await testApp()
  call = await caller(app)
  await Promise.all(['congdan1', 'congdan2', 'motcua.14797'].map((login) => app.token(login)))
})
afterAll(() => app.close())

const times = <T>(n: number, run: (i: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: n }, (_, i) => run(i)))
const different = (answers: Answer[], pick: (answer: Answer) => unknown) => [...new Set(answers.map(pick))]
const draft = (body: object = {}) => ({ procedure: '1.000894', unit: '14797', channel: 'truc_tuyen', applicant: { fullName: 'Nguyễn Thị Hoa' }, form: goldenOf('1.000894').form, ...body })

describe('one key', () => {
  test('100 submissions at once: one dossier, one number, one answer', async () => {
    const id = await ready(call, 'congdan1')
    const answers = await times(100, () => call('congdan1', 'POST', `/dossiers/${id}/submission`, { key: 'mot-khoa' }))
    expect(different(answers, (one) => one.status)).toEqual([200])
    expect(different(answers, (one) => JSON.stringify(one.body))).toHaveLength(1)
    expect(answers.filter((one) => one.headers['idempotency-replayed'] === undefined)).toHaveLength(1)
    const { rows } = await app.database.pool.query("select count(*) from core.event where name = 'dossiers.submitted' and subject = $1", [id])
    expect(rows[0].count).toBe(1)
  })

  test('100 submissions at once without any key are one dossier too', async () => {
    const id = await ready(call, 'congdan1')
    const answers = await times(100, () => call('congdan1', 'POST', `/dossiers/${id}/submission`))
    expect(different(answers, (one) => `${one.status} ${one.body.code}`)).toHaveLength(1)
  })

  test('100 beginnings at once: one draft', async () => {
    const answers = await times(100, () => call('congdan2', 'POST', '/dossiers', { body: draft(), key: 'ban-nhap-1' }))
    expect(different(answers, (one) => one.status)).toEqual([201])
    expect(different(answers, (one) => one.body.id)).toHaveLength(1)
    expect((await call('congdan2', 'GET', '/dossiers?state=NHAP')).body.items).toHaveLength(1)
  })

  test('100 beginnings with one client key in the body, no header: one draft', async () => {
    const answers = await times(100, () => call('congdan3', 'POST', '/dossiers', { body: draft({ clientKey: 'k1' }) }))
    expect(different(answers, (one) => `${one.status} ${one.body.id}`)).toHaveLength(1)
  })

  test('with another body is refused; of another caller it is another key', async () => {
    const key = 'chung-khoa'
    const first = await call('congdan1', 'POST', '/dossiers', { body: draft(), key })
    expect(first.status).toBe(201)
    expect(await call('congdan1', 'POST', '/dossiers', { body: draft({ unit: '15865' }), key })).toMatchObject({ status: 422, body: { errors: [{ key: 'Idempotency-Key' }] } })
    const other = await call('congdan4', 'POST', '/dossiers', { body: draft(), key })
    expect(other.status).toBe(201)
    expect(other.body.id).not.toBe(first.body.id)
    expect(await call('congdan1', 'POST', '/dossiers', { body: draft(), key: 'có dấu cách' .normalize('NFD').replace(/[^ -~]/g, '') })).toMatchObject({ status: 400 })
  })

  test('a refusal is an answer too, and is kept', async () => {
    const id = (await call('congdan1', 'POST', '/dossiers', { body: draft({ form: {} }) })).body.id
    const first = await call('congdan1', 'POST', `/dossiers/${id}/submission`, { key: 'thieu' })
    const second = await call('congdan1', 'POST', `/dossiers/${id}/submission`, { key: 'thieu' })
    expect([first.status, second.status]).toEqual([422, 422])
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotency-replayed']).toBe('true')
  })

  test('one upload sent twice with one key is one part', async () => {
    const id = (await call('congdan1', 'POST', '/dossiers', { body: draft() })).body.id
    const answers = await times(5, () => call('congdan1', 'POST', `/dossiers/${id}/parts`, { ...pdfPart('to_khai'), key: 'tep-1' }))
    expect(different(answers, (one) => `${one.status} ${one.body.id}`)).toHaveLength(1)
    expect((await call('congdan1', 'GET', `/dossiers/${id}`)).body.parts).toHaveLength(1)
  })

  test('whose owner died half an hour ago is taken over; one still running is waited for', async () => {
    const id = await ready(call, 'congdan1')
    const who = (await app.as('congdan1')).actor
    const actor = `citizen:${who.kind === 'citizen' ? who.id : ''}`
    const { digestOf } = await import('#core/idempotency.ts')
    const digest = digestOf('POST', `/api/v1/dossiers/${id}/submission`, undefined)
    const plant = (key: string, at: Date) =>
      app.database.pool.query('insert into core.idempotency (actor, key, request_digest, created_at) values ($1, $2, $3, $4)', [actor, key, digest, at])
    await plant('dead', new Date(Date.now() - 1_800_000))
    expect((await call('congdan1', 'POST', `/dossiers/${id}/submission`, { key: 'dead' })).status).toBe(200)
    await plant('alive', new Date())
    const waiting = call('congdan1', 'POST', `/dossiers/${id}/submission`, { key: 'alive' })
    await new Promise((done) => setTimeout(done, 300))
    await app.database.pool.query("update core.idempotency set status = 200, content_type = 'application/json', body = $3 where actor = $1 and key = $2",
      [actor, 'alive', JSON.stringify((await call('congdan1', 'POST', `/dossiers/${id}/submission`)).body)])
    expect((await waiting).headers['idempotency-replayed']).toBe('true')
    await plant('old', new Date(Date.now() - 25 * 3_600_000))
    expect((await call('congdan1', 'POST', `/dossiers/${id}/submission`, { key: 'old' })).status).toBe(200)
  })
})

test('60 dossiers handed in at once get 60 numbers in a row', async () => {
  const ids: string[] = []
  for (let i = 0; i < 60; i++) ids.push(await ready(call, 'congdan9', { unit: '15889' }))
  const started = performance.now()
  const answers = await Promise.all(ids.map((id) => call('congdan9', 'POST', `/dossiers/${id}/submission`)))
  const seconds = (performance.now() - started) / 1000
  expect(different(answers, (one) => one.status)).toEqual([200])
  const numbers = answers.map((one) => Number(one.body.code.slice(-4))).toSorted((a, b) => a - b)
  expect(numbers).toEqual(Array.from({ length: 60 }, (_, i) => i + 1))
  console.log(`submissions: ${(60 / seconds).toFixed(0)}/s`)
})

test('half of them failing leaves no gap', async () => {
  const good = await Promise.all(Array.from({ length: 10 }, () => ready(call, 'congdan6', { unit: '15271' })))
  const bad = await times(10, async () => (await call('congdan6', 'POST', '/dossiers', { body: draft({ unit: '15271', form: {} }) })).body.id as string)
  const answers = await Promise.all(good.flatMap((id, i) => [call('congdan6', 'POST', `/dossiers/${id}/submission`), call('congdan6', 'POST', `/dossiers/${bad[i]}/submission`)]))
  expect(answers.filter((one) => one.status === 200).map((one) => Number(one.body.code.slice(-4))).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('two officers finishing one item at once: one does it, the other is told so', async () => {
  for (let round = 0; round < 5; round++) {
    const code = await filed(call, 'congdan1')
    const { body } = await call('motcua.14797', 'GET', `/work?dossier=${code}`)
    const [item] = body.items
    const second = await app.token('motcua2.14797').then(() => 'motcua2.14797', () => 'motcua.14797')
    const answers = await Promise.all([
      call('motcua.14797', 'POST', `/work/${item.id}/completion`, { body: { outcome: item.outcomes[0].key } }),
      call(second, 'POST', `/work/${item.id}/completion`, { body: { outcome: item.outcomes[0].key } }),
    ])
    expect(answers.map((one) => one.status).toSorted()).toEqual([200, 409])
    expect(answers.find((one) => one.status === 409)!.body).toMatchObject({ code: 'work.already_done', detail: expect.stringContaining('đã') })
  }
})

test('what one officer has claimed no other finishes, until it is given back', async () => {
  const code = await filed(call, 'congdan1')
  const item = (await call('motcua.14797', 'GET', `/work?dossier=${code}`)).body.items[0]
  expect((await call('motcua.14797', 'POST', `/work/${item.id}/claim`)).body).toMatchObject({ state: 'claimed', claimedByMe: true })
  expect((await call('motcua2.14797', 'POST', `/work/${item.id}/claim`))).toMatchObject({ status: 409, body: { code: 'work.claimed' } })
  expect((await call('motcua2.14797', 'POST', `/dossiers/${code}/acceptance`))).toMatchObject({ status: 409 })
  expect((await call('motcua2.14797', 'POST', `/work/${item.id}/release`)).status).toBe(403)
  expect((await call('motcua.14797', 'POST', `/work/${item.id}/release`)).body).toMatchObject({ state: 'open' })
  expect((await call('motcua2.14797', 'POST', `/work/${item.id}/completion`, { body: { outcome: 'tiep_nhan_ho_so' } })).status).toBe(200)
  expect((await call('motcua.14797', 'POST', `/work/${item.id}/completion`, { body: { outcome: 'khong_co' } })).status).toBe(409)
})

test('evaluation is quick', async () => {
  const { form, channel, receivedAt } = goldenOf('1.000894')
  const started = performance.now()
  await times(300, () => call(null, 'POST', '/procedures/1.000894/evaluation', { body: { form, channel, receivedAt } }))
  console.log(`evaluations: ${(300 / ((performance.now() - started) / 1000)).toFixed(0)}/s`)
})

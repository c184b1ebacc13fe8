// The database lost in the middle of a step: the step is done again or plainly refused, and never half done.

import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../support/app.ts'
import { type Caller, caller, filed, ready } from './caller.ts'

let app: TestApp
let call: Caller
let admin: pg.Client

beforeAll(async () => {
  app = await testApp()
  call = await caller(app)
  admin = new pg.Client({ connectionString: app.database.url })
  await admin.connect()
  await app.token('congdan1')
  await app.token('motcua.14797')
})
afterAll(async () => {
  await admin.end()
  await app.close()
})

const killAll = () => admin.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')

async function waiting(): Promise<number> {
  const { rows } = await admin.query("select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")
  return rows[0].n
}

/** Holds up whoever takes a number, so that the kill falls into the middle of the step for certain. */
async function inTheMiddle(series: string, act: () => Promise<unknown>): Promise<void> {
  await admin.query('insert into core.counter (series, last) values ($1, 0) on conflict do nothing', [series])
  await admin.query('begin')
  await admin.query('select * from core.counter where series = $1 for update', [series])
  const acting = act()
  await expect.poll(waiting, { timeout: 5000, interval: 20 }).toBeGreaterThan(0)
  await killAll()
  await admin.query('commit')
  await acting
}

const today = () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)

test('killed in the middle of a submission: done again by itself, one number, one event', async () => {
  const id = await ready(call, 'congdan1')
  await inTheMiddle(`dossier:H56.14797:${today()}`, async () => {
    const answer = await call('congdan1', 'POST', `/dossiers/${id}/submission`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    expect(answer.body.code).toMatch(/-0001$/)
  })
  const { rows } = await admin.query("select count(*)::int as n from core.event where subject = $1 and name = 'dossiers.submitted'", [id])
  expect(rows[0].n).toBe(1)
})

test('killed in the middle of an acceptance, with a key: one receipt', async () => {
  const code = await filed(call, 'congdan1')
  await inTheMiddle(`receipt:th-14797:${today().slice(0, 4)}`, async () => {
    const answer = await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`, { key: 'nhan-1' })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  })
  const again = await call('motcua.14797', 'POST', `/dossiers/${code}/acceptance`, { key: 'nhan-1' })
  expect(again).toMatchObject({ status: 200, body: { receiptNo: '0001' } })
  const { rows } = await admin.query("select count(*)::int as n from dossiers.paper p join dossiers.dossier d on d.id = p.dossier_id where d.code = $1 and p.kind = 'receipt'", [code])
  expect(rows[0].n).toBe(1)
})

test('killed again and again while thirty people submit: each hears yes or 503, tries on, and nothing is half done', async () => {
  const ids = await Promise.all(Array.from({ length: 30 }, () => ready(call, 'congdan2', { unit: '15889' })))
  const seen: number[] = []
  let storm = true
  const killing = (async () => {
    while (storm) {
      await killAll()
      await new Promise((done) => setTimeout(done, 60))
    }
  })()
  setTimeout(() => (storm = false), 3000)
  await Promise.all(ids.map(async (id) => {
    for (let attempt = 0; attempt < 40; attempt++) {
      const answer = await call('congdan2', 'POST', `/dossiers/${id}/submission`, { key: `nop-${id}` })
      seen.push(answer.status)
      if (answer.status === 200) return
      if (answer.status === 503) expect(answer.headers['retry-after']).toBeDefined()
      await new Promise((done) => setTimeout(done, 100))
    }
    throw new Error('never got through')
  }))
  await killing
  expect([...new Set(seen)].filter((status) => ![200, 503, 409].includes(status))).toEqual([])
  const { rows } = await admin.query(
    `select d.code, d.state, (select count(*)::int from core.event e where e.subject = d.id::text and e.name = 'dossiers.submitted') as events,
       (select count(*)::int from work.item i where i.subject = d.id::text and i.state = 'open') as items from dossiers.dossier d where d.id = any($1::uuid[])`, [ids])
  expect(rows).toHaveLength(30)
  for (const row of rows) expect(row).toMatchObject({ state: 'MOI_DANG_KY', events: 1, items: 1 })
  expect(rows.map((row) => Number(row.code.slice(-4))).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
}, 60_000)

test('reading meanwhile is waited for', async () => {
  const code = await filed(call, 'congdan1')
  const reading = Promise.all(Array.from({ length: 40 }, (_, i) => call(i % 2 ? 'congdan1' : 'motcua.14797', 'GET', `/dossiers/${code}`)))
  await killAll()
  for (const answer of await reading) expect([200, 503]).toContain(answer.status)
  expect((await call('congdan1', 'GET', `/dossiers/${code}`)).status).toBe(200)
})

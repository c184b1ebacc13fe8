// A plan that was taken back after everybody had been told of it: the house is as it was to the byte, and everybody is told once more.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCtx, systemCtx } from '#core/ctx.ts'
import { type Dossier, viewDossier } from '#modules/dossiers/index.ts'
import { Visitor } from '../desk/visitor.ts'
import { listHolders, listUnitsById, postsHeldBy } from '#modules/org/index.ts'
import { previewContent, previewRollBack } from '#modules/reorg/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { jobs, procedureTextsOf } from './deps.ts'
import { broughtBack, carriedOut, differences, dump, peopleOf, plan } from './support.ts'

const clock = new MovableClock('2026-11-16T08:10:00+07:00')
let app: TestApp
let dossier: Dossier
let id = ''
beforeAll(async () => {
  app = await testApp({ clock })
  const golden = procedureTextsOf('1.004194').cases.find((one) => one.expect.valid !== false)!
  dossier = await file({ ...(await app.as('motcua.14797')), now: clock.now() }, { procedure: '1.004194', unit: '14797', channel: 'truc_tiep', form: golden.form, applicant: { ...golden.applicant, phone: '0912345678' } })
})
afterAll(() => app.close())

const run = (name: string, payload: unknown) => jobs.find((job) => job.name === name)!.run(systemCtx(app.env, 'Hệ thống'), payload as never)

/** Tells whoever waits to be told, twice over, and sends what can be sent. */
async function tell(): Promise<void> {
  const { rows } = await sql<{ id: number; payload: unknown }>`select j.id, payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'reorg.tell' order by j.id`.execute(app.env.db)
  for (let again = 0; again < 2; again++) for (const { payload } of rows) await run('reorg.tell', payload)
  await sql`delete from graphile_worker._private_jobs where id = any(${rows.map((row) => row.id)}::bigint[])`.execute(app.env.db)
  await sql`update notify.message set state = 'sent', sent_at = created_at, next_at = null where seq % 2 = 0 and state = 'waiting'`.execute(app.env.db)
}
const messages = async (template: string) => (await sql<{ body: string; recipient: string; unit_id: string }>`select body, recipient, unit_id from notify.message where template = ${template} order by seq`.execute(app.env.db)).rows

const merger = (unit: string) => ({
  steps: [
    { kind: 'create' as const, unit: { id: unit, code: unit.toUpperCase(), name: `Ủy ban nhân dân phường ${unit}`, kind: 'phuong', level: 'xa' as const, parent: 'th', identifier: `H56.${unit.toUpperCase()}`, key: 'ubnd_xa', like: 'th-14797' } },
    { kind: 'merge' as const, from: ['th-14797', 'th-14758'], into: unit },
  ],
})

describe('after everybody was told', () => {
  test('taking back is the identity but for the named append-only tables; the unit is gone', async () => {
    const before = await dump(app.env.db)
    id = (await carriedOut(app, merger('tam'))).id
    await tell()
    expect((await messages('dossiers.unit_moved')).length + (await messages('dossiers.desk_moved')).length).toBe(1)
    const [desk] = await listHolders(app.env.db, 'tam-pvhcc', 'mot_cua', '2026-11-16')
    const officer = makeCtx(app.env, { kind: 'officer', id: desk!.id, name: desk!.fullName, posts: await postsHeldBy(app.env.db, desk!.id, '2026-11-16') } as never)
    await viewDossier({ ...officer, now: clock.now() }, dossier.id)
    const seen = await previewRollBack(await peopleOf(app).drawer(), { plan: id })
    expect(seen.remain).toEqual([])
    expect(seen.worked).toEqual([])
    await broughtBack(app, id)
    expect(await listUnitsById(app.env.db, ['tam'])).toEqual([])
    expect(differences(before, await dump(app.env.db))).toEqual([])
  })

  test('who was told is told once that it was taken back, officers too', async () => {
    const had = await messages('office.reorg_moved')
    await tell()
    const back = await messages('dossiers.unit_back')
    expect(back).toHaveLength(1)
    expect(back[0]!.body).toContain(dossier.code!)
    const officers = await messages('office.reorg_back')
    expect(new Set(officers.map((one) => one.recipient))).toEqual(new Set([...had, ...(await messages('office.reorg_unposted'))].map((one) => one.recipient)))
    expect(new Set(officers.map((one) => one.recipient + one.body)).size).toBe(officers.length)
    expect(officers[0]!.body).toContain('đã hoàn tác')
    expect((await messages('office.reorg_moved')).length).toBe(had.length)
  })

  test('who signed in, looked and worked nothing there keeps nothing alive, and goes on in the old post; pages name the unit that is no more', async () => {
    const planId = (await carriedOut(app, merger('qua'))).id
    const officer = await Visitor.at(app, 'motcua.14797')
    await officer.get(`/desk/dossiers/${dossier.code}`)
    expect(officer.page.status).toBe(200)
    const { rows: [seen] } = await sql<{ n: number }>`select count(*)::int as n from dossiers.view where unit_path <@ 'th.qua'`.execute(app.env.db)
    expect(seen!.n).toBeGreaterThan(0)
    const { rows: [signed] } = await sql<{ n: number }>`select count(*)::int as n from identity.session s join org.post p on p.id = s.post_id where p.unit_id like 'qua%'`.execute(app.env.db)
    expect(signed!.n).toBe(1)
    await tell()
    expect((await previewRollBack(await peopleOf(app).drawer(), { plan: planId })).remain).toEqual([])
    await broughtBack(app, planId)
    expect(await listUnitsById(app.env.db, ['qua'])).toEqual([])
    await officer.get(`/desk/dossiers/${dossier.code}`)
    expect([officer.page.status, officer.page.text]).toEqual([200, expect.stringContaining('phường Hạc Thành')])
    await officer.get('/desk')
    expect([officer.page.status, officer.page.text]).toEqual([200, expect.not.stringContaining('phường qua')])
    const admin = await Visitor.at(app, 'quantriht.h56')
    for (const path of ['/admin/outbox', '/admin/outbox?unit=qua-pvhcc', `/admin/reorganisations/${planId}`, `/admin/reorganisations/${planId}/run`, `/admin/reorganisations/${planId}/report`]) {
      await admin.get(path)
      expect([path, admin.page.status]).toEqual([path, 200])
    }
    const anybody = new Visitor(app)
    for (const code of ['QUA', 'qua', 'H56.QUA', 'Ủy ban nhân dân phường qua']) {
      await anybody.get(`/don-vi/${encodeURIComponent(code)}`)
      expect([code, anybody.page.status, anybody.page.text]).toEqual([code, 200, expect.stringContaining('đã hoàn tác ngày 16/11/2026')])
      expect(anybody.page.html).toContain('/don-vi/14797')
    }
    const api = await app.server.inject({ url: '/api/v1/units/QUA' })
    expect([api.statusCode, api.json()]).toEqual([404, expect.objectContaining({ code: 'org.unit_taken_back', detail: expect.stringContaining('như trước') })])
  })
})

describe('the preview', () => {
  test('warns of every role that an open step waits for and that nobody would hold', async () => {
    const drawer = await peopleOf(app).drawer()
    const nobody = async (follow: boolean) => (await previewContent(drawer, plan({ day: '2026-11-16', ...merger('vang'), follow }))).faults.filter((fault) => fault.code === 'work.nobody')
    expect(await nobody(true)).toEqual([])
    const { rows } = await sql<{ role: string }>`select distinct role from work.item where state in ('open', 'claimed') and unit_path <@ 'th.th_14797' and role <> 'cong_dan'`.execute(app.env.db)
    expect(rows.length).toBeGreaterThan(0)
    const found = await nobody(false)
    expect(found).toHaveLength(rows.length)
    expect(found[0]).toMatchObject({ severity: 'warns', unitId: 'vang', message: expect.stringMatching(/phường vang: \d+ việc đang mở chờ .+ chưa ai ở đó giữ vai trò ấy/) })
  })
})

test('an act before the shut gate is told what to do, with when; what was typed is kept', { timeout: 60_000 }, async () => {
  const officer = await Visitor.at(app, 'quantriht.h56')
  await officer.get('/admin/reorganisations/new')
  const client = await app.database.pool.connect()
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock(20250701)')
    // as whoever has the house alone says it, outside its own transaction
    await app.database.pool.query(`insert into core.gate (run, began_at, expected_ms, done, of, doing) values (gen_random_uuid(), clock_timestamp() - interval '2 minutes', 480000, 12, 31, 'Hồ sơ')`)
    const sent = officer.post('/admin/reorganisations', [['title', 'Nhập hai xã'], ['decisionNo', '9/NQ'], ['decisionOn', '20/11/2026'], ['day', '24/11/2026'], ['windowDays', '30'], ['note', 'Ghi "nhớ"'], ['follow', '1']])
    const api = app.server.inject({ method: 'POST', url: '/api/v1/dossiers', headers: { authorization: `Bearer ${await app.token('motcua.14797')}` }, payload: { procedure: '2.000884', unit: '14797', channel: 'truc_tiep', form: {}, applicant: { fullName: 'Nguyễn Thị Hoa', phone: '0900100001' } } })
    const [answer] = await Promise.all([api, sent])
    expect([answer.statusCode, answer.headers['retry-after'], answer.json().detail]).toEqual([503, expect.stringMatching(/^3[3-6]\d$/), expect.stringContaining('xong 12 trên 31 phần, dự kiến còn nhiều nhất khoảng 6 phút')])
    expect([officer.page.status, officer.page.text]).toEqual([503, expect.stringContaining('chưa được ghi, những gì đã gửi trước đó không mất; xin gửi lại sau 6 phút')])
    expect(officer.page.html).toContain('name="note" value="Ghi &quot;nhớ&quot;"')
  } finally {
    await client.query('rollback')
    await client.query('delete from core.gate')
    client.release()
  }
  await officer.press(/Gửi lại/)
  expect([officer.page.status, officer.page.text]).toEqual([200, expect.stringContaining('Nhập hai xã')])
})

// Who is told of a reorganisation: citizens with open dossiers and officers concerned, each once; terms never grow longer by it.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { newestEvent } from '#core/events/index.ts'
import { jobs } from '#main/modules.ts'
import { remember, toldOnce } from '#main/reorg-2025/checks.ts'
import { begin, type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { deciding, reckon } from '#modules/dossiers/lifecycle.ts'
import { getVersion } from '#modules/procedures/index.ts'
import { Visitor } from '../desk/visitor.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { procedureTextsOf } from './deps.ts'
import { carriedOut } from './support.ts'

const clock = new MovableClock('2026-11-16T08:10:00+07:00')
let app: TestApp
let dossier: Dossier
let drafts: Dossier[] = []
let since = 0
beforeAll(async () => {
  app = await testApp({ clock })
  const golden = procedureTextsOf('1.004194').cases.find((one) => one.expect.valid !== false)!
  dossier = await file({ ...(await app.as('motcua.14797')), now: clock.now() }, { procedure: '1.004194', unit: '14797', channel: 'truc_tiep', form: golden.form, applicant: { ...golden.applicant, phone: '0912345678' } })
  const draft = { procedure: '1.004194', unit: '14797', form: golden.form, clientKey: null }
  const applicant = { fullName: 'Nguyễn Thị Hoa', phone: '0912345679', ...golden.applicant } as never
  drafts = [
    await begin({ ...(await app.as('congdan1')), now: clock.now() }, { ...draft, channel: 'truc_tuyen', applicant }),
    await begin({ ...(await app.as('motcua.14797')), now: clock.now() }, { ...draft, channel: 'truc_tiep', applicant }),
  ]
  await remember(app.env.db)
  since = await newestEvent(app.env.db)
  await carriedOut(app, {
    steps: [
      { kind: 'create', unit: { id: 'bao-tin', code: 'BT', name: 'Ủy ban nhân dân phường Báo Tin', kind: 'phuong', level: 'xa', parent: 'th', identifier: 'H56.BT', key: 'ubnd_xa', like: 'th-14797' } },
      { kind: 'merge', from: ['th-14797', 'th-14758'], into: 'bao-tin' },
    ],
  })
})
afterAll(() => app.close())

const waiting = async () => (await sql<{ payload: never }>`select payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'reorg.tell' order by j.id`.execute(app.env.db)).rows
const told = async (template: string) => (await sql<{ body: string; recipient: string; channel: string }>`select body, recipient, channel from notify.message where template = ${template} order by seq`.execute(app.env.db)).rows

describe('after execution', () => {
  test('the citizen is told in one sentence where the dossier is now, once; officers too', async () => {
    const tell = jobs.find((job) => job.name === 'reorg.tell')!
    const batches = await waiting()
    expect(batches.length).toBeGreaterThan(1)
    for (let again = 0; again < 2; again++) for (const { payload } of batches) await tell.run(systemCtx(app.env, 'Hệ thống'), payload)
    const messages = [...(await told('dossiers.unit_moved')), ...(await told('dossiers.desk_moved'))]
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatchObject({ channel: 'sms', body: expect.stringContaining(dossier.code!) })
    expect(messages[0]!.body).toContain('phường Báo Tin')
    const officers = await told('office.reorg_moved')
    expect(officers.length).toBeGreaterThan(10)
    expect(new Set(officers.map((one) => one.recipient + one.body)).size).toBe(officers.length)
    expect((await told('office.reorg_unposted'))[0]?.body).toContain('chưa được giao chức danh mới')
  })

  test('who holds a draft is told where it is handed in now, once: the citizen at home, the officer who typed it at the counter', async () => {
    const [online, counter] = drafts
    const mine = await told('dossiers.draft_moved')
    expect(mine.map(({ channel }) => channel).sort()).toEqual(['inapp', 'sms'])
    for (const { body } of mine) expect(body).toMatch(/phường Báo Tin.*còn nguyên/)
    expect(mine.find(({ channel }) => channel === 'inapp')!.body).toContain(online!.procedureName)
    const theirs = await told('office.draft_moved')
    expect(theirs).toMatchObject([{ channel: 'inapp', recipient: counter!.filedBy, body: expect.stringContaining('nay sẽ nộp ở Ủy ban nhân dân phường Báo Tin') }])
    const { rows } = await sql<{ href: string }>`select href from notify.message where template in ('dossiers.draft_moved', 'office.draft_moved') order by 1`.execute(app.env.db)
    expect(rows.map(({ href }) => href)).toEqual([`/desk/dossiers/${counter!.id}`, `/ho-so/${online!.id}`, `/ho-so/${online!.id}`])
    const officer = await Visitor.at(app, counter!.filedBy!.replace(/^cb-/, ''))
    await officer.get(`/desk/dossiers/${counter!.id}`)
    expect([officer.page.status, officer.page.url]).toEqual([200, `/desk/counter/filings/${counter!.id}/form/all`])
  })

  test('the check of the great run sees a draft that was not told, one told twice and a stranger who was', async () => {
    const db = app.env.db
    expect(await toldOnce(db, since)).toMatchObject({ ok: true, detail: expect.stringMatching(/^1 hồ sơ và 2 bản nháp .* 0 chưa báo, 0 báo lặp, 0 báo nhầm$/) })
    const spoilt = async (spoil: ReturnType<typeof sql>): Promise<string> => {
      let detail = ''
      await db.transaction().execute(async (tx) => {
        await sql`set local session_replication_role = replica`.execute(tx)
        await spoil.execute(tx)
        const found = await toldOnce(tx as never, since)
        expect(found.ok).toBe(false)
        detail = found.detail
        throw new Error('back')
      }).catch((thrown: Error) => expect(thrown.message).toBe('back'))
      return detail
    }
    expect(await spoilt(sql`delete from notify.message where template = 'office.draft_moved'`)).toContain('1 chưa báo')
    expect(await spoilt(sql`delete from core.event where name = 'dossiers.unit_moved' and subject = ${drafts[0]!.id}`)).toContain('1 chưa báo')
    const again = (subject: string) => sql`insert into core.event (name, at, actor_kind, request_id, subject, data) select name, at, actor_kind, request_id, ${subject}, data from core.event where name = 'dossiers.unit_moved' and subject = ${dossier.id}`
    expect(await spoilt(again(dossier.id))).toContain('1 báo lặp')
    expect(await spoilt(again(dossier.versionId))).toContain('1 báo nhầm')
  })

  test('no calendar of the heir makes a promised term longer', async () => {
    const ctx = systemCtx(app.env, 'test')
    const now = await needDossier(app.env.db, ctx, dossier.id)
    const accepted = { ...now, acceptedAt: clock.now(), promisedUnitId: 'th-14797', decidedUnitId: 'bao-tin' }
    const version = await getVersion(app.env.db, now.versionId)
    const due = async () => reckon(ctx, accepted, version, clock.now(), [], await deciding(app.env.db, systemCtx(app.env, 'test'), accepted))
    const before = (await due()).dueAt
    await sql`insert into calendars.entry (unit_id, unit_path, kind, from_on, to_on, name, basis, made_at, made_by_name) values ('bao-tin', 'th.bao_tin', 'closure', '2026-11-17', '2026-12-31', 'Chuyển trụ sở', 'CV', now(), 'A')`.execute(app.env.db)
    const after = await due()
    expect(after.dueAt).toEqual(before)
    expect(after.derivation).toContain('đã hẹn trước khi sắp xếp')
  })
})

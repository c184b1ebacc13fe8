// A calendar changed under a thousand open dossiers: the worker dies in the middle and begins again, officers go on working meanwhile; every
// deadline moves exactly once, to where a first count would put it, and no promise comes earlier.

import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ctx, systemCtx } from '#core/ctx.ts'
import { jobs } from '#main/modules.ts'
import { changeCalendar, calendarOf } from '#modules/calendars/index.ts'
import { react } from '#core/events/index.ts'
import { accept, calendarMoves, completeStep, type Dossier, previewCalendar } from '#modules/dossiers/index.ts'
import { listItems } from '#modules/work/index.ts'
import { addWorkingTime, deadline, localDate } from '#core/workdays/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { doerOf } from '../support/walk.ts'
import { fileCase, goldenOf, MovableClock, records } from '../desk/people.ts'

const MANY = 1000
const clock = new MovableClock('2026-11-16T08:00:00+07:00')
let app: TestApp
let first: Dossier
let ids: string[]

async function multiply(dossier: string, n: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`with made as (
      insert into dossiers.dossier (code, procedure_code, procedure_name, version_id, state, channel, applicant, applicant_name, search, form, received_unit_id, received_unit_path,
        decided_unit_id, decided_unit_path, created_at, updated_at, submitted_at, reception_due_at, accepted_at, receipt_no, due_at, first_due_at, derivation, answered_at)
      select code || '-' || n, procedure_code, procedure_name, version_id, state, channel, applicant, applicant_name, search, form, received_unit_id, received_unit_path,
        decided_unit_id, decided_unit_path, created_at, updated_at, submitted_at, reception_due_at, accepted_at, n::text, due_at, first_due_at, derivation, answered_at
      from dossiers.dossier, generate_series(1, ${n}) n where id = ${dossier} returning id),
    parties as (insert into dossiers.party select made.id, p.unit_id, p.unit_path, p.since from made, dossiers.party p where p.dossier_id = ${dossier}),
    processes as (insert into work.process (subject, definition, status, root, scopes, variables, next_token, last_end, places, timer_job, started_at)
      select made.id::text, definition, status, root, scopes, variables, next_token, last_end, places, timer_job, started_at from made, work.process where subject = ${dossier} returning id, subject),
    tokens as (insert into work.token (process_id, id, element, scope, status, rest) select processes.id, t.id, t.element, t.scope, t.status, t.rest
      from processes, work.token t join work.process p on p.id = t.process_id where p.subject = ${dossier}),
    items as (insert into work.item (process_id, token, subject, step, name, role, unit_id, unit_path, hours, clock, portal_status, outcomes, does, state, opened_at, due_at)
      select processes.id, i.token, processes.subject, i.step, i.name, i.role, i.unit_id, i.unit_path, i.hours, i.clock, i.portal_status, i.outcomes, i.does, i.state, i.opened_at, i.due_at
      from processes, work.item i where i.subject = ${dossier} and i.state in ('open', 'claimed'))
    select id from made`.execute(app.env.db)
  return rows.map((row) => row.id)
}

beforeAll(async () => {
  app = await testApp({ clock })
  const record = records.find((one) => one.code === '1.004194')!
  const filed = await fileCase(app, clock, record, goldenOf(record).receivedAt, 1)
  clock.to('2026-11-16T08:00:00+07:00')
  first = await accept(await app.as('motcua.14797'), { dossier: filed.code! })
  ids = [first.id, ...(await multiply(first.id, MANY - 1))]
  await sql`analyze`.execute(app.env.db)
}, 120_000)
afterAll(() => app.close())

const change = (more: object) => ({ unit: null, end: [], basis: 'Công điện 15/CĐ-UBND ngày 16/11/2026', add: [], ...more })
const storm = (from: string, to = from) => [{ kind: 'closure' as const, from, to, name: 'Nghỉ tránh bão số 12', sessions: null }]

/** Runs what the queue holds for the calendar, as a worker would; a db that dies after `lives` transactions stands for a killed process. */
async function work(ctx: Ctx): Promise<void> {
  for (;;) {
    const { rows } = await app.database.pool.query<{ id: string; task: string; payload: never }>(
      "select j.id, t.identifier as task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'dossiers.calendar' or (t.identifier = 'react' and j.payload->>'reaction' = 'dossiers.calendar') order by j.id limit 1")
    const job = rows[0]
    if (!job) return
    if (job.task === 'react') await react(ctx, job.payload)
    else await jobs.find((one) => one.name === job.task)!.run(ctx, job.payload)
    await app.database.pool.query('delete from graphile_worker._private_jobs where id = $1 and payload::text = $2::text', [job.id, JSON.stringify(job.payload)])
    const still = await app.database.pool.query('select payload::text as p from graphile_worker._private_jobs where id = $1', [job.id])
    if (still.rows[0] && JSON.parse(still.rows[0].p).after === (job.payload as { after?: string }).after) await app.database.pool.query('delete from graphile_worker._private_jobs where id = $1', [job.id])
  }
}

const mortal = (lives: number): Ctx => {
  const ctx = systemCtx(app.env, 'Hệ thống')
  let left = lives
  const db = new Proxy(ctx.db, {
    get: (target, key) => {
      if (key === 'transaction' && left-- <= 0) throw new Error('tiến trình bị giết')
      const value = Reflect.get(target, key) as unknown
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  return { ...ctx, db }
}

const moves = async (event: number) => (await sql<{ dossier: string; n: number }>`select dossier_id::text as dossier, count(*)::int as n from dossiers.deadline where calendar_event = ${event} group by 1`.execute(app.env.db)).rows
const facts = async (event: number) => (await sql<{ subject: string; n: number }>`select subject, count(*)::int as n from core.event where name = 'dossiers.deadline_moved' and (data->>'calendarEvent')::bigint = ${event} group by 1`.execute(app.env.db)).rows

describe('a storm on the second day', () => {
  let event: number

  test('is weighed before it is written: how many move, and none is shown', async () => {
    const admin = await app.as('quantriht.h56')
    const began = performance.now()
    const preview = await previewCalendar(admin, { ...change({ add: storm('2026-11-17', '2026-11-18') }), late: false } as never)
    const took = performance.now() - began
    console.log('xem trước 1.000 hồ sơ, ms:', Math.round(took))
    expect(preview).toMatchObject({ open: MANY, looked: MANY, later: MANY, kept: 0 })
    expect(took).toBeLessThan(20_000) // a second on a quiet machine
    expect((await sql<{ n: number }>`select count(*)::int as n from dossiers.deadline where calendar_event is not null`.execute(app.env.db)).rows[0]!.n).toBe(0)
  })

  test('killed in the middle and begun again, with officers at work: each moves once', { timeout: 120_000 }, async () => {
    ;({ event } = await changeCalendar(await app.as('quantriht.h56'), change({ add: storm('2026-11-17', '2026-11-18') }) as never))
    await expect(work(mortal(150))).rejects.toThrow('bị giết')
    const half = (await moves(event)).length
    expect(half).toBeGreaterThan(50)
    expect(half).toBeLessThan(MANY)
    const acting = Promise.all(ids.slice(-5).map(async (id) => {
      const [item] = (await listItems(app.env.db, id)).filter((one) => one.state === 'open')
      const officer = await app.as(await doerOf(app, item!))
      return completeStep(officer, { item: item!.id, outcome: item!.outcomes[0]!.key }).then(() => 'done', (error: { code?: string }) => error.code ?? 'fault')
    }))
    const began = performance.now()
    await work(systemCtx(app.env, 'Hệ thống'))
    console.log('tính lại phần còn lại, ms:', Math.round(performance.now() - began), 'người làm cùng lúc:', await acting)
    expect((await moves(event)).every((row) => row.n === 1)).toBe(true)
    expect(await moves(event)).toHaveLength(MANY)
    expect(await facts(event)).toHaveLength(MANY)
    expect((await facts(event)).every((row) => row.n === 1)).toBe(true)
    expect(await calendarMoves(app.env.db, event)).toEqual({ moved: MANY, kept: 0 })
  })

  test('to where a first count puts it, shares of steps with it', async () => {
    const calendar = await calendarOf(app.env.db, systemCtx(app.env, 'test'), 'th-14797')
    const rows = (await sql<{ due_at: Date; n: number }>`select due_at, count(*)::int as n from dossiers.dossier where accepted_at is not null group by 1`.execute(app.env.db)).rows
    expect(rows).toHaveLength(1)
    const record = records.find((one) => one.code === '1.004194')!
    const term = record.channels.find((one) => one.channel === first.channel)?.term ?? record.term
    expect(rows[0]!.due_at).toEqual(deadline({ term, receivedAt: first.acceptedAt!, calendar }).dueAt)
    expect(rows[0]!.due_at.getTime()).toBeGreaterThan(first.dueAt!.getTime())
    for (const item of (await listItems(app.env.db, ids[10]!)).filter((one) => one.state === 'open' && one.dueAt)) {
      const counted = addWorkingTime(item.openedAt, item.hours, calendar)
      expect(item.dueAt).toEqual(counted > rows[0]!.due_at ? rows[0]!.due_at : counted)
    }
  })

  test('run once more it does nothing', async () => {
    await app.database.pool.query("select graphile_worker.add_job('react', json_build_object('event', $1::bigint, 'reaction', 'dossiers.calendar'))", [event])
    await work(systemCtx(app.env, 'Hệ thống'))
    expect((await moves(event)).every((row) => row.n === 1)).toBe(true)
    expect((await facts(event)).every((row) => row.n === 1)).toBe(true)
  })

  test('taken back, no promise comes earlier; it is written down once', { timeout: 120_000 }, async () => {
    const some = 60 // the others are closed by now: one thousand were moved above
    await sql`update dossiers.dossier set closed_at = now(), state = 'DA_TRA' where id not in (select id from dossiers.dossier order by id limit ${some})`.execute(app.env.db)
    const before = (await sql<{ due: Date }>`select max(due_at) as due from dossiers.dossier`.execute(app.env.db)).rows[0]!.due
    const entries = (await sql<{ id: string }>`select id from calendars.entry where ended_at is null`.execute(app.env.db)).rows
    const back = await changeCalendar(await app.as('quantriht.h56'), change({ end: entries.map((row) => row.id), basis: 'Bão đổi hướng, Công điện 16/CĐ-UBND' }) as never)
    await work(systemCtx(app.env, 'Hệ thống'))
    expect(await calendarMoves(app.env.db, back.event)).toMatchObject({ moved: 0, kept: some })
    expect(await facts(back.event)).toEqual([])
    expect((await sql<{ due: Date }>`select min(due_at) as due from dossiers.dossier where accepted_at is not null and closed_at is null`.execute(app.env.db)).rows[0]!.due).toEqual(before)
  })
})

describe('a change of the calendar is refused', () => {
  test.each<[string, string, object, number]>([
    ['to an officer who keeps no unit', 'chuyenvien.14797', { unit: 'th-14797', add: storm('2026-12-01') }, 403],
    ['to a head', 'chutich.14797', { unit: 'th-14797', add: storm('2026-12-01') }, 403],
    ['to the citizen', 'congdan1', { unit: 'th-14797', add: storm('2026-12-01') }, 403],
    ['to the administrator of one commune, for the province', 'quantri.14797', { add: storm('2026-12-01') }, 403],
    ['to the administrator of one commune, for another', 'quantri.14797', { unit: 'th-14758', add: storm('2026-12-01') }, 403],
    ['for a day that has passed', 'quantriht.h56', { add: [{ kind: 'swap_work', from: '2026-11-15', to: '2026-11-15', name: 'Làm bù', sessions: null }] }, 422],
    ['without a decision', 'quantriht.h56', { add: storm('2026-12-01'), basis: '' }, 422],
  ])('%s', async (_what, login, more, status) => {
    await expect(changeCalendar(await app.as(login), change(more) as never)).rejects.toMatchObject({ status })
  })

  test('two words about one day of one unit: the second is told of the first', async () => {
    const admin = await app.as('quantri.14797')
    const given = change({ unit: 'th-14797', add: storm('2026-12-02') }) as never
    const both = await Promise.allSettled([changeCalendar(admin, given), changeCalendar(admin, given)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((both.find((one) => one.status === 'rejected') as PromiseRejectedResult).reason).toMatchObject({ status: 422, fields: [{ message: expect.stringContaining('Nghỉ tránh bão') }] })
    expect(localDate(clock.now())).toBe('2026-11-16')
  })
})

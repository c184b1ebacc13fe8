// Bad days of a reorganisation: a signature in that second, planned twice, the worker killed in the middle, work done before it is brought back.

import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Ctx } from '#core/ctx.ts'
import { makeCtx, systemCtx } from '#core/ctx.ts'
import { type AppError, Conflict } from '#core/errors.ts'
import { jobs, procedureTextsOf } from './deps.ts'
import { completeStep, type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { getUnit, listHolders, listUnits, postsHeldBy, reorgParts, resolveUnit } from '#modules/org/index.ts'
import { canConfirm, confirmPlan, draftPlan, executePlan, getPlan, previewPlan, previewRollBack, rollBackPlan, savePlan, sendPlan } from '#modules/reorg/index.ts'
import type { Item } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { doerOf, file, openItems, saying } from '../support/walk.ts'
import { broughtBack, carriedOut, confirmed, peopleOf, plan } from './support.ts'

const clock = new MovableClock('2026-11-16T08:10:00+07:00')
let app: TestApp
beforeAll(async () => {
  app = await testApp({ clock })
  communes = (await listUnits(app.env.db, { level: 'xa' })).map((unit) => unit.code).toSorted().slice(0, 24)
})
afterAll(() => app.close())
afterEach(() => void vi.restoreAllMocks())

/** Communes of the province, each used by one test only. */
let communes: string[] = []
const commune = (): string => communes.pop()!

const into = (id: string, like: string) => ({
  kind: 'create' as const, unit: { id, code: id.toUpperCase(), name: `Ủy ban nhân dân xã ${id}`, shortName: `UBND xã ${id}`, kind: 'xa', level: 'xa' as const, parent: 'th', identifier: `H56.${id.toUpperCase()}`, key: 'ubnd_xa', like },
})
const merger = (id: string, ...from: string[]) => ({ steps: [into(id, `th-${from[0]}`), { kind: 'merge' as const, from: from.map((one) => `th-${one}`), into: id }] })

async function filed(unit: string, code = '2.000884', more: object = {}): Promise<Dossier> {
  const record = procedureTextsOf(code)
  const golden = record.cases.find((one) => one.expect.valid !== false)!
  return file({ ...(await app.as(`motcua.${unit}`)), now: clock.now() }, { procedure: code, unit, channel: 'truc_tiep', form: golden.form, applicant: { ...golden.applicant, ...more } })
}

async function hand(item: Item): Promise<Ctx> {
  const holder = (await listHolders(app.env.db, item.unitId!, item.role === 'lanh_dao_don_vi' ? 'chu_tich' : item.role, '2026-11-20'))[0]
  return holder ? makeCtx(app.env, { kind: 'officer', id: holder.id, name: holder.fullName, posts: await postsOf(holder.id) } as never) : { ...(await app.as(await doerOf(app, item))), now: clock.now() }
}

const postsOf = (officer: string) => postsHeldBy(app.env.db, officer, '2026-11-20')

async function act(dossier: Dossier, effect?: string): Promise<Dossier> {
  const [item] = await openItems(app, dossier)
  const outcome = (effect && item!.outcomes.find((one) => one.effect === effect)?.key) || item!.outcomes[0]!.key
  return completeStep({ ...(await hand(item!)), now: clock.now() }, { item: item!.id, outcome, ...(await saying(app, dossier, item!, outcome)) })
}

/** Until the next step is the one in which somebody signs. */
async function toSignature(dossier: Dossier): Promise<Item> {
  for (let guard = 0; guard < 12; guard++) {
    const [item] = await openItems(app, dossier)
    if (item!.outcomes.some((one) => one.effect === 'sign')) return item!
    await act(dossier)
  }
  throw new Error('Không đến bước ký')
}

const reload = (dossier: Dossier) => needDossier(app.env.db, systemCtx(app.env, 'test'), dossier.id)

/** Holds whoever comes to the first part of a run until let go. */
function barrier() {
  let go = () => {}
  let came = () => {}
  const [gate, there] = [new Promise<void>((resolve) => { go = resolve }), new Promise<void>((resolve) => { came = resolve })]
  vi.spyOn(reorgParts().find((part) => part.prepare)!, 'prepare').mockImplementationOnce(async () => {
    came()
    await gate
  })
  return { there, go }
}

/** Until the database says so. */
async function until(what: string, query: string, values: readonly unknown[] = []): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if ((await app.database.pool.query(query, [...values])).rowCount) return
    await new Promise((go) => setTimeout(go, 10))
  }
  throw new Error(`Không thấy: ${what}`)
}

const WAITS_AT_GATE = `select 1 from pg_locks where locktype = 'advisory' and not granted and objid = 20250701 and database = (select oid from pg_database where datname = current_database())`

describe('in the second of execution', () => {
  const signs = async (name: string) => {
    const [a, b] = [commune(), commune()]
    const dossier = await filed(a)
    const item = await toSignature(dossier)
    const [leader, said, drawer] = [await hand(item), await saying(app, dossier, item, item.outcomes[0]!.key), await peopleOf(app).drawer()]
    const id = await confirmed(app, plan({ day: '2026-11-16', ...merger(name, a, b) }))
    const sign = () => completeStep({ ...leader, now: clock.now() }, { item: item.id, outcome: item.outcomes.find((one) => one.effect === 'sign')!.key, ...said })
    return { a, b, dossier, item, id, sign, execute: () => executePlan(drawer, { plan: id }) }
  }

  test('a leader who signs on the desk of a unit that ends just before it: execution waits, the signature moves along', async () => {
    const { a, b, dossier, item, id, sign, execute } = await signs('kytruoc')
    const holder = await app.database.pool.connect()
    try {
      await holder.query('begin')
      await holder.query('select 1 from work.item where id = $1 for update', [item.id])
      const signing = sign()
      await until('chữ ký chờ hàng của nó', `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and wait_event in ('transactionid', 'tuple')`)
      const executing = execute()
      await until('việc thi hành chờ ở cửa', WAITS_AT_GATE)
      await holder.query('rollback')
      const [signed, executed] = await Promise.allSettled([signing, executing])
      expect([signed.status, executed.status]).toEqual(['fulfilled', 'fulfilled'])
    } finally {
      holder.release()
    }
    const now = await reload(dossier)
    expect(now.signedAt).not.toBeNull()
    expect(now.receivedUnitPath).not.toMatch(new RegExp(`th_${a}|th_${b}`))
    await broughtBack(app, id)
  })

  test('a leader who signs while it runs is told where to sign now, and signs there; nothing is half signed', async () => {
    const { a, b, dossier, id, sign, execute } = await signs('kysau')
    const { there, go } = barrier()
    const executing = execute()
    await there
    const signing = sign().then(() => null, (error: unknown) => error)
    await new Promise((ready) => setTimeout(ready, 400)) // it has knocked at the gate by now, and finds it shut
    go()
    expect((await executing).state).toBe('da_thi_hanh')
    const refused = await signing
    expect(refused).toBeInstanceOf(Conflict)
    expect([(refused as AppError).code, (refused as AppError).message]).toEqual(['work.unit_reorganised', expect.stringContaining('kysau')])
    const now = await reload(dossier)
    expect([now.signedAt, now.receivedUnitPath]).toEqual([null, expect.not.stringMatching(new RegExp(`th_${a}|th_${b}`))])
    await act(dossier, 'sign')
    expect((await reload(dossier)).signedAt).not.toBeNull()
    await broughtBack(app, id)
  })

  test('pressed twice at once it is executed once; the connection lost in the middle changes nothing twice', async () => {
    const [a, b] = [commune(), commune()]
    await filed(a)
    const id = await confirmed(app, plan({ day: '2026-11-16', ...merger('hai-lan', a, b) }))
    const drawer = await peopleOf(app).drawer()
    let written = 0
    vi.spyOn(reorgParts().find((part) => part.finish)!, 'finish').mockImplementationOnce(async ({ tx }) => {
      // units and dossiers have moved by now, in this transaction
      written = Number((await sql<{ n: number }>`select count(*)::int as n from core.journal where run = ${id}::uuid`.execute(tx)).rows[0]!.n)
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx)
      expect((await app.database.pool.query('select pg_terminate_backend($1) as killed', [rows[0]!.pid])).rows).toEqual([{ killed: true }])
      await sql`select 1`.execute(tx)
    })
    const both = await Promise.all([executePlan(drawer, { plan: id }), executePlan(drawer, { plan: id })])
    expect(written).toBeGreaterThan(0)
    expect(both.map((one) => one.state)).toEqual(['da_thi_hanh', 'da_thi_hanh'])
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from core.event where name = 'reorg.plan_executed' and subject = ${`reorg:${id}`}`.execute(app.env.db)
    expect(rows[0]!.n).toBe(1)
    const twice = await sql<{ n: number }>`select count(*)::int as n from (select table_name, key, count(*) from core.journal where run = ${id}::uuid and before is null group by 1, 2 having count(*) > 1) x`.execute(app.env.db)
    expect(twice.rows[0]!.n).toBe(0)
  })

  test('a worker that stopped after it had begun: the plan goes on from where it was', async () => {
    const [a, b] = [commune(), commune()]
    const id = await confirmed(app, plan({ day: '2026-11-16', ...merger('bo-do', a, b) }))
    await sql`update reorg.plan set state = 'dang_chay' where id = ${id}::uuid`.execute(app.env.db)
    await jobs.find((job) => job.name === 'reorg.due')!.run(systemCtx(app.env, 'Hệ thống') as never, {} as never)
    expect((await getPlan(await peopleOf(app).drawer(), id)).state).toBe('da_thi_hanh')
  })
})

describe('a plan', () => {
  test('that names the units of another is refused when it is sent, and the one sent first stands', async () => {
    const [a, b] = [commune(), commune()]
    const first = await confirmed(app, plan({ day: '2026-11-16', ...merger('mot', a, b) }))
    const drawer = await peopleOf(app).drawer()
    const { id } = await draftPlan(drawer, plan({ day: '2026-11-17', title: 'Lần hai', ...merger('hai', b, a) }))
    expect((await previewPlan(drawer, { plan: id })).faults[0]).toMatchObject({ code: 'reorg.other_plan', severity: 'stops' })
    await expect(sendPlan(drawer, { plan: id, revision: 0 })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('Sắp xếp thử') }] })
    await executePlan(drawer, { plan: first })
    await expect(sendPlan(drawer, { plan: id, revision: 0 })).rejects.toMatchObject({ fields: expect.arrayContaining([expect.objectContaining({ message: expect.stringContaining('đã kết thúc') })]) })
  })

  test('sent by two at once: one goes through', async () => {
    const [a, b] = [commune(), commune()]
    const drawer = await peopleOf(app).drawer()
    const drafts = await Promise.all(['x1', 'x2'].map((id) => draftPlan(drawer, plan({ day: '2026-11-16', title: id, ...merger(id, a, b) }))))
    const sent = await Promise.allSettled(drafts.map(({ id }) => sendPlan(drawer, { plan: id, revision: 0 })))
    expect(sent.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('is confirmed by another person, as it was looked at, and not before its day executed', async () => {
    const [a, b] = [commune(), commune()]
    const { drawer, second } = peopleOf(app)
    const { id } = await draftPlan(await drawer(), plan({ day: '2026-12-01', ...merger('bon-mat', a, b) }))
    const { digest } = await sendPlan(await drawer(), { plan: id, revision: 0 })
    await expect(confirmPlan(await drawer(), { plan: id, digest })).rejects.toMatchObject({ code: 'reorg.four_eyes' })
    await expect(confirmPlan(await second(), { plan: id, digest: 'khác' })).rejects.toMatchObject({ code: 'reorg.changed_since' })
    await expect(confirmPlan({ ...(await app.as('lanhdao.14797')), now: clock.now() }, { plan: id, digest })).rejects.toMatchObject({ code: 'reorg.not_confirmer' })
    await confirmPlan(await second(), { plan: id, digest })
    await expect(executePlan(await drawer(), { plan: id })).rejects.toMatchObject({ code: 'reorg.too_early' })
    await expect(savePlan(await drawer(), { plan: id, revision: 0, content: plan({ day: '2026-12-02', steps: [] }) })).rejects.toMatchObject({ code: 'reorg.not_now' })
    expect(canConfirm({ state: 'cho_xac_nhan', editedBy: [], sentBy: null }, (await app.as('quantri.14797')).actor)).toMatchObject({ kind: 'forbidden' })
  })

  test('kept by two at once: the later is told, nothing is lost', async () => {
    const drawer = await peopleOf(app).drawer()
    const { id } = await draftPlan(drawer, plan({ day: '2026-12-01', steps: [] }))
    await savePlan(drawer, { plan: id, revision: 0, content: plan({ day: '2026-12-02', steps: [], title: 'Người thứ nhất' }) })
    await expect(savePlan(drawer, { plan: id, revision: 0, content: plan({ day: '2026-12-03', steps: [] }) })).rejects.toMatchObject({ code: 'reorg.saved_since' })
    expect((await getPlan(drawer, id)).title).toBe('Người thứ nhất')
  })
})

describe('brought back after work went on', () => {
  test('what was untouched returns, what was done stays done, what is new has the keeper named; nothing is lost', async () => {
    const [a, b] = [commune(), commune()]
    clock.to('2026-11-18T08:00:00+07:00')
    const [quiet, worked] = [await filed(a), await filed(b)]
    const { id } = await carriedOut(app, merger('lui', a, b))
    await act(worked)
    const holder = (await listHolders(app.env.db, 'lui-pvhcc', 'mot_cua', '2026-11-18'))[0] ?? (await listHolders(app.env.db, 'lui', 'mot_cua', '2026-11-18'))[0]!
    const desk = makeCtx(app.env, { kind: 'officer', id: holder.id, name: holder.fullName, posts: await postsOf(holder.id) } as never)
    const golden = procedureTextsOf('2.000884').cases.find((one) => one.expect.valid !== false)!
    const fresh = await file({ ...desk, now: clock.now() }, { procedure: '2.000884', unit: 'LUI', channel: 'truc_tiep', form: golden.form, applicant: golden.applicant })
    clock.to('2026-11-20T08:00:00+07:00')
    const drawer = await peopleOf(app).drawer()
    const seen = await previewRollBack(drawer, { plan: id, keepers: { lui: `th-${b}` } })
    expect(seen.fresh.some((line) => line.keeper === `th-${b}`)).toBe(true)
    expect(seen.remain.map((one) => one.id)).toEqual(['lui'])
    await expect(rollBackPlan(drawer, { plan: id, reason: 'Dừng', digest: 'cũ', keepers: { lui: `th-${b}` } })).rejects.toMatchObject({ code: 'reorg.changed_since' })
    const undone = await broughtBack(app, id, { lui: `th-${b}` })
    expect(undone.fresh).toBeGreaterThan(0)
    expect((await reload(quiet)).receivedUnitId).toMatch(new RegExp(`^th-${a}`))
    const back = await reload(worked)
    expect(back).toMatchObject({ code: worked.code, receivedUnitId: expect.stringMatching(new RegExp(`^th-${b}`)) })
    expect(back.acceptedAt).not.toBeNull()
    for (const item of await openItems(app, back)) expect((await getUnit(app.env.db, item.unitId!)).validTo).toBeNull()
    const kept = await reload(fresh)
    expect(kept).toMatchObject({ code: fresh.code, receivedUnitId: expect.stringMatching(new RegExp(`^th-${b}`)) })
    for (const item of await openItems(app, kept)) expect((await getUnit(app.env.db, item.unitId!)).validTo).toBeNull()
    // the code given meanwhile still answers, and so do the old ones
    expect((await resolveUnit(app.env.db, 'LUI'))[0]!.live.id).toBe(`th-${b}`)
    expect((await resolveUnit(app.env.db, a))[0]!.live.id).toBe(`th-${a}`)
    expect((await resolveUnit(app.env.db, 'H56.LUI', '2026-11-18'))[0]!.live.id).toBe(`th-${b}`)
    await act(kept)
  })

  test('not after its window', async () => {
    const [a, b] = [commune(), commune()]
    const { id } = await carriedOut(app, { ...merger('het-han', a, b), windowDays: 1 })
    clock.to('2026-11-22T08:00:00+07:00')
    await expect(previewRollBack(await peopleOf(app).drawer(), { plan: id })).rejects.toMatchObject({ code: 'reorg.window_over' })
  })
})

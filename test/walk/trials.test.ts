// A draft on the dossiers of the past: an unchanged one gives what really happened; a changed one what the test reckons by itself; two thousand in seconds.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { deadline, localDate, workingHoursBetween } from '#core/workdays/index.ts'
import { jobs } from '#main/modules.ts'
import { completeStep, needDossier, supplement } from '#modules/dossiers/index.ts'
import { beginDraft, getDraft, getProcedure, partOf, type ProcedureRecord, saveDraftPart } from '#modules/procedures/index.ts'
import { beginTrial, getTrial, listTrials, type Trial, trialCases } from '#modules/trials/index.ts'
import { type Item, listItems } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { type Loaded, loadPast } from '../support/past.ts'
import { doerOf, file, openItems, saying } from '../support/walk.ts'

const LAND = '1.013831'
const clock = new MovableClock('2026-11-20T16:00:00+07:00')
const COUNT = 2000
let app: TestApp
let past: Loaded[]
/** those of the last month: enough for what is not about numbers. */
let recent: Loaded[]
const MONTHS = { from: '2026-10-21', to: '2026-11-19' }

beforeAll(async () => {
  app = await testApp({ clock })
  past = await loadPast(app, { procedure: LAND, count: COUNT, until: '2026-11-19' })
  recent = past.filter((one) => localDate(one.submittedAt) >= MONTHS.from)
}, 300_000)
afterAll(() => app.close())

async function draftOf(code: string, change: (record: ProcedureRecord) => Partial<ProcedureRecord> = () => ({})): Promise<string> {
  const ctx = await app.as('kiemsoat.h56')
  const version = await getProcedure(app.env.db, code, '2026-11-20')
  const { id } = await beginDraft(ctx, { from: 'version', version: version.id })
  let draft = await getDraft(app.env.db, id)
  const changed = { ...version.record, ...change(structuredClone(version.record)) } as Record<string, unknown>
  for (const part of ['basics', 'process', 'form', 'fees'] as const) {
    await saveDraftPart(ctx, { draft: id, part, base: draft.revision, value: partOf(changed as never, part) as never })
    draft = await getDraft(app.env.db, id)
  }
  return id
}

const runJobs = async (trial: Trial): Promise<Trial> => {
  await jobs.find((job) => job.name === 'trials.run')!.run(systemCtx(app.env, 'Hệ thống'), { trial: trial.id } as never)
  return getTrial(await app.as('kiemsoat.h56'), trial.draftId, trial.id)
}
async function tried(draft: string, more: { feesAsOf?: string; from?: string; to?: string } = {}): Promise<Trial> {
  const trial = await beginTrial(await app.as('kiemsoat.h56'), { draft, ...MONTHS, ...more })
  return runJobs(trial)
}
const every = async (trial: Trial, tag = 'all') => (await trialCases(await app.as('kiemsoat.h56'), trial.id, tag, { limit: 5000, offset: 0 })).cases
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

describe('two thousand dossiers of a year', () => {
  test('an unchanged draft gives what happened, in seconds, and every figure has its cases', async () => {
    const draft = await draftOf(LAND)
    const [began, used] = [performance.now(), process.cpuUsage()]
    const trial = await tried(draft, { from: '2025-11-20', to: '2026-11-20' })
    const { user, system } = process.cpuUsage(used)
    console.log(`trial of ${COUNT}: ${Math.round(performance.now() - began)} ms, of which this process worked ${Math.round((user + system) / 1000)} ms`)
    // by its own work: other tests may hold the machine
    expect((user + system) / 1000).toBeLessThan(20_000)
    expect(trial).toMatchObject({ state: 'done', total: COUNT, done: COUNT })
    const { result } = trial
    expect(result!.counts).toMatchObject({ all: COUNT, 'fee:same': COUNT })
    expect(result!.money).toMatchObject({ was: sum(past.map((one) => one.fee)), now: sum(past.map((one) => one.fee)) })
    const cases = new Map((await every(trial)).map((one) => [one.code, one]))
    expect(cases.size).toBe(COUNT)
    const said = past.map(({ code }) => {
      const { feeThen, feeNow, lateThen, lateNow, dueThen, dueNow } = cases.get(code)!
      return { code, feeThen, feeNow, lateThen, lateNow, sameDue: dueThen === dueNow }
    })
    expect(said).toEqual(past.map(({ code, fee, late }) => ({ code, feeThen: fee, feeNow: fee, lateThen: late, lateNow: late, sameDue: true })))
    expect(result!.counts['late:then']).toBe(past.filter((one) => one.late).length)
    expect(result!.counts['late:now']).toBe(result!.counts['late:then'])
    expect(result!.counts['late:more'] ?? 0).toBe(0)
    expect(result!.hours.now).toBe(result!.hours.was)
    const ctx = await app.as('kiemsoat.h56')
    const totals = await Promise.all(Object.keys(result!.counts).map(async (tag) => [tag, (await trialCases(ctx, trial.id, tag, { limit: 1, offset: 0 })).total] as const))
    expect(Object.fromEntries(totals)).toEqual(result!.counts)
  })

  test('a shorter term: late are those that took longer than it', async () => {
    const trial = await tried(await draftOf(LAND, () => ({ term: { value: 4, unit: 'ngay_lam_viec' } })))
    const late = new Set((await every(trial, 'late:now')).map((one) => one.code))
    const calendar = app.env.calendar
    const due = new Map((await every(trial)).map((one) => [one.code, one.dueThen]))
    // some parcels have more time by law (at_filing): those are left to the property above
    const usual = (one: Loaded) => due.get(one.code) === deadline({ term: { value: 8, unit: 'ngay_lam_viec' }, receivedAt: one.acceptedAt, calendar }).dueAt.toISOString()
    const checked = recent.filter((one) => one.finishedAt && !one.paused && usual(one))
    expect(checked.length).toBeGreaterThan(40)
    for (const one of checked) {
      const hours = workingHoursBetween(one.acceptedAt, one.finishedAt!, calendar)
      // the fourth working day after the day of acceptance: surely late after five whole days, surely not within four
      if (hours > 40) expect([one.code, late.has(one.code)]).toEqual([one.code, true])
      if (hours < 32) expect([one.code, late.has(one.code)]).toEqual([one.code, false])
    }
    expect(trial.result!.counts['late:more']).toBeGreaterThan(0)
    expect(trial.result!.counts['late:less'] ?? 0).toBe(0)
  })

  test('another fee: the sum moves by what the row says, for whom it says', async () => {
    const trial = await tried(await draftOf(LAND, (record) => ({ fees: record.fees.map((fee) => (fee.code === 'P-TDHS-NN' ? { ...fee, amount: 250_000 } : fee)) })))
    const cases = await every(trial)
    const more = cases.filter((one) => one.feeNow! > one.feeThen)
    expect(more.length).toBeGreaterThan(0)
    expect(new Set(more.map((one) => one.feeNow! - one.feeThen))).toEqual(new Set([100_000]))
    expect(trial.result!.counts['fee:more']).toBe(more.length)
    expect(trial.result!.money.now - trial.result!.money.was).toBe(more.length * 100_000)
  })

  test('a step less, a step more: hours fall away, and come by the median of the role', async () => {
    const without = (record: ProcedureRecord) => record.steps.filter((step) => step.id !== 'soat_xet').map((step) => ({
      ...step, outcomes: step.outcomes.map((outcome) => ({ ...outcome, next: outcome.next === 'soat_xet' ? 'ky' : outcome.next })).map((outcome) => (step.id === 'ky' && outcome.key === 'tra_lai' ? { ...outcome, next: 'chinh_ly' } : outcome)),
    }))
    const less = await tried(await draftOf(LAND, (record) => ({ steps: without(record) })))
    const gone = less.result!.steps.find((step) => step.kind === 'gone')!
    expect(gone).toMatchObject({ id: 'soat_xet', name: expect.any(String) })
    expect(less.result!.hours.was - less.result!.hours.now).toBeCloseTo(gone.totalThen, -1)
    expect(less.result!.counts['late:less']).toBeGreaterThan(0)
    expect(less.result!.counts['late:more'] ?? 0).toBe(0)

    const added = (record: ProcedureRecord): ProcedureRecord['steps'] => record.steps.flatMap((step) => {
      const changed = { ...step, outcomes: step.outcomes.map((outcome) => ({ ...outcome, next: outcome.next === 'cap_so' ? 'doc_lai' : outcome.next })) }
      return step.id === 'ky' ? [changed, { id: 'doc_lai', name: 'Đọc lại', role: 'chuyen_vien' as const, hours: 2, outcomes: [{ key: 'xong', label: 'Xong', next: 'cap_so' }] }] : [changed]
    })
    const more = await tried(await draftOf(LAND, (record) => ({ steps: added(record) })))
    const fresh = more.result!.steps.find((step) => step.id === 'doc_lai')!
    expect(fresh).toMatchObject({ kind: 'new', cases: recent.length })
    expect(fresh.median).toBeCloseTo(more.result!.medians['chuyen_vien']!.hours, 0)
    expect(more.result!.counts['late:more']).toBeGreaterThan(0)
  })

  test('answers to new questions are missing: counted apart, named, and where few answers are possible between two sums', async () => {
    const asked = (record: ProcedureRecord, question: object): ProcedureRecord['form'] => ({ ...record.form, sections: record.form.sections.map((section, i) => (i === 0 ? { ...section, questions: [...section.questions, question as never] } : section)) })
    const few = await tried(await draftOf(LAND, (record) => ({
      form: asked(record, { key: 'khu_vuc', label: 'Khu vực', type: 'radio', required: true, options: [{ value: 'a', label: 'Đồng bằng' }, { value: 'b', label: 'Miền núi' }] }),
      fees: [...record.fees, { code: 'P-MOI', name: 'Phí mới', kind: 'phi', amount: 20_000, when: 'form.khu_vuc = "a"', collectAt: 'tiep_nhan' }],
    })))
    expect(few.result!.counts).toMatchObject({ 'missing:khu_vuc': recent.length, missing: recent.length })
    expect(few.result!.questions['khu_vuc']).toBe('Khu vực')
    // people freed of all fees pay none of the new one either; everybody else pays 0 or 20.000 đồng more
    expect(few.result!.counts['fee:range']! + few.result!.counts['fee:same']!).toBe(recent.length)
    expect(new Set((await every(few, 'fee:range')).map((one) => one.feeTo! - one.feeFrom!))).toEqual(new Set([20_000]))
    expect(new Set((await every(few, 'fee:same')).map((one) => one.feeNow))).toEqual(new Set([0]))
    const many = await tried(await draftOf(LAND, (record) => ({
      form: asked(record, { key: 'so_thua', label: 'Số thửa', type: 'integer', required: true, min: 1 }),
      fees: [...record.fees, { code: 'P-MOI', name: 'Phí mới', kind: 'phi', formula: 'form.so_thua * 1000', collectAt: 'tiep_nhan' }],
    })))
    expect(many.result!.counts).toMatchObject({ 'fee:unknown': recent.length })
    expect(many.result!.money.now).toBe(0)
  })

  test('fees as of one day leave the rows of other days out', async () => {
    const draft = await draftOf(LAND, (record) => ({
      fees: [{ code: 'P', name: 'Phí', kind: 'phi', collectAt: 'tiep_nhan', rates: [{ id: 'cu', until: '2026-12-31', amount: 100_000 }, { id: 'moi', from: '2027-01-01', amount: 150_000 }] }], exemptions: undefined,
      ...(record.effectiveFrom ? {} : {}),
    }))
    expect((await tried(draft)).result!.money.now).toBe(recent.length * 100_000)
    expect((await tried(draft, { feesAsOf: '2027-01-01' })).result!.money.now).toBe(recent.length * 150_000)
  })
})

describe('asking', () => {
  test('twice is once; a run cut off begins anew', async () => {
    const draft = await draftOf(LAND)
    const ctx = await app.as('kiemsoat.h56')
    const ask = { draft, from: '2026-11-01', to: '2026-11-19' }
    const [one, other] = await Promise.all([beginTrial(ctx, ask), beginTrial(ctx, ask)])
    expect(other.id).toBe(one.id)
    await app.env.db.updateTable('trials.trial').set({ state: 'running', done: 3 }).where('id', '=', one.id).execute()
    const done = await runJobs(one)
    expect(done).toMatchObject({ state: 'done', total: done.result!.counts['all'] })
    expect((await listTrials(ctx, draft)).filter((trial) => trial.from === ask.from).map((trial) => trial.id)).toEqual([one.id])
    const again = await runJobs(one)
    expect(again.finishedAt).toEqual(done.finishedAt)
  })

  test('wrong days, no dossiers, a draft that cannot run, a stranger: refused in words', async () => {
    const ctx = await app.as('kiemsoat.h56')
    const draft = await draftOf(LAND)
    await expect(beginTrial(ctx, { draft, from: '2026-11-19', to: '2026-11-01' })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('đứng trước') }] })
    await expect(beginTrial(ctx, { draft, from: '2026-11-01', to: '2027-01-01' })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('sau hôm nay') }] })
    await expect(beginTrial(ctx, { draft, from: '2024-01-01', to: '2024-02-01' })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('Không có hồ sơ nào') }] })
    await expect(beginTrial(await app.as('chuyenvien.14797'), { draft, from: '2026-11-01', to: '2026-11-19' })).rejects.toMatchObject({ code: 'procedures.not_publisher' })
    const [trial] = await listTrials(ctx, draft)
    await expect(getTrial(await app.as('chuyenvien.14797'), draft, trial!.id)).rejects.toMatchObject({ status: 403 })
    await expect(getTrial(ctx, draft, 'khong-co')).rejects.toMatchObject({ status: 404 })
    const broken = await draftOf(LAND, (record) => ({ fees: [{ ...record.fees[0]!, formula: 'form.khong_co' }] }))
    await expect(beginTrial(ctx, { draft: broken, from: '2026-11-01', to: '2026-11-19' })).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('khong_co') }] })
  })
})

describe('dossiers lived by the platform itself', () => {
  const CODE = '1.004363'
  const effect = (item: Item, name: string) => item.outcomes.find((one) => one.effect === name)?.key
  const step = async (id: string, choose: (item: Item) => string | undefined = () => undefined) => {
    const dossier = await needDossier(app.env.db, systemCtx(app.env, 'test'), id)
    const [item] = await openItems(app, dossier)
    const outcome = choose(item!) ?? item!.outcomes[0]!.key
    return completeStep({ ...(await app.as(await doerOf(app, item!))), now: clock.now() }, { item: item!.id, outcome, ...(await saying(app, dossier, item!, outcome)) })
  }

  test('in time, late, paused, refused, under way: an unchanged draft says the same of each', async () => {
    const { record } = await getProcedure(app.env.db, CODE, '2026-10-01')
    const golden = record.cases.find((one) => one.expect.valid !== false)!
    const filed = async (at: string) => {
      clock.to(at)
      return file({ ...(await app.as('motcua.14797')), now: clock.now() }, { procedure: CODE, unit: '14797', channel: 'truc_tiep', form: golden.form, applicant: golden.applicant })
    }
    const through = async (id: string, hours: number, at: string) => {
      clock.to(at)
      for (let guard = 0; guard < 30; guard++) {
        const dossier = await needDossier(app.env.db, systemCtx(app.env, 'test'), id)
        if ((await openItems(app, dossier)).length === 0) break
        clock.to(new Date(clock.now().getTime() + hours * 3_600_000))
        await step(id)
      }
    }
    const quick = await filed('2026-09-07T08:00:00+07:00')
    await through(quick.id, 1, '2026-09-07T08:10:00+07:00')
    const slow = await filed('2026-09-08T08:00:00+07:00')
    await through(slow.id, 120, '2026-09-08T08:10:00+07:00')
    const refused = await filed('2026-09-09T08:00:00+07:00')
    clock.to('2026-09-09T09:00:00+07:00')
    await step(refused.id, (item) => effect(item, 'refuse'))
    const paused = await filed('2026-09-10T08:00:00+07:00')
    clock.to('2026-09-10T09:00:00+07:00')
    await step(paused.id, (item) => effect(item, 'accept'))
    for (let guard = 0, state = ''; guard < 6 && state !== 'YC_BO_SUNG'; guard++) state = (await step(paused.id, (item) => effect(item, 'request_supplement'))).state
    clock.to('2026-09-18T09:00:00+07:00')
    await supplement({ ...(await app.as('motcua.14797')), now: clock.now() }, { dossier: paused.id })
    await through(paused.id, 2, '2026-09-18T10:00:00+07:00')
    const open = await filed('2026-11-19T08:00:00+07:00')
    clock.to('2026-11-20T16:00:00+07:00')

    const trial = await tried(await draftOf(CODE), { from: '2026-09-01', to: '2026-11-20' })
    const cases = new Map((await every(trial)).map((one) => [one.dossierId, one]))
    expect(cases.size).toBe(5)
    for (const one of [quick, slow, refused, paused, open]) {
      const real = await needDossier(app.env.db, systemCtx(app.env, 'test'), one.id)
      const fees = await app.env.db.selectFrom('dossiers.fee').select('amount_vnd').where('dossier_id', '=', one.id).execute()
      const facts = await app.env.db.selectFrom('core.event').select('data').where('subject', '=', one.id).where('name', '=', 'dossiers.finished').execute()
      const found = cases.get(one.id)!
      expect(found.feeNow).toBe(found.feeThen)
      if (one !== refused) expect(found.feeThen).toBe(sum(fees.map((row) => Number(row.amount_vnd))))
      expect([found.lateThen, found.lateNow]).toEqual(Array(2).fill(facts.length > 0 ? (facts[0]!.data as unknown as { late: boolean }).late : false))
      expect(found.dueNow).toBe(real.dueAt?.toISOString() ?? null)
      expect(found.hoursNow).toBe(found.hoursThen)
    }
    expect(cases.get(slow.id)!.lateNow).toBe(true)
    expect(cases.get(quick.id)!.lateNow).toBe(false)
    expect((await listItems(app.env.db, paused.id)).length).toBeGreaterThan(4)
  })

  test('nothing of the dossiers was touched', async () => {
    const before = await app.env.db.selectFrom('dossiers.dossier').select((eb) => eb.fn.max('updated_at').as('last')).executeTakeFirstOrThrow()
    await tried(await draftOf(CODE))
    expect(await app.env.db.selectFrom('dossiers.dossier').select((eb) => eb.fn.max('updated_at').as('last')).executeTakeFirstOrThrow()).toEqual(before)
  })
})

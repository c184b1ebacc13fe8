// The form of a move keeps what was marked when it comes back with faults, and an overtaken choice is told on the plan; a dossier's figures name its own version.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { jobs } from '#main/modules.ts'
import { procedureTexts } from '#main/pack.ts'
import { accept, type Dossier } from '#modules/dossiers/index.ts'
import { beginPlan, type Plan, viewPlan } from '#modules/moves/index.ts'
import { unitKeys } from '#modules/org/index.ts'
import { importRecord, type ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file } from '../support/walk.ts'
import { Visitor } from './visitor.ts'

const CODE = '1.004873'
/** Asked by the first version only. */
const GONE = ['divorce_paper', 'spouse_death_paper']
const clock = new MovableClock('2026-11-16T09:00:00+07:00')
let app: TestApp
let keeper: Visitor
let plan: Plan
const dossiers: Dossier[] = []

beforeAll(async () => {
  app = await testApp({ clock })
  const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith(CODE))!.text) as ProcedureRecord
  const golden = record.cases.find((one) => one.expect.valid !== false && one.channel === 'truc_tuyen')!
  for (const who of ['congdan1', 'congdan2']) dossiers.push(await file(await app.as(who), { procedure: CODE, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: golden.applicant as object }))
  for (const one of dossiers) await accept(await app.as('motcua.14797'), { dossier: one.code! })
  // two questions of the applicant are one in the new version
  const form = structuredClone(record.form) as unknown as { sections: { questions: { key: string; label: string; type: string }[] }[] }
  for (const section of form.sections) section.questions = section.questions.filter(({ key }) => !GONE.includes(key))
  form.sections[0]!.questions.push({ key: 'both_in_one', label: 'Nơi cư trú và mục đích', type: 'text' })
  const next = { ...record, form, effectiveFrom: '2026-11-16', decision: { ...record.decision, no: '412/QĐ-BTP' }, term: { ...record.term, value: 2 }, cases: record.cases.map((one) => ({ ...one, expect: {} })) }
  await importRecord(systemCtx(app.env, 'test'), JSON.stringify(next), await unitKeys(app.env.db))
  const ctx = await app.as('kiemsoat.h56')
  plan = await beginPlan(ctx, { code: CODE, from: 1, to: 2 })
  for (let round = 0; round < 5 && !plan.triedAt; round++) {
    await jobs.find((job) => job.name === 'moves.try')!.run(systemCtx(app.env, 'test'), { plan: plan.id, revision: plan.revision, done: 0 } as never)
    plan = (await viewPlan(ctx, CODE, plan.id)).plan
  }
  keeper = await Visitor.at(app, 'kiemsoat.h56')
}, 120_000)
afterAll(() => app.close())

const marked = (html: string): string[] => [...html.matchAll(/<input type="checkbox" name="dossier" value="([^"]+)"[^>]*\bchecked\b/g)].map(([, id]) => id!)

test('a request without a reason comes back with the same dossiers marked', async () => {
  const url = `/admin/procedures/${CODE}/moves/${plan.id}`
  const page = await keeper.get(url)
  expect(marked(page.html).sort()).toEqual(dossiers.map((one) => one.id).sort())
  const back = await keeper.post(`${url}/requests`, [['revision', String(plan.revision)], ['which', 'marked'], ['dossier', dossiers[0]!.id], ['reason', ''], ['decision', '']])
  expect(back.status).toBe(422)
  expect(marked(back.html)).toEqual([dossiers[0]!.id])
})

test('a choice from a page that was overtaken leads to the plan as it stands, with the reason', async () => {
  const back = await keeper.post(`/admin/procedures/${CODE}/moves/${plan.id}/choices`, [['revision', String(plan.revision + 7)]])
  expect(back.status).toBe(200)
  expect(back.text).toContain('vừa được sửa ở nơi khác')
  expect(back.text).toContain('Từng hồ sơ')
})

test('two questions sent to one come back with the fault beside both, and so does a clause without a document; what was chosen stays', async () => {
  const url = `/admin/procedures/${CODE}/moves/${plan.id}`
  const { revision } = (await viewPlan(await app.as('kiemsoat.h56'), CODE, plan.id)).plan
  const back = await keeper.post(`${url}/choices`, [['revision', String(revision)], ['step.tham_tra', '!'], ...GONE.map((key): [string, string] => [`answer.${key}`, 'both_in_one']), ['clause.longerTerm', 'x'], ['clause.higherFee', 'Điều 3 Nghị quyết 15/2026/NQ-HĐND']])
  expect(back.status).toBe(422)
  for (const key of [...GONE.map((one) => `answer.${one}`), 'clause.longerTerm']) expect(back.html).toContain(`id="${key}--error"`)
  expect(back.html).not.toContain('id="clause.higherFee--error"')
  expect(back.text).toContain('mà mỗi câu chỉ giữ được một câu trả lời')
  expect(back.html).toContain('value="x"')
  expect(back.html).toMatch(/<option[^>]*value="both_in_one"[^>]*selected[^>]*>|<option[^>]*selected[^>]*value="both_in_one"[^>]*>/)
  expect(back.html).toMatch(/<option[^>]*(value="!"[^>]*selected|selected[^>]*value="!")/)
  expect((await viewPlan(await app.as('kiemsoat.h56'), CODE, plan.id)).plan).toMatchObject({ revision, clauses: {}, answers: {} })
  const good = await keeper.post(`${url}/choices`, [['revision', String(revision)], [`answer.${GONE[0]}`, 'both_in_one'], [`answer.${GONE[1]}`, '-']])
  expect(good.status).toBe(200)
})

test('the basis of a due date is that of the version the dossier follows, also on the day another one begins', async () => {
  const desk = await Visitor.at(app, 'motcua.14797')
  const page = await desk.get(`/desk/dossiers/${dossiers[0]!.code}`)
  const [, href] = /href="(\/can-cu\/thu-tuc\/[^"]+\/thoi-han[^"]*)"/.exec(page.html)!
  const rule = await desk.get(href!.replaceAll('&amp;', '&'))
  expect(rule.text).toMatch(/Hồ sơ theo phiên bản 1\s*3 ngày làm việc/)
  expect((await desk.get(`/can-cu/thu-tuc/${CODE}/thoi-han`)).text).toMatch(/Hiện nay\s*2 ngày làm việc/)
})

// The three-tier province at work in May 2025: every procedure of the pack goes its golden route to the desk that decided then, on the forms of TT 01/2018.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { formatDate } from '#core/text/index.ts'
import { procedureTexts } from '#main/pack.ts'
import { completeStep, controlSlipPdf, listPapers, paperPdf, STATES } from '#modules/dossiers/index.ts'
import { getUnit, listUnits } from '#modules/org/index.ts'
import { competence, type ProcedureRecord } from '#modules/procedures/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { MovableClock } from '../support/clock.ts'
import { file, openItems, ownRoute, saying, walk } from '../support/walk.ts'

const records = procedureTexts('ba-cap').map(({ text }) => JSON.parse(text) as ProcedureRecord)
const clock = new MovableClock('2025-05-21T09:10:00+07:00')
let app: TestApp

beforeAll(async () => {
  app = await testApp({ clock, pack: 'ba-cap' })
}, 120_000)
afterAll(() => app.close())

test.each(records.map((record) => [record.code, record.name, record] as const))('%s %s is filed, decided and returned', async (code, _name, record) => {
  const golden = record.cases.find((one) => one.expect.valid !== false)!
  clock.to(golden.receivedAt)
  const ctx = await app.as(golden.channel === 'truc_tuyen' ? 'congdan1' : 'motcua.14797')
  const dossier = await file(ctx, { procedure: code, unit: '14797', channel: golden.channel, form: golden.form, applicant: golden.applicant })
  expect(dossier.state).toBe('MOI_DANG_KY')
  const { own, last } = await walk(app, dossier)
  if (golden.expect.route) expect(own).toEqual(ownRoute(record, golden.expect.route))
  expect(last.state).toBe('DA_TRA')
  expect(STATES[last.state].final).toBe(true)
  if (golden.expect.dueOn && last.dueAt) expect(formatDate(last.dueAt)).toBe(formatDate(golden.expect.dueOn))
})

describe('competence of the time', () => {
  const at = (procedure: string, place: string) => competence(app.env.db, { procedure, place, on: '2025-05-21' })

  test.each([
    ['1.001612', '14797', 'huyen', 'thành phố Thanh Hóa', /01\/2021\/NĐ-CP/],
    ['1.009994', '14848', 'huyen', 'huyện Mường Lát', /50\/2014\/QH13/],
    ['1.001776', '15061', 'huyen', 'huyện Ngọc Lặc', /20\/2021\/NĐ-CP/],
    ['1.001193', '14797', 'xa', 'phường Đông Hải', /60\/2014\/QH13/],
    ['1.000703', '14797', 'tinh', 'Sở Xây dựng', /./],
  ])('%s at %s is decided at level %s by %s', async (procedure, place, level, name, clause) => {
    const said = await at(procedure, place)
    expect(said.unit).toMatchObject({ level, validTo: null })
    expect(said.unit.name).toContain(name)
    expect(said.clause).toMatch(clause)
  })

  test('any living commune resolves at district procedures to its own district', async () => {
    for (const commune of (await listUnits(app.env.db, { level: 'xa', limit: 1000 })).filter((_, n) => n % 40 === 0)) {
      const { unit } = await at('1.001612', commune.code)
      expect(unit.id, commune.name).toBe(commune.parentId)
      expect((await getUnit(app.env.db, unit.id)).level).toBe('huyen')
    }
  })
})

describe('papers of the time', () => {
  const khaiSinh = () => records.find(({ code }) => code === '1.001193')!
  const begun = async () => {
    clock.to('2025-05-21T09:10:00+07:00')
    const golden = khaiSinh().cases.find((one) => one.expect.valid !== false)!
    return file(await app.as('congdan1'), { procedure: '1.001193', unit: '14797', channel: golden.channel, form: golden.form })
  }
  const step = async (dossier: Awaited<ReturnType<typeof begun>>, effect: string) => {
    const [item] = await openItems(app, dossier)
    const outcome = item!.outcomes.find((one) => one.effect === effect)!.key
    return completeStep(await app.as('motcua.14797'), { item: item!.id, outcome, ...(await saying(app, dossier, item!, outcome)) })
  }

  test('receipt, request, refusal, apology, control slip and book are the six forms of TT 01/2018', async () => {
    const accepted = await step(await begun(), 'accept')
    const asked = await step(await begun(), 'request_supplement')
    const refused = await step(await begun(), 'refuse')
    for (const [dossier, kind, no] of [[accepted, 'receipt', 'Mẫu số 01'], [asked, 'supplement_request', 'Mẫu số 02'], [refused, 'refusal', 'Mẫu số 03']] as const) {
      const paper = (await listPapers(app.env.db, dossier)).find((one) => one.kind === kind)!
      expect(paper.data, kind).toMatchObject({ formSet: 'tt-01-2018', formNo: no })
      expect(Buffer.from((await paperPdf(systemCtx(app.env, 'test'), paper)).subarray(0, 4)).toString()).toBe('%PDF')
    }
    const [set] = app.env.forms.filter((one) => one.effectiveFrom <= '2025-05-21' && (one.effectiveTo ?? '9') >= '2025-05-21')
    expect(Object.entries(set!.forms).map(([kind, form]) => [kind, form!.no])).toEqual([
      ['receipt', 'Mẫu số 01'], ['supplement_request', 'Mẫu số 02'], ['refusal', 'Mẫu số 03'], ['apology', 'Mẫu số 04'], ['control_slip', 'Mẫu số 05'], ['tracking_book', 'Mẫu số 06'],
    ])
    const { pdf } = await controlSlipPdf(await app.as('motcua.14797'), accepted.id)
    expect(Buffer.from(pdf.subarray(0, 4)).toString()).toBe('%PDF')
  })

  test('its pages speak of levels 1 to 4 and of the one-stop desks of districts', async () => {
    clock.to('2025-05-21T09:10:00+07:00')
    const page = (url: string) => app.server.inject({ url, headers: { accept: 'text/html' } }).then((answer) => answer.body)
    const one = await page('/thu-tuc/1.001612')
    expect(one).toContain('mức độ 4')
    expect(one).toContain('Bộ phận một cửa của huyện')
    expect(one).not.toContain('Trung tâm Phục vụ hành chính công')
    expect(await page('/can-cu/bo-mau-giay-to')).toContain('6 mẫu')
    expect(await page('/can-cu/gio-tra-loi-tiep-nhan')).toContain('45/2020/NĐ-CP')
  })
})

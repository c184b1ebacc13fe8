// A change of the law reaches dossiers under way: an official tries it, chooses, asks; a second confirms; the citizen reads the new date; and all of it is taken back.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemCtx } from '#core/ctx.ts'
import { procedureTexts } from '#main/pack.ts'
import { accept, completeStep, type Dossier } from '#modules/dossiers/index.ts'
import { unitKeys } from '#modules/org/index.ts'
import { importRecord, type ProcedureRecord } from '#modules/procedures/index.ts'
import { doerOf, file, openItems } from '../support/walk.ts'
import { eventually, type House, openHouse, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const CODE = '1.004873'
/** Pages made of the same pieces as those looked at; their pictures are for people who ask for them. */
const seen: typeof look = (page, name) => (process.env['SHOTS'] === '1' ? look(page, name) : Promise.resolve([]))
let house: House
const dossiers: Dossier[] = []

// biome-ignore lint/suspicious/noExplicitAny: a record that is about to be changed has no type
const fresh = (): any => JSON.parse(procedureTexts().find(({ name }) => name.startsWith(CODE))!.text)

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-16T09:00:00+07:00', previews: false })
  const { app } = house
  const golden = (fresh() as ProcedureRecord).cases.find((one) => one.expect.valid !== false && one.channel === 'truc_tuyen')!
  for (const who of ['congdan1', 'congdan2', 'congdan3', 'congdan1', 'congdan2', 'congdan1']) {
    dossiers.push(await file(await app.as(who), { procedure: CODE, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: golden.applicant as object }))
  }
  const go = async (dossier: Dossier, outcome: string) => {
    const [item] = await openItems(app, dossier)
    await completeStep(await app.as(await doerOf(app, item!)), { item: item!.id, outcome, note: 'Theo quy định.' })
  }
  for (const one of dossiers.slice(0, 5)) await accept(await app.as('motcua.14797'), { dossier: one.code! })
  await go(dossiers[1]!, 'xac_minh')
  await go(dossiers[2]!, 'da_ro')
  for (const outcome of ['da_ro', 'trinh_ky', 'ky']) await go(dossiers[3]!, outcome)
  const record = fresh()
  Object.assign(record, { effectiveFrom: '2026-11-16', decision: { ...record.decision, no: '412/QĐ-BTP' } })
  record.term.value = 2
  record.fees[0].amount = 8_000
  for (const one of record.cases) one.expect = {}
  const at = (id: string) => record.steps.find((one: { id: string }) => one.id === id)
  at('tham_tra').name = 'Thẩm tra, đối chiếu Cơ sở dữ liệu hộ tịch điện tử'
  at('tham_tra').hours = 6
  record.steps = record.steps.filter((one: { id: string }) => one.id !== 'xac_minh')
  at('tham_tra').outcomes = at('tham_tra').outcomes.map((one: { next: string }) => (one.next === 'xac_minh' ? { ...one, key: 'cam_doan', label: 'Cần văn bản cam đoan', next: 'lap_cam_doan' } : one))
  const questions = record.form.sections.flatMap((one: { questions: { key: string }[] }) => one.questions)
  const issue = questions.find((one: { key: string }) => one.key === 'issue_kind')
  issue.options = issue.options.filter((one: { value: string }) => one.value !== 'other_purpose')
  questions.find((one: { key: string }) => one.key === 'purpose_text').type = 'longtext'
  record.form.sections[0].questions.push({ key: 'applicant_job', label: 'Nghề nghiệp', type: 'text', required: true })
  await importRecord(systemCtx(app.env, 'test'), JSON.stringify(record), await unitKeys(app.env.db))
})
afterAll(() => house?.close())

describe('a new version and dossiers under way', () => {
  let plan = ''

  test('the official comes from the procedure, tries it, sees each dossier before and after, and chooses', async () => {
    const page = await house.at('kiemsoat.h56')
    await page.goto(`${house.url}/admin/procedures/${CODE}`)
    await press(page, page.getByRole('link', { name: 'Chuyển hồ sơ đang giải quyết sang phiên bản khác' }))
    expect(await textOf(page)).toContain('6 hồ sơ đang giải quyết')
    const faults = await seen(page, 'moves-list')
    await press(page, page.getByRole('button', { name: 'Chạy thử' }))
    plan = page.url().split('?')[0]!
    expect(await textOf(page)).toContain('1 bước cần chọn')
    faults.push(...(await look(page, 'moves-plan')))
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${plan}?verdict=stuck`)
    expect(await textOf(page)).toContain('Kết quả đã ký')
    await page.goto(plan)
    await page.selectOption('select[name="step.xac_minh"]', 'tham_tra')
    await page.fill('#clause-longerTerm', 'theo chỉ đạo')
    await press(page, page.getByRole('button', { name: 'Lưu lựa chọn và chạy thử lại' }))
    // a clause that names no document comes back with what to do, and nothing that was chosen is lost
    expect(await textOf(page)).toContain('Ghi số, ký hiệu văn bản cùng điều, khoản chuyển tiếp')
    expect([await page.inputValue('#clause-longerTerm'), await page.inputValue('select[name="step.xac_minh"]')]).toEqual(['theo chỉ đạo', 'tham_tra'])
    faults.push(...(await seen(page, 'moves-clause')))
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.fill('#clause-longerTerm', '')
    await press(page, page.getByRole('button', { name: 'Lưu lựa chọn và chạy thử lại' }))
    await page.goto(`${plan}?verdict=moves`)
    expect(await page.locator('.move-cases tbody tr').count()).toBe(5)
    await press(page, page.getByRole('link', { name: dossiers[0]!.code! }))
    expect(await textOf(page)).toContain('sớm hơn')
    faults.push(...(await look(page, 'moves-case')))
    expect(faults).toEqual([])
  })

  test('nothing moves without reason and decision, nor by one person alone', async () => {
    const page = await house.at('kiemsoat.h56')
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(`${plan}?verdict=moves`)
    await page.fill('#decision', 'Điều 12 Quyết định 412/QĐ-BTP')
    await press(page, page.getByRole('button', { name: 'Đề nghị chuyển hồ sơ đã đánh dấu' }))
    expect(await textOf(page)).toContain('Ghi lý do chuyển hồ sơ')
    expect(await page.inputValue('#decision')).toBe('Điều 12 Quyết định 412/QĐ-BTP')
    await page.fill('#reason', 'Quyết định mới rút ngắn thời hạn cho cả hồ sơ đã tiếp nhận.')
    await press(page, page.getByRole('button', { name: 'Đề nghị chuyển hồ sơ đã đánh dấu' }))
    expect(await textOf(page)).toContain('không tự xác nhận')
    expect(await page.getByRole('button', { name: /Xác nhận chuyển/ }).count()).toBe(0)

    const other = await house.at('quantriht.h56')
    await other.goto(plan)
    const faults = await seen(other, 'moves-waiting')
    await other.setViewportSize({ width: 1440, height: 900 })
    await press(other, other.getByRole('button', { name: 'Xác nhận chuyển 5 hồ sơ' }))
    // the page goes on by itself
    await eventually('đợt chuyển xong', async () => (await textOf(other).catch(() => '')).includes('Đã chuyển 5 hồ sơ'), 30_000)
    faults.push(...(await look(other, 'moves-done')))
    expect(faults).toEqual([])
  })

  test('the citizen reads the new date and why; the officer goes on at the step of the new version', async () => {
    const citizen = await house.at('congdan1')
    await citizen.goto(`${house.url}/ho-so/${dossiers[0]!.code}`)
    const read = await textOf(citizen)
    expect(read).toContain('được giải quyết tiếp theo phiên bản 2 của thủ tục')
    expect(read).toContain('Điều 12 Quyết định 412/QĐ-BTP')
    const officer = await house.at(await doerOf(house.app, (await openItems(house.app, dossiers[1]!))[0]!))
    await officer.goto(`${house.url}/desk/dossiers/${dossiers[1]!.code}`)
    expect(await textOf(officer)).toContain('Thẩm tra, đối chiếu Cơ sở dữ liệu hộ tịch điện tử')
    const other = await house.at('quantriht.h56')
    await other.goto(`${house.url}/desk/notices`)
    expect(await textOf(other)).toContain('5 hồ sơ chờ ông/bà xác nhận chuyển sang phiên bản 2')
  })

  test('taken back by two people: who has not moved on returns, who has is named', async () => {
    await completeStep(await house.app.as(await doerOf(house.app, (await openItems(house.app, dossiers[4]!))[0]!)), { item: (await openItems(house.app, dossiers[4]!))[0]!.id, outcome: 'da_ro', note: null })
    const page = await house.at('kiemsoat.h56')
    await page.goto(plan)
    await page.fill('#undo-reason', 'Quyết định 412 được đính chính, lùi ngày hiệu lực.')
    await press(page, page.getByRole('button', { name: 'Đề nghị hoàn lại' }))
    const other = await house.at('quantriht.h56')
    await other.setViewportSize({ width: 1440, height: 900 })
    await other.goto(plan)
    await press(other, other.getByRole('button', { name: 'Xác nhận hoàn lại' }))
    await eventually('hoàn lại xong', async () => (await textOf(other).catch(() => '')).includes('Đã hoàn lại 4 hồ sơ'), 30_000)
    expect(await textOf(other)).toContain('Đã được xử lý tiếp sau khi chuyển')
    expect(await seen(other, 'moves-undone')).toEqual([])
    expect(house.complaints).toEqual([])
  })
})

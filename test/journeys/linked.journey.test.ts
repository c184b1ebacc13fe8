// Three agencies and one dossier in a browser: handed in at the counter of another commune, an opinion asked and answered, returned, the slip printed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import type { Item } from '#modules/work/index.ts'
import { completeStep, type Dossier } from '#modules/dossiers/index.ts'
import { doerOf, file, openItems, PDF, walk } from '../support/walk.ts'
import { planOf, recordOf } from './support/cases.ts'
import { decide, dossierOf, officerFor, openFromWorklist } from './support/desk.ts'
import { pdfText } from './support/ends.ts'
import { type House, openHouse, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const record = recordOf('2.000986')
const plan = planOf(record, record.cases.find((one) => one.channel === 'truc_tiep')!)
let house: House
let code: string
const faults: string[] = []

beforeAll(async () => {
  house = await openHouse({ at: plan.golden.receivedAt, previews: false })
}, 120_000)
afterAll(() => house?.close())

const stepOf = async (step: string): Promise<Item> => (await openItems(house.app, await dossierOf(house, code))).find((item) => item.step === step)!
const open = (page: Page) => page.goto(`${house.url}/desk/dossiers/${encodeURIComponent(code)}`, { waitUntil: 'domcontentloaded' })

async function finishNext(dossier: Dossier): Promise<void> {
  const [item] = await openItems(house.app, dossier)
  await completeStep(await house.app.as(await doerOf(house.app, item!)), { item: item!.id, outcome: item!.outcomes[0]!.key })
}

describe('a linked dossier', () => {
  test('is handed in at the counter of another commune; the receipt names both', async () => {
    const counter = await house.at('motcua.14812')
    await counter.goto(`${house.url}/desk/counter?q=${record.code}`)
    expect(await counter.locator(`main a[href="/desk/counter/${record.code}"]`).count()).toBeGreaterThan(0)
    // its form is filled in by hand in procedures.journey, as that of every record
    const dossier = await file(await house.app.as('motcua.14812'), { procedure: record.code, unit: '14812', channel: 'truc_tiep', form: plan.golden.form, applicant: { fullName: 'Trần Thị Thu Hà' } })
    code = dossier.code!
    const first = await stepOf('tiep_nhan')
    await openFromWorklist(counter, house, code)
    await decide(counter, first)
    const receipt = await pdfText(counter, `${house.url}/desk/dossiers/${encodeURIComponent(code)}/receipt.pdf`)
    expect(receipt).toMatch(/ỦY BAN NHÂN DÂN PHƯỜNG BỈM SƠN|PHƯỜNG BỈM SƠN/i)
    expect(receipt).toContain('Cơ quan giải quyết: Ủy ban nhân dân phường Hạc Thành')
  })

  test('the specialist asks two agencies at once; faults keep what was written; the step waits', async () => {
    const page = await officerFor(house, await stepOf('tham_tra'))
    await openFromWorklist(page, house, code)
    await press(page, page.getByRole('link', { name: 'Lấy ý kiến…' }))
    await page.fill('#asks-0-unit', 'Công an phường Hạc Thành')
    await page.fill('#asks-0-question', 'Chỗ ở đã ghi có hợp pháp không?')
    await page.fill('#asks-0-days', '2')
    await press(page, page.getByRole('button', { name: 'Thêm một đơn vị' }))
    expect(await page.inputValue('#asks-0-question')).toBe('Chỗ ở đã ghi có hợp pháp không?')
    await page.fill('#asks-1-unit', 'Sở Không Có')
    await page.fill('#asks-1-question', 'Mã số bảo hiểm của người mẹ còn dùng không?')
    await page.fill('#asks-1-days', '1')
    await press(page, page.getByRole('button', { name: 'Gửi lấy ý kiến' }))
    expect(await textOf(page)).toContain('Không có đơn vị nào tên hoặc mã “Sở Không Có”')
    expect(await page.inputValue('#asks-0-unit')).toBe('Công an phường Hạc Thành')
    faults.push(...(await look(page, 'linked-ask-faults')))
    await page.fill('#asks-1-unit', 'Bảo hiểm xã hội tỉnh Thanh Hóa')
    await press(page, page.getByRole('button', { name: 'Gửi lấy ý kiến' }))
    const text = await textOf(page)
    expect(text).toContain('Đã gửi lấy ý kiến 2 đơn vị.')
    expect(text).toContain('Đang lấy ý kiến cơ quan khác')
    expect(text).toMatch(/chờ ý kiến của Công an phường Hạc Thành/)
    expect(await page.locator('.bpmn-callout').count()).toBe(2)
  })

  test('each answers on its own desk, one with reasons; then the step goes on', async () => {
    for (const [agency, opinion, text] of [['Công an phường Hạc Thành', 'disagree', 'Chủ hộ chưa xác nhận trên VNeID; đã liên hệ, sẽ xác nhận hôm nay.'], ['Bảo hiểm xã hội', 'agree', '']] as const) {
      const item = (await openItems(house.app, await dossierOf(house, code))).find((one) => one.step === 'tra_loi')!
      const page = await officerFor(house, item)
      await openFromWorklist(page, house, code)
      const band = page.locator('form[aria-label="Trả lời ý kiến"]')
      await band.locator(`input[name=opinion][value=${opinion}]`).check()
      if (text) {
        await press(page, band.getByRole('button', { name: 'Gửi trả lời' }))
        expect(await textOf(page)).toContain('thì phải ghi rõ lý do')
        await page.locator(`input[name=opinion][value=${opinion}]`).check()
        await page.locator('textarea[name=text]').fill(text)
        await page.setInputFiles('input[type=file]', { name: 'tra-loi.pdf', mimeType: 'application/pdf', buffer: PDF })
      }
      if (text) faults.push(...(await look(page, 'linked-answer')))
      await press(page, page.getByRole('button', { name: 'Gửi trả lời' }))
      expect(await textOf(page), agency).toContain('Đã gửi trả lời ý kiến.')
    }
    const page = await officerFor(house, await stepOf('tham_tra'))
    await open(page)
    const text = await textOf(page)
    expect(text).toContain('Chủ hộ chưa xác nhận trên VNeID')
    expect(text).toContain('tra-loi.pdf')
    expect(text).toContain('Đã trả lời đúng hạn')
  })

  test('police and insurance work beside each other, everything comes back to the counter that took it', async () => {
    const dossier = await dossierOf(house, code)
    while (!(await stepOf('tiep_nhan_cu_tru'))) await finishNext(dossier)
    const police = await officerFor(house, await stepOf('tiep_nhan_cu_tru'))
    await openFromWorklist(police, house, code)
    expect(await police.locator('.process').count()).toBe(3)
    await decide(police, await stepOf('tiep_nhan_cu_tru'))
    await walk(house.app, dossier)
    expect(await dossierOf(house, code)).toMatchObject({ state: 'DA_TRA', receivedUnitId: 'th-14812', decidedUnitId: 'th-14797' })
  })

  test('the slip holds every hand-over and is printed', async () => {
    const page = await house.at('motcua.14812')
    await open(page)
    await press(page, page.getByRole('link', { name: 'Từng lần giao nhận (Mẫu số 06)' }))
    const text = await textOf(page)
    for (const words of ['Chuyển xử lý', 'Lấy ý kiến', 'Trả lời ý kiến', 'Công an phường Hạc Thành', 'Bảo hiểm xã hội tỉnh Thanh Hóa', 'Trả kết quả', 'Điều 18 Nghị định 61/2018/NĐ-CP']) expect(text).toContain(words)
    faults.push(...(await look(page, 'linked-slip')))
    const slip = await pdfText(page, `${house.url}${await page.getByRole('link', { name: 'In phiếu' }).getAttribute('href')}`)
    expect(slip).toContain('PHIẾU KIỂM SOÁT')
    expect(slip).toContain('Công an phường Hạc Thành')
    expect(slip).toMatch(/Đúng hạn|Trước hạn/)
    expect([...faults, ...house.complaints]).toEqual([])
  })
})

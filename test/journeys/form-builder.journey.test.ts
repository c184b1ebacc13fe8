// An official who knows no programming builds a form of ten questions in a browser, sees it as the portal asks it, and gives it papers and words.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FrameLocator, Page } from 'playwright-core'
import { systemCtx } from '#core/ctx.ts'
import { readDraftForm } from '#core/form/build/index.ts'
import { beginDraft, getDraft } from '#modules/procedures/index.ts'
import { PDF } from '../support/walk.ts'
import { type House, openHouse, PHONE, press, WIDE } from './support/house.ts'
import { look } from './support/look.ts'

const AUTHOR = 'kiemsoat.h56'
let house: House
let base = ''
let id = ''

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T09:00:00+07:00', previews: false })
  ;({ id } = await beginDraft(systemCtx(house.app.env, 'test'), { from: 'scratch', code: '9.000001', name: 'Cho mượn nhà văn hóa thôn' }))
  base = `${house.url}/admin/procedures/drafts/${id}`
})
afterAll(() => house?.close())

const formNow = async () => readDraftForm((await getDraft(house.app.env.db, id)).record['form'])
const questions = async () => (await formNow()).sections.flatMap((section) => section.questions)

async function add(page: Page, label: string, kind: string): Promise<void> {
  await page.fill('#new-label', label)
  await page.selectOption('#new-type', { label: kind })
  await press(page, page.getByRole('button', { name: 'Thêm câu hỏi' }).last())
}

const saved = (page: Page) => page.locator('[data-part-status][data-tone=good]').waitFor()
/** The official's window, wide again after it was looked at. */
async function atDesk(): Promise<Page> {
  const page = await house.at(AUTHOR, WIDE)
  await page.setViewportSize(WIDE.viewport!)
  return page
}
const preview = (page: Page): FrameLocator => page.frameLocator('iframe[data-b-preview]')

describe('a form', { timeout: 120_000 }, () => {
  test('of ten questions with a condition is built, previewed and answered', async () => {
    const page = await house.at(AUTHOR, WIDE)
    await page.goto(`${base}/form`)
    for (const [label, kind] of [
      ['Họ và tên của ông/bà', 'Một dòng chữ'], ['Số điện thoại của ông/bà', 'Số điện thoại'], ['Mượn để làm gì?', 'Chọn một, bày hết ra'], ['Tên đơn vị tổ chức', 'Một dòng chữ'], ['Mượn ngày nào?', 'Ngày'],
      ['Từ mấy giờ?', 'Giờ'], ['Khoảng bao nhiêu người?', 'Số nguyên'], ['Có dùng loa đài không?', 'Ô đánh dấu'], ['Danh sách đồ mượn thêm', 'Bảng nhiều dòng'], ['Ghi chú', 'Nhiều dòng chữ'],
    ] as const) await add(page, label, kind)
    expect((await questions()).map(({ type }) => type)).toEqual(['longtext', 'text', 'phone', 'radio', 'text', 'date', 'time', 'integer', 'checkbox', 'table', 'longtext'])

    // Choices pasted from Word, saved by themselves.
    await page.goto(`${base}/form?q=muon_de_lam_gi`)
    await page.fill('#options', '• Họp thôn\n• Đám cưới\n• Cơ quan, đoàn thể tổ chức')
    await saved(page)
    expect((await questions()).find(({ key }) => key === 'muon_de_lam_gi')!.options).toEqual([{ value: 'hop_thon', label: 'Họp thôn' }, { value: 'dam_cuoi', label: 'Đám cưới' }, { value: 'quan_doan_the_to_chuc', label: 'Cơ quan, đoàn thể tổ chức' }].map((one) => ({ ...one, value: expect.any(String) })))

    // A condition put together from lists, in three choices.
    await page.goto(`${base}/form?q=ten_don_vi_to_chuc`)
    const row = page.locator('#at-visibleWhen .cond-row').first()
    await row.locator('select').first().selectOption({ label: 'Mượn để làm gì?' })
    await page.locator('#at-visibleWhen .cond-row').first().locator('select').nth(2).selectOption({ label: 'Cơ quan, đoàn thể tổ chức' })
    await page.getByText('Khi “Mượn để làm gì?” là “Cơ quan, đoàn thể tổ chức”.').waitFor()
    expect((await questions()).find(({ key }) => key === 'ten_don_vi_to_chuc')!.visibleWhen).toMatch(/^form\.muon_de_lam_gi = "/)

    // What VNeID knows is pointed out, and filled in by one press.
    await page.goto(`${base}/form`)
    await page.getByText('2 điều còn bắt gõ lại').waitFor()
    await press(page, page.locator('.known li', { hasText: 'Họ và tên' }).getByRole('button', { name: 'Điền sẵn' }))
    expect((await questions()).find(({ key }) => key.startsWith('ho_'))!.prefill).toBe('identity.full_name')

    // The portal's own rendering asks the hidden question only when the answer brings it up.
    await page.goto(`${base}/form?view=whole`)
    const whole = preview(page)
    await whole.getByRole('heading', { name: 'Nội dung đề nghị' }).waitFor()
    expect(await whole.getByLabel('Tên đơn vị tổ chức').isVisible()).toBe(false)
    await whole.getByLabel('Cơ quan, đoàn thể tổ chức').check()
    await whole.getByLabel('Tên đơn vị tổ chức').waitFor({ state: 'visible' })
    await whole.getByRole('button', { name: 'Kiểm tra tờ khai' }).click()
    await whole.locator('[data-error-summary]').waitFor()
    expect(await whole.locator('[data-error-summary] li').count()).toBeGreaterThan(3)
    expect(await look(page, 'form-builder')).toEqual([])
  })

  test('tells at once what is wrong, moves by buttons and by dragging, follows a renamed key, on a phone too', async () => {
    const page = await house.at(AUTHOR, PHONE)
    await page.goto(`${base}/form?q=ten_don_vi_to_chuc`)
    await page.getByText('Viết bằng biểu thức FEEL').first().click()
    await page.locator('input[name="visibleWhen.mode"][value=feel]').check()
    await page.fill('textarea[name="visibleWhen.feel"]', 'form.khong_co = "x"')
    await page.getByText('Biểu thức nhắc tới form.khong_co').waitFor()
    await page.fill('textarea[name="visibleWhen.feel"]', 'form.muon_de_lam_gi = "hop_thon"')
    await page.getByText('Khi “Mượn để làm gì?” là “Họp thôn”.').waitFor()
    await page.goto(`${base}/form?q=muon_de_lam_gi`)
    await page.getByText('Khóa, mức nhạy cảm').click()
    await page.fill('#key', 'muc_dich')
    await page.locator('.editor-foot').getByRole('button', { name: 'Lưu' }).click()
    await saved(page)
    expect((await questions()).find(({ key }) => key === 'ten_don_vi_to_chuc')!.visibleWhen).toBe('form.muc_dich = "hop_thon"')
    await page.goto(`${base}/form?q=muc_dich`)
    const before = (await questions()).findIndex(({ key }) => key === 'muc_dich')
    await press(page, page.getByRole('button', { name: 'Lên' }))
    expect((await questions()).findIndex(({ key }) => key === 'muc_dich')).toBe(before - 1)
    expect(await look(page, 'form-builder-question')).toEqual([])
    const wide = await atDesk()
    await wide.goto(`${base}/form`)
    await wide.locator('[data-outline-question=ghi_chu]').dragTo(wide.locator('[data-outline-question=noi_dung]'))
    await wide.locator('.outline li:first-child[data-outline-question=ghi_chu]').waitFor()
    expect((await questions())[0]!.key).toBe('ghi_chu')
  })

  test('papers by case and words of its own, with a fault in its line and the sentence for it', async () => {
    const page = await atDesk()
    await page.goto(`${base}/parts`)
    await page.fill('#new-name', 'Cơ quan mượn')
    await press(page, page.getByRole('button', { name: 'Thêm trường hợp' }))
    await page.fill('#new-name', 'Công văn của cơ quan')
    await press(page, page.getByRole('button', { name: 'Thêm giấy tờ' }))
    await page.getByLabel('Cơ quan mượn').check()
    await saved(page)
    await page.setInputFiles('#blank', { name: 'mau-cong-van.pdf', mimeType: 'application/pdf', buffer: PDF })
    await press(page, page.getByRole('button', { name: 'Thêm mẫu' }))
    await page.getByRole('link', { name: 'mau-cong-van.pdf' }).waitFor()
    const { record } = await getDraft(house.app.env.db, id)
    expect((record['parts'] as readonly object[]).at(-1)).toMatchObject({ name: 'Công văn của cơ quan', cases: ['quan_muon'], blank: { name: 'mau-cong-van.pdf' } })
    expect(await look(page, 'form-builder-parts')).toEqual([])

    await page.setViewportSize(WIDE.viewport!)
    await page.goto(`${base}/texts?q=print:result`)
    await press(page, page.getByRole('button', { name: 'Làm mẫu riêng' }))
    const source = await page.locator('#source').inputValue()
    await page.fill('#source', `${source}\nCho ông/bà #answers.khong_co mượn.`)
    await page.getByText('không có trường “khong_co”').waitFor({ timeout: 60_000 })
    await page.fill('#source', `${source}\nCho mượn khi #answers.muon_ngay_nao.`)
    await page.getByText('Mẫu in được với câu trả lời đang xem.').waitFor({ timeout: 60_000 })
    const pdf = await page.request.get(`${base}/texts/prints/result.pdf`)
    expect((await pdf.body()).subarray(0, 4).toString()).toBe('%PDF')
    await page.goto(`${base}/texts?q=notice:dossiers.accepted`)
    await page.fill('#sms-body', 'Hồ sơ {code}: nhận chìa khóa sau {due}.')
    await page.getByText('tin SMS (có dấu').waitFor()
    await saved(page)
    expect(JSON.stringify((await getDraft(house.app.env.db, id)).record['texts'])).toContain('nhận chìa khóa sau')
    expect(await look(page, 'form-builder-texts')).toEqual([])
    expect(house.complaints).toEqual([])
  })

  test('without a script: added, changed, conditions finished in a second step, previewed', async () => {
    const page = await house.at(AUTHOR, { ...WIDE, javaScriptEnabled: false })
    await page.goto(`${base}/form?q=ghi_chu`)
    await page.fill('#label', 'Ghi chú thêm')
    await page.locator('#at-visibleWhen .cond-row select').first().selectOption({ label: 'Có dùng loa đài không?' })
    await page.locator('.editor-foot button[value=save]').click()
    await page.locator('#at-visibleWhen .cond-row select').nth(2).selectOption({ label: 'đã đánh dấu' })
    await page.locator('.editor-foot button[value=save]').click()
    const note = (await questions()).find(({ key }) => key === 'ghi_chu')!
    expect([note.label, note.visibleWhen]).toEqual(['Ghi chú thêm', 'form.dung_loa_dai = true'])
    await page.goto(`${base}/form/preview?view=single`)
    await page.getByRole('button', { name: 'Điền thử cho tôi' }).click()
    expect(await page.locator('main').innerText()).toContain('trên')
  })
})

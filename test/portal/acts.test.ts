// After handing in: supplement, confirming a draft, taking the result, withdrawing; all without script.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { completeStep, type Dossier, requestSupplement } from '#modules/dossiers/index.ts'
import type { Item } from '#modules/work/index.ts'
import { type TestApp, testApp } from '../support/app.ts'
import { doerOf, file, openItems, PDF } from '../support/walk.ts'
import { goldenOf } from './golden.ts'
import { csrfOf, mainForm, post, signedIn, type Visitor } from './visitor.ts'

let app: TestApp
let me: Visitor
let stranger: Visitor
beforeAll(async () => {
  app = await testApp()
  me = await signedIn(app, 'congdan1')
  stranger = await signedIn(app, 'congdan2')
})
afterAll(() => app.close())

const golden = goldenOf('1.004194')
const filed = async () => file(await app.as('congdan1'), { procedure: '1.004194', unit: '14797', channel: 'truc_tuyen', form: golden.form })

async function walkTo(
  platform: TestApp,
  dossier: Dossier,
  step: string,
  choose: (item: Item) => string | undefined = () => undefined,
): Promise<void> {
  for (let guard = 0; guard < 40; guard++) {
    const [item] = await openItems(platform, dossier)
    if (!item || item.step === step) return
    const ctx = await platform.as(await doerOf(platform, item))
    await completeStep(ctx, { item: item.id, outcome: choose(item) ?? item.outcomes[0]!.key, note: 'Theo quy định.' })
  }
}

describe('after handing in', () => {
  test('nothing can be changed, and withdrawing asks once more', async () => {
    const dossier = await filed()
    expect((await post(me, `/ho-so/${dossier.code}/khai/applicant`, {}, await csrfOf(me))).status).toBe(409)
    expect((await me.open(`/ho-so/${dossier.code}/khai/applicant`)).url).toBe(`/ho-so/${dossier.code}`)
    const gone = await me.press(mainForm(await me.open(`/ho-so/${dossier.code}/rut`)), null)
    expect(gone.html).toContain('Người nộp đã rút hồ sơ')
    expect(gone.html).toContain('Xác nhận rút hồ sơ')
  })

  test('a supplement is mended on the same pages and sent; the result is taken on line', async () => {
    const dossier = await filed()
    await requestSupplement(await app.as('motcua.14797'), { dossier: dossier.id, reasons: [{ code: 'chung_anh_mo', detail: 'Ảnh giấy tờ chỗ ở bị mờ, xin chụp lại.' }] })
    const asked = await me.open(`/ho-so/${dossier.code}`)
    expect(asked.html).toContain('Ảnh giấy tờ chỗ ở bị mờ')
    const papers = await me.open(`/ho-so/${dossier.code}/giay-to`)
    const form = mainForm(papers)
    const review = await me.press(
      form,
      ['_do', 'next'],
      [{ field: form.controls.find((one) => one.type === 'file')!.name, name: 'chụp lại.pdf', content: PDF }],
    )
    expect(review.html).toContain('Gửi bổ sung')
    const sent = await me.press(mainForm(review), null)
    expect(sent.html).toContain('Đã gửi bổ sung')
    const twice = await me.press(mainForm(review), null)
    expect(twice.status).toBe(200)

    await walkTo(app, dossier, 'tra_ket_qua')
    const done = await me.open(`/ho-so/${dossier.code}`)
    const taken = await me.press(mainForm(done), null)
    expect(taken.html).toContain('Ông/bà đã nhận kết quả trực tuyến')
    const result = /href="(\/ho-so\/[^"]*\/giay\/[^"]*)">Kết quả/.exec(taken.html)![1]!
    const paper = await me.open(result)
    expect(paper.headers['content-type']).toBe('application/pdf')
    expect(paper.headers['x-content-type-options']).toBe('nosniff')
    expect((await stranger.open(result)).status).toBe(404)
  })

  test('a draft of the result is shown, and answered', async () => {
    const birth = goldenOf('1.001193')
    const dossier = await file(await app.as('congdan1'), {
      procedure: '1.001193',
      unit: '14797',
      channel: 'truc_tuyen',
      form: { ...birth.form, exemption_kind: 'none' },
    })
    await walkTo(app, dossier, 'xac_nhan_ban_thao', (item) => (item.step === 'tham_tra' ? 'gui_ban_thao' : undefined))
    expect((await me.open('/ho-so')).html).toMatch(/Đang chờ ông\/bà[\s\S]*Đăng ký khai sinh/)
    const asked = await me.open(`/ho-so/${dossier.code}`)
    expect(asked.html).toContain('Lê Minh Khôi')
    const unanswered = await me.press(mainForm(asked), null)
    expect(unanswered.status).toBe(422)
    const form = mainForm(unanswered)
    form.controls.find((one) => one.value === 'sua_lai')!.checked = true
    form.controls.find((one) => one.name === 'note')!.value = 'Tên đệm là Minh, không phải Mình.'
    const answered = await me.press(form, null)
    expect(answered.html).toContain('Đã gửi trả lời')
    expect(answered.html).toContain('Tên đệm là Minh')
  })
})

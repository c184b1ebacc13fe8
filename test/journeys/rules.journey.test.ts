// Law as dated data, as people meet it: a citizen asks where a figure comes from; an official changes a rule and sees what it touches before anything is kept; another
// says yes; a back-dated one is applied at once, open cases follow, finished ones are listed.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Dossier, viewDossier } from '#modules/dossiers/index.ts'
import { file, walk } from '../support/walk.ts'
import { recordOf } from './support/cases.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const record = recordOf('1.004873')
let house: House
const faults: string[] = []
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-25T08:10:00+07:00', previews: false })
})
afterAll(() => house?.close())

const filed = async (): Promise<Dossier> =>
  file(await house.app.as('congdan1'), { procedure: record.code, unit: '14797', channel: 'truc_tuyen', form: record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.valid !== false)!.form })

test('a citizen follows a figure to its clause and back', async () => {
  const page = await house.visitor(PHONE)
  await page.goto(`${house.url}/thu-tuc/${record.code}`)
  await press(page, page.locator('a.basis[href*="/thoi-han"]').first())
  const said = await textOf(page)
  expect(said).toContain('3 ngày làm việc')
  expect(said).toContain('Luật Hộ tịch')
  faults.push(...(await look(page, 'can-cu-thoi-han')))
  await press(page, page.getByRole('link', { name: 'Về trang thủ tục' }))
  await page.goto(`${house.url}/can-cu`)
  await page.fill('input[name=q]', 'bo sung')
  await press(page, page.getByRole('button', { name: /Tìm/ }).first())
  await press(page, page.getByRole('link', { name: 'Số lần yêu cầu bổ sung khi đang giải quyết' }))
  expect(await textOf(page)).toContain('1 lần')
})

describe('an official changes a rule', () => {
  test('sees what it touches, hands it to a second person, and a back-dated one is applied at once', async () => {
    const done = await filed()
    const { last } = await walk(house.app, done)
    expect(last.state).toBe('DA_TRA')
    const open = await filed()
    const due = open.receptionDueAt!
    const keeper = await house.at('kiemsoat.h56')
    await keeper.goto(`${house.url}/admin/rules`)
    faults.push(...(await look(keeper, 'so-quy-dinh')))
    await press(keeper, keeper.getByRole('row', { name: /Giờ trả lời hồ sơ nộp trên mạng/ }).getByRole('link', { name: /Lập kế hoạch/ }))
    await keeper.fill('[name=value]', '16')
    await keeper.fill('[name=validFrom]', '25/10/2026')
    await keeper.fill('[name=document]', '367/2025/NĐ-CP')
    await keeper.fill('[name=clause]', 'Khoản 3 Điều 1 Nghị định 367/2025/NĐ-CP')
    await press(keeper, keeper.getByRole('button', { name: 'Xem chạm tới những gì' })) // why so late is missing
    expect(await textOf(keeper)).toContain('ghi vì sao nay mới nhập')
    expect(await keeper.inputValue('[name=clause]')).toContain('Khoản 3 Điều 1')
    await keeper.fill('[name=note]', 'Văn bản đến chậm')
    await press(keeper, keeper.getByRole('button', { name: 'Xem chạm tới những gì' }))
    const preview = await textOf(keeper)
    expect(preview).toContain('Chưa ghi gì')
    expect(preview).toContain(open.code!)
    expect(preview).toContain(done.code!)
    expect(preview).toContain('8 giờ làm việc → 16 giờ làm việc')
    faults.push(...(await look(keeper, 'doi-quy-dinh-xem-truoc')))
    await press(keeper, keeper.getByRole('button', { name: 'Lập kế hoạch thay đổi' }))
    expect(await textOf(keeper)).toContain('Người lập kế hoạch không tự xác nhận được')
    const second = await house.at('kiemsoat.h56.01')
    await second.goto(keeper.url())
    await press(second, second.getByRole('button', { name: 'Xác nhận và áp dụng ngay' }))
    const ctx = await house.app.as('congdan1')
    await eventually('hạn trả lời được tính lại', async () => (await viewDossier(ctx, open.id)).dossier.receptionDueAt! > due, 30_000)
    await eventually('hồ sơ đã xong được liệt kê', async () => {
      await second.goto(keeper.url())
      return (await textOf(second)).includes('Việc đã xong: cần người quyết định')
    }, 30_000)
    faults.push(...(await look(second, 'quy-dinh-da-ap-dung')))
    const row = second.getByRole('row', { name: new RegExp(done.code!) })
    await row.locator('summary').click()
    await row.locator('input[name=note]').fill('Kết luận không đổi, đã báo đơn vị')
    await press(second, row.getByRole('button', { name: 'Để nguyên' }))
    expect(await textOf(second)).toContain('Kết luận không đổi, đã báo đơn vị')
    const citizen = await house.visitor(PHONE)
    await citizen.goto(`${house.url}/can-cu/gio-tra-loi-tiep-nhan`)
    expect(await textOf(citizen)).toContain('16 giờ làm việc')
    await citizen.goto(`${house.url}/can-cu/gio-tra-loi-tiep-nhan?ngay=2026-10-01`)
    expect(await textOf(citizen)).toContain('8 giờ làm việc')
  })

  test('a document that is replaced lights up all that cites it', async () => {
    const keeper = await house.at('kiemsoat.h56')
    await keeper.goto(`${house.url}/admin/rules/documents?q=${encodeURIComponent('226/2016/TT-BTC')}`)
    const said = await textOf(keeper)
    expect(said).toContain('2.000815')
    expect(said).toContain('Mức thu: Phí chứng thực bản sao từ bản chính')
    faults.push(...(await look(keeper, 'theo-van-ban')))
  })
})

test('everything looked at can be used by everybody', () => expect(faults).toEqual([]))

// Two wards become one: an administrator draws it and looks at what would change, the chair of the province confirms, it is carried out on its day,
// a citizen with a dossier under way reads the sentence, and all of it is taken back within its window.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { accept, type Dossier, needDossier } from '#modules/dossiers/index.ts'
import { systemCtx } from '#core/ctx.ts'
import { file } from '../support/walk.ts'
import { recordOf } from './support/cases.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const HOME = '/admin/reorganisations'
/** Pages made of the same pieces as those looked at; their pictures are for people who ask for them. */
const seen: typeof look = (page, name) => (process.env['SHOTS'] === '1' ? look(page, name) : Promise.resolve([]))
let house: House
let dossier: Dossier

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-24T08:10:00+07:00', previews: false })
  const record = recordOf('1.004873')
  const golden = record.cases.find((one) => one.expect.valid !== false && one.channel === 'truc_tuyen')!
  dossier = await file(await house.app.as('congdan1'), { procedure: record.code, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: golden.applicant })
  dossier = await accept(await house.app.as('motcua.14797'), { dossier: dossier.code! })
})
afterAll(() => house?.close())

describe('a merge of two wards', () => {
  let plan = ''

  test('the administrator draws it, sees it drawn, and sees what would change', async () => {
    const page = await house.at('quantriht.h56')
    await page.goto(`${house.url}/admin`)
    await press(page, page.getByRole('link', { name: 'Sắp xếp đơn vị' }))
    await press(page, page.getByRole('link', { name: 'Lập kế hoạch', exact: true }).first())
    await page.fill('[name=title]', 'Nhập phường Hạc Thành vào phường Hàm Rồng')
    await page.fill('[name=decisionNo]', '12/NQ-HĐND')
    await page.fill('[name=decisionOn]', '20/11/2026')
    await page.fill('[name=day]', '24/11/2026')
    await press(page, page.getByRole('button', { name: 'Lập bản nháp' }))
    plan = new URL(page.url()).pathname
    await press(page, page.getByRole('link', { name: 'Sáp nhập' }))
    await page.fill('[name="q.from"]', 'ham rong')
    await press(page, page.locator('#from button.btn').first())
    await page.locator('#from label', { hasText: 'phường Hàm Rồng, mã 14758 ' }).first().click()
    await page.fill('[name="q.from"]', '14797')
    await press(page, page.locator('#from button.btn').first())
    await page.locator('#from label', { hasText: 'phường Hạc Thành, mã 14797 ' }).first().click()
    await press(page, page.locator('#from button.btn').first())
    await page.locator('#into label', { hasText: 'Nhập vào phường Hàm Rồng' }).click()
    expect(await seen(page, 'reorg-merge')).toEqual([])
    await press(page, page.getByRole('button', { name: 'Thêm vào kế hoạch' }))
    expect(await page.locator('svg.ribbons path.ribbon').count()).toBe(2)
    expect(await look(page, 'reorg-plan')).toEqual([])
    await press(page, page.getByRole('link', { name: 'Xem trước mọi thứ sẽ đổi' }))
    const text = await textOf(page)
    expect(text).toContain('1 hồ sơ đang mở chuyển sang đơn vị kế tục')
    expect(text).toContain('Đường đi của người dân')
    expect(await seen(page, 'reorg-report')).toEqual([])
    await press(page, page.getByRole('link', { name: 'Tiếp: gửi người thứ hai xác nhận' }))
    await press(page, page.getByRole('button', { name: 'Gửi xác nhận' }))
    expect(await textOf(page)).toContain('Người soạn hoặc gửi kế hoạch không tự xác nhận')
    expect(await page.getByRole('button', { name: 'Xác nhận kế hoạch' }).count()).toBe(0)
  })

  test('the chair of the province finds it waiting and confirms', async () => {
    const page = await house.at('chutich.h56')
    await page.goto(`${house.url}${HOME}`)
    await press(page, page.getByRole('link', { name: 'Nhập phường Hạc Thành vào phường Hàm Rồng' }))
    await press(page, page.getByRole('link', { name: 'Xác nhận, thi hành' }))
    await press(page, page.getByRole('button', { name: 'Xác nhận kế hoạch' }))
    expect(await textOf(page)).toContain('Đã xác nhận kế hoạch')
  })

  test('on its day it is carried out; whoever has a dossier there reads one sentence', async () => {
    const page = await house.at('quantriht.h56')
    await page.goto(`${house.url}${plan}/run`)
    await press(page, page.getByRole('button', { name: 'Thi hành ngay' }))
    await eventually('kế hoạch đã thi hành', async () => {
      await page.reload()
      return (await textOf(page)).includes('Còn hoàn tác được đến')
    })
    expect(await seen(page, 'reorg-done')).toEqual([])
    expect((await needDossier(house.app.env.db, systemCtx(house.app.env, 'test'), dossier.code!)).receivedUnitId).toMatch(/^th-14758/)
    const citizen = await house.at('congdan1', PHONE)
    await eventually('tin cho người nộp', async () => {
      await citizen.goto(`${house.url}/tin-nhan`)
      return (await textOf(citizen)).includes('phường Hàm Rồng')
    })
    const visitor = await house.visitor(PHONE)
    await visitor.goto(`${house.url}/don-vi?q=${encodeURIComponent('phường Hạc Thành')}`)
    await press(visitor, visitor.locator('main a', { hasText: 'Phường Hạc Thành' }).first())
    expect(await textOf(visitor)).toContain('Từ ngày 24/11/2026, phường Hạc Thành nhập về phường Hàm Rồng')
    expect(await look(visitor, 'reorg-unit')).toEqual([])
  })

  test('it is taken back, and the ward lives again', async () => {
    const page = await house.at('quantriht.h56')
    await page.goto(`${house.url}${plan}/run`)
    await press(page, page.getByRole('link', { name: 'Xem trước việc hoàn tác' }))
    expect(await seen(page, 'reorg-rollback')).toEqual([])
    await page.fill('[name=reason]', 'Nghị quyết 13/NQ-HĐND bãi bỏ Nghị quyết 12.')
    await press(page, page.getByRole('button', { name: 'Hoàn tác' }))
    await eventually('kế hoạch đã hoàn tác', async () => {
      await page.reload()
      return (await textOf(page)).includes('Trở về đúng như cũ') && !(await textOf(page)).includes('Đang hoàn tác')
    })
    const visitor = await house.visitor(PHONE)
    await visitor.goto(`${house.url}/don-vi/14797`)
    expect(await textOf(visitor)).toContain('Đang hoạt động')
    expect(house.complaints).toEqual([])
  })
})

// A new commune: opened with its rooms, staffed from a pasted list, its people change the password they were given, and citizens are offered it only once it is live.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, openHouse, PHONE, press, SHOTS, textOf, WIDE } from './support/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T08:30:00+07:00', window: WIDE })
}, 120_000)
afterAll(() => house?.close())

const shot = (page: Parameters<typeof textOf>[0], name: string) => page.screenshot({ path: join(SHOTS, `opening-${name}.png`), fullPage: true })
const LIST = 'Nguyễn Thị Ánh Nguyệt;Chủ tịch UBND xã;0912345678\nLò Văn Ỏn;Công chức Bộ phận một cửa;0912345679\nTrần Thị Ủ;Văn thư\nHà Văn Đủ;Phi công'
let given = { login: '', password: '' }

test('the administrator opens a commune and takes its people on; a wrong line is named, nothing is lost', async () => {
  const page = await house.at('quantriht.h56')
  await page.goto(`${house.url}/admin/units`)
  await press(page, page.getByRole('link', { name: 'Lập đơn vị mới' }))
  await page.getByLabel('Xã', { exact: false }).first().check()
  await page.fill('#name', 'Suối Vàng')
  await page.fill('#code', '999')
  await page.fill('#decision', 'NQ 1/2027/NQ-HĐND')
  await press(page, page.getByRole('button', { name: 'Lập đơn vị', exact: true }))
  expect(await textOf(page)).toContain('năm chữ số')
  expect(await page.inputValue('#name')).toBe('Suối Vàng')
  await shot(page, 'new-1440')
  await page.fill('#code', '99901')
  await press(page, page.getByRole('button', { name: 'Lập đơn vị', exact: true }))
  expect(await textOf(page, 'body')).toContain('Đã lập Ủy ban nhân dân xã Suối Vàng')
  await press(page, page.getByRole('button', { name: 'Đưa vào vận hành ngay' }))
  expect(await textOf(page)).toContain('Chưa có ai giữ chức danh công chức một cửa')
  await shot(page, 'not-ready-1440')
  await page.fill('#list', LIST)
  await press(page, page.getByRole('button', { name: 'Xem trước', exact: true }))
  if (await page.getByLabel('Mật khẩu').count()) {
    await page.getByLabel('Mật khẩu').first().fill('TinhSo@2026')
    await press(page, page.getByRole('button', { name: /Tiếp tục|Xác nhận/ }).first())
  }
  expect(await textOf(page)).toContain('Đơn vị không có chức danh “Phi công”')
  await shot(page, 'preview-1440')
  await page.fill('#list', LIST.split('\n').slice(0, 3).join('\n'))
  await press(page, page.getByRole('button', { name: 'Xem trước lại' }))
  await press(page, page.getByRole('button', { name: 'Giao chức danh và lập 3 tài khoản' }))
  const row = page.locator('tr', { hasText: 'Lò Văn Ỏn' })
  const [login, password] = await row.locator('code').allTextContents()
  given = { login: login!, password: password! }
  expect(given.login).toBe('onlv.99901')
  await shot(page, 'passwords-1440')
  await press(page, page.getByRole('link', { name: 'Xong, đã in' }))
  const citizen = await house.visitor(PHONE)
  await citizen.goto(`${house.url}/don-vi?q=${encodeURIComponent('Suối Vàng')}`)
  await press(page, page.getByRole('button', { name: 'Đưa vào vận hành ngay' }))
  expect(await textOf(page, 'body')).toContain('đang vận hành')
  await shot(page, 'live-1440')
})

test('a person taken on must change the password before anything else', async () => {
  const page = await house.visitor(PHONE)
  await page.goto(`${house.url}/sign-in`)
  await page.fill('[name=login]', given.login)
  await page.fill('[name=password]', given.password)
  await press(page, page.locator('form[action*="officer"] button'))
  expect(page.url()).toContain('/account/security/password')
  await page.goto(`${house.url}/desk`)
  expect(page.url()).toContain('/account/security/password')
  expect(await textOf(page)).toContain('Mật khẩu do người khác đặt giúp')
  await shot(page, 'change-390')
})

test('the roll-out and the directory of those who look after computers', async () => {
  const page = await house.at('quantriht.h56')
  await page.goto(`${house.url}/admin/rollout`)
  expect(await textOf(page)).toContain('Ủy ban nhân dân xã Suối Vàng')
  await shot(page, 'rollout-1440')
  await press(page, page.getByRole('link', { name: 'Cán bộ CNTT' }))
  await page.fill('#fullName', 'Vũ Đức Ưng')
  await page.fill('#phone', '12')
  await press(page, page.getByRole('button', { name: 'Thêm vào danh bạ' }))
  expect(await textOf(page)).toContain('Số điện thoại gồm 10 chữ số')
  await page.fill('#phone', '0912345670')
  await press(page, page.getByRole('button', { name: 'Thêm vào danh bạ' }))
  await press(page, page.getByRole('button', { name: 'Xếp lượt' }))
  expect(await textOf(page)).toContain('Trực hôm nay')
  await shot(page, 'it-1440')
  expect(house.complaints).toEqual([])
})

// Who handles it, what is it called, what is asked for: a citizen in their own words on a phone, and those who keep the catalogue.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, type House, openHouse, PHONE, press, SHOTS, textOf, WIDE } from './support/house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T08:30:00+07:00', window: WIDE })
}, 120_000)
afterAll(() => house?.close())

const shot = (page: Parameters<typeof textOf>[0], name: string) => page.screenshot({ path: join(SHOTS, `catalogue-${name}.png`), fullPage: true })
const row = (code: string, name: string) => ({ code, name, ministry: 'bo-tu-phap', field: 'Hộ tịch', level: 'Cấp xã', decision: '163/QĐ-BTP', type: 'Loại khác', applicants: 'Công dân Việt Nam' })

test('the national list is brought in; a broken file says which line and loses nothing', async () => {
  const page = await house.at('kiemsoat.h56')
  await page.goto(`${house.url}/admin/procedures`)
  await press(page, page.getByRole('link', { name: 'Danh mục', exact: true }))
  await press(page, page.getByRole('link', { name: 'Danh mục quốc gia' }))
  const give = async (list: unknown) => {
    await page.setInputFiles('#list', { name: 'danh-muc.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(list)) })
    await press(page, page.getByRole('button', { name: 'Kiểm tra và nạp' }))
  }
  await give([row('1.004837', 'Thủ tục đăng ký giám hộ'), { ...row('1.0048', 'Sai mã') }])
  expect(await textOf(page)).toContain('Dòng 2: Mã thủ tục gồm 7 chữ số')
  await give([row('1.004837', 'Thủ tục đăng ký giám hộ'), row('1.004845', 'Thủ tục đăng ký chấm dứt giám hộ')])
  expect(await textOf(page, 'body')).toContain('Đã đọc 2 dòng: 2 mới')
  await shot(page, 'entries')
})

test('a citizen says it in their own words, by the old name of the commune, and learns who handles it', async () => {
  const page = await house.visitor(PHONE)
  await page.goto(house.url)
  await press(page, page.getByRole('link', { name: 'Ai giải quyết việc này bây giờ?' }).first())
  await page.fill('#viec', 'chau mo coi ong ba trong nom')
  await press(page, page.getByRole('button', { name: 'Xem ai giải quyết' }))
  expect(await textOf(page)).toContain('Còn tùy nơi')
  await page.fill('#noi', 'xã Hạc Thành')
  await press(page, page.getByRole('button', { name: 'Xem ai giải quyết' }))
  expect(await textOf(page)).toMatch(/Ủy ban nhân dân phường Hạc Thành.*Căn cứ:/)
  await shot(page, 'who-390')
  await press(page, page.getByRole('link', { name: 'Xem cần những giấy tờ gì' }))
  expect(await textOf(page)).toContain('Chưa nộp được ở trang này')
  await shot(page, 'entry-390')
  for (let n = 0; n < 3; n++) await page.goto(`${house.url}/thu-tuc?q=${encodeURIComponent('xin phép nuôi khướu')}`)
})

test('what nothing answered is seen, taught, and found the next time', async () => {
  const page = await house.at('kiemsoat.h56')
  for (let n = 0; n < 3; n++) await page.goto(`${house.url}/thu-tuc?q=zzuzz`)
  await page.goto(`${house.url}/admin/catalogue`)
  const line = page.locator('tr', { hasText: '“zzuzz”' })
  expect(await line.count()).toBe(1)
  await shot(page, 'demand-1440')
  await press(page, line.getByRole('link', { name: 'Thêm cách nói' }))
  expect(await page.inputValue('#say')).toBe('zzuzz')
  await page.fill('#mean', 'đăng ký giám hộ')
  await press(page, page.getByRole('button', { name: 'Thêm', exact: true }))
  await eventually('ô tìm kiếm hiểu', async () => (await textOf(page)).includes('1.004837'))
  await shot(page, 'sayings-1440')
})

test('a plan is drafted, refused to its own drafter, approved by another, and measured', async () => {
  const page = await house.at('kiemsoat.h56')
  await page.goto(`${house.url}/admin/catalogue/roadmaps`)
  await page.fill('#year', '2026')
  await press(page, page.getByRole('button', { name: 'Lập lộ trình' }))
  await page.fill('#code', '1.001193')
  await page.selectOption('#level', 'toan_trinh')
  await press(page, page.getByRole('button', { name: 'Thêm dòng' }))
  await page.fill('#code', '1.004837')
  await page.selectOption('#quarter', '2')
  await press(page, page.getByRole('button', { name: 'Thêm dòng' }))
  expect(await textOf(page)).toContain('Người lập không tự phê duyệt')
  const address = page.url()
  const other = await house.at('quantriht.h56')
  await other.goto(address)
  await other.fill('#decision', '88/QĐ-UBND')
  await other.fill('#decidedOn', '2026-01-20')
  await press(other, other.getByRole('button', { name: 'Ghi phê duyệt lộ trình' }))
  const said = await textOf(other)
  expect(said).toContain('Quyết định 88/QĐ-UBND ngày 20/01/2026')
  expect(said).toMatch(/Đạt/)
  expect(said).toMatch(/Chậm/)
  await shot(other, 'roadmap-1440')
  await other.goto(`${house.url}/admin/catalogue/levels`)
  expect(await textOf(other)).toContain('Toàn tỉnh')
  await shot(other, 'levels-1440')
  expect(house.complaints).toEqual([])
})

// Fees from both sides: a phone pays by VietQR and notices it, a second payment comes back by decision, a counter collects and shuts its day.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import { accept } from '#modules/dossiers/index.ts'
import { file } from '../support/walk.ts'
import { caseOf, recordOf } from './support/cases.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

let house: House
const faults: string[] = []
const see = async (page: Page, name: string) => void faults.push(...(await look(page, `fees-${name}`)))

beforeAll(async () => {
  prepareZXingModule({ overrides: { wasmBinary: readFileSync(createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')).buffer as ArrayBuffer } })
  house = await openHouse({ at: '2026-11-23T09:00:00+07:00', previews: false })
})
afterAll(() => house?.close())

/** What a phone's camera reads off the screen. */
async function scan(page: Page): Promise<string> {
  const [code] = await readBarcodes(new Uint8Array(await page.locator('.pay-qr svg').screenshot()), { formats: ['QRCode'] })
  return code!.text
}

async function payAt(bank: Page, payload: string, name: string): Promise<void> {
  await bank.goto(`${house.url}/twins/bank`)
  await bank.fill('#qr', payload)
  await press(bank, bank.getByRole('button', { name: 'Đọc mã' }))
  await bank.getByLabel(name, { exact: true }).check()
  await press(bank, bank.getByRole('button', { name: 'Chuyển tiền' }))
  expect(await textOf(bank)).toContain('báo: 200')
}

async function filedOnline(): Promise<string> {
  const golden = caseOf(recordOf('3.000333'))
  const { code } = await file(await house.app.as('congdan1'), { procedure: '3.000333', unit: '14797', channel: 'truc_tuyen', form: { ...golden.form, fee_priority: 'sinh_vien' } })
  await accept(await house.app.as('motcua.14797'), { dossier: code! })
  return code!
}

test('a phone pays once, sees it at once; the second payment goes back by decision', async () => {
  const code = await filedOnline()
  const phone = await house.at('congdan1', PHONE)
  await phone.goto(`${house.url}/ho-so/${code}`)
  await press(phone, phone.getByRole('link', { name: 'Nộp 100.000 đ' }))
  expect(await textOf(phone)).toMatch(/Mức chưa giảm: 200\.000 đ ?100\.000 đ.*được giảm một nửa/)
  await see(phone, 'pay')
  await phone.setViewportSize({ width: 390, height: 844 })
  const payload = await scan(phone)
  expect(payload).toContain('5406100000')

  const friend = await house.visitor({ ...PHONE, javaScriptEnabled: false })
  await phone.getByText('Nhờ người khác trả thay').click()
  await friend.goto((await phone.locator('details a[href*="/thanh-toan/TS"]').first().getAttribute('href'))!)
  expect(await textOf(friend)).not.toContain('Quỳnh Hương')
  expect(await textOf(friend)).not.toContain(code)

  const bank = await house.visitor()
  await payAt(bank, payload, 'Vietcombank')
  await eventually('trang tự báo đã nộp', async () => (await textOf(phone)).includes('Đã nộp lúc'))
  await press(friend, friend.getByRole('link', { name: 'Tôi đã trả, xem lại' }))
  expect(await textOf(friend)).toContain('Đã nộp lúc')
  await payAt(bank, payload, 'Techcombank')
  await phone.goto(`${house.url}/ho-so/${code}`)
  expect(await textOf(phone)).toMatch(/Đã nộp 100\.000 đ, chuyển khoản.*Biên lai số 2026\/CK-0000001/)

  const cashier = await house.at('thuphi.14797')
  await cashier.goto(`${house.url}/desk/cash/suspense`)
  expect(await textOf(cashier)).toContain('Khoản thu này đã được nộp trước đó')
  await see(cashier, 'suspense')
  await cashier.locator('input[name=suspense]').first().check()
  await cashier.fill('#reason', 'hai')
  await press(cashier, cashier.getByRole('button', { name: 'Đề nghị hoàn trả' }))
  expect(await textOf(cashier)).toContain('Ghi rõ lý do')
  expect(await cashier.inputValue('#reason')).toBe('hai')
  await cashier.locator('input[name=suspense]').first().check()
  await cashier.fill('#reason', 'Người dân quét mã hai lần')
  await press(cashier, cashier.getByRole('button', { name: 'Đề nghị hoàn trả' }))
  const leader = await house.at('lanhdao.14797')
  await leader.goto(`${house.url}/desk/cash/suspense`)
  await leader.locator('input[name=decisionNo]').fill('35/QĐ-UBND')
  await press(leader, leader.getByRole('button', { name: 'Quyết định hoàn trả' }))
  await cashier.goto(`${house.url}/desk/cash/suspense`)
  await cashier.locator('input[name=paidRef]').fill('UNC-0091')
  await press(cashier, cashier.getByRole('button', { name: 'Đã chuyển trả' }))
  expect(await textOf(cashier)).toMatch(/đã chuyển trả, quyết định 35\/QĐ-UBND, chứng từ UNC-0091/)
})

test('a counter collects, gives change and a receipt, and shuts its day with four eyes', async () => {
  const golden = caseOf(recordOf('2.000884'))
  const desk = await house.app.as('motcua.14797')
  const filed = () => file(desk, { procedure: '2.000884', unit: '14797', channel: 'truc_tiep', form: golden.form })
  const [first, second] = [await filed(), await filed()]
  const cashier = await house.at('thuphi.14797')
  await cashier.goto(`${house.url}/desk/cash`)
  await see(cashier, 'cash')
  await cashier.setViewportSize({ width: 1440, height: 900 })
  await cashier.locator('main form[role=search] input[type=search]').fill(first.code!)
  await press(cashier, cashier.locator('main form[role=search] button'))
  const sum = Number(/Thu ([\d.]+) đ, in biên lai/.exec(await textOf(cashier))![1]!.replaceAll('.', ''))
  const address = cashier.url()
  for (const typed of [`${house.url}/tra-cuu/${first.code}`, await scan(cashier)]) {
    await cashier.goto(`${house.url}/desk/cash?q=${encodeURIComponent(typed)}`)
    expect(cashier.url()).toBe(address)
  }
  expect(await scan(cashier)).toContain(`54${String(String(sum).length).padStart(2, '0')}${sum}`)
  await see(cashier, 'order')
  await cashier.setViewportSize({ width: 1440, height: 900 })
  await cashier.fill('#given', 'năm chục')
  await press(cashier, cashier.getByRole('button', { name: /^Thu / }))
  expect(await textOf(cashier)).toContain('“năm chục” không phải số tiền')
  expect(await cashier.inputValue('#given')).toBe('năm chục')
  await cashier.fill('#given', String(sum + 40_000))
  await press(cashier, cashier.getByRole('button', { name: /^Thu / }))
  expect(await textOf(cashier)).toMatch(/Tiền thừa trả khách ?40\.000 đ ?Bốn mươi nghìn đồng/)
  await see(cashier, 'receipt')
  const receipt = cashier.url()
  expect((await cashier.request.get(`${receipt}.pdf`)).headers()['content-type']).toBe('application/pdf')

  await cashier.goto(`${house.url}/desk/cash/days/2026-11-23`)
  await cashier.fill('#counted', String(sum))
  await press(cashier, cashier.getByRole('button', { name: 'Ghi kết quả kiểm đếm' }))
  expect(await textOf(cashier)).toContain('Người kiểm đếm không tự ký chốt')
  await see(cashier, 'day')
  const leader = await house.at('lanhdao.14797')
  await leader.goto(`${house.url}/desk/cash/days/2026-11-23`)
  await press(leader, leader.getByRole('button', { name: 'Ký chốt sổ' }))
  expect(await textOf(leader)).toContain('Ngày này đã chốt, không sửa được nữa')
  expect((await leader.request.get(`${house.url}/desk/cash/days/2026-11-23/report.pdf`)).headers()['content-type']).toBe('application/pdf')
  await leader.goto(receipt)
  await leader.getByText('Hủy biên lai').first().click()
  expect(await textOf(leader)).toContain('Sổ thu của ngày này đã chốt')

  await cashier.goto(`${house.url}/desk/cash?q=${second.code}`)
  expect(await textOf(cashier)).toContain('Sổ thu hôm nay đã chốt')
  await cashier.goto(`${house.url}/desk/cash/reconciliation`)
  await see(cashier, 'reconciliation')
})

test('whoever publishes procedures reads the fee tables row by row', async () => {
  const keeper = await house.at('kiemsoat.h56')
  await keeper.goto(`${house.url}/admin/procedures/2.001583`)
  expect(await textOf(keeper)).toMatch(/Bảng quyết định \(DMN\).*Mọi dòng khớp đều thu.*Đến hết 31\/12\/2026.*25\.000 đ/)
  const drawn = await keeper.request.get(`${house.url}/admin/procedures/2.001583/fees.dmn?version=1`)
  expect(await drawn.text()).toContain('https://www.omg.org/spec/DMN/20191111/MODEL/')
})

test('every screen can be used by everybody, and nothing broke', () => {
  expect(faults).toEqual([])
  expect(house.complaints).toEqual([])
})

// Being told: a message arrives on the phone, is proved to be ours, a fake is seen through and reported; a message that cannot arrive is
// told by telephone; channels are chosen.

import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { mailSender, smsSender } from '#modules/notify/index.ts'
import { accept, type Dossier } from '#modules/dossiers/index.ts'
import { MailTwin } from '#twins/mail/index.tsx'
import { SMS_TWIN_KEY } from '#twins/sms/index.tsx'
import { file } from '../support/walk.ts'
import { caseOf, planOf, recordOf } from './support/cases.ts'
import { eventually, type House, openHouse, PHONE, press, SHOTS, textOf, WIDE } from './support/house.ts'

const plan = planOf(recordOf('1.001193'), caseOf(recordOf('1.001193')))
const NUMBER = '0912345678'

let house: House
let mail: MailTwin
let dossier: Dossier

const filed = async (phone: string, citizen = true) => {
  const ctx = { ...(await house.app.as(citizen ? 'congdan1' : 'motcua.14797')), now: house.clock.now() }
  return file(ctx, { procedure: '1.001193', unit: '14797', channel: citizen ? 'truc_tuyen' : 'truc_tiep', form: { ...plan.golden.form, exemption_kind: 'none' }, applicant: { phone, email: citizen ? 'hoa@example.vn' : undefined } })
}

const shot = (page: Parameters<typeof textOf>[0], name: string) => page.screenshot({ path: join(SHOTS, `notices-${name}.png`), fullPage: true })

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-20T08:30:00+07:00', window: PHONE, previews: false })
  mail = new MailTwin(house.clock)
  Object.assign(house.app.env.notices.senders, {
    sms: smsSender({ url: `${house.url}/twins/sms`, key: SMS_TWIN_KEY, from: 'TINH SO' }),
    email: mailSender({ url: await mail.listen(), from: 'Tỉnh Thanh Hóa <khongtraloi@tinhso.example>' }),
  })
  dossier = await filed(NUMBER)
  await accept({ ...(await house.app.as('motcua.14797')), now: house.clock.now() }, { dossier: dossier.code! })
}, 120_000)
afterAll(async () => {
  await mail?.close()
  await house?.close()
})

test('a message comes by phone, mail and portal; its code proves it, a copy around a link does not', async () => {
  await eventually('tin nhắn đến máy', async () => house.app.sms!.sent.some((one) => one.text.includes('đã được tiếp nhận')), 25_000)
  await eventually('thư đến', async () => mail.taken.length >= 2, 25_000)
  const sms = house.app.sms!.sent.find((one) => one.text.includes('đã được tiếp nhận'))!
  const code = /Mã kiểm tra: (\w{6})/.exec(sms.text)![1]!

  const page = await house.visitor(PHONE)
  await page.goto(house.url)
  await press(page, page.getByRole('link', { name: 'Tin nhắn này có thật không?' }))
  await page.fill('#text', code.toLowerCase())
  await press(page, page.getByRole('button', { name: 'Kiểm tra' }))
  expect(await textOf(page)).toContain('Đúng là tin của tỉnh gửi')
  expect(await textOf(page)).toContain('091****678')
  expect(await textOf(page)).not.toContain(NUMBER)
  await shot(page, 'ours')
  await page.fill('#text', sms.text)
  await press(page, page.getByRole('button', { name: 'Kiểm tra' }))
  expect(await textOf(page)).toContain('Từng chữ khớp')

  await page.fill('#text', `Hồ sơ của bạn bị lỗi, bấm http://dichvucong-gov.top để nộp lại lệ phí. Mã kiểm tra: ${code}.`)
  await press(page, page.getByRole('button', { name: 'Kiểm tra' }))
  expect(await textOf(page)).toContain('Đây không phải tin của tỉnh, dù có mã của tỉnh')
  await shot(page, 'fake')
  await page.fill('#sender', '+84 888 000 111')
  await press(page, page.getByRole('button', { name: 'Báo tin giả' }))
  expect(await textOf(page)).toContain('Đã nhận báo cáo')

  const guard = await house.at('quantriht.h56', WIDE)
  await eventually('người giữ hệ thống được báo', async () => {
    await guard.goto(`${house.url}/desk/notices`)
    return (await textOf(guard)).includes('Người dân báo tin giả mạo')
  })
  await shot(guard, 'desk')
  await press(guard, guard.getByRole('link', { name: 'Người dân báo tin giả mạo' }))
  expect(await textOf(guard)).toContain('dichvucong-gov.top')
  await guard.locator('input[name=note]').fill('Đã cảnh báo trên cổng và chuyển công an.')
  await press(guard, guard.getByRole('button', { name: 'Ghi đã xử lý' }))
  expect(await textOf(guard)).toContain('Đã xử lý')
}, 60_000)

test('the citizen reads, opens the dossier, verifies a number and chooses channels', async () => {
  const page = await house.at('congdan1')
  await page.goto(`${house.url}/tin-nhan`)
  const unread = async () => Number(/Tin nhắn ?(\d+)/.exec(await textOf(page, '.top'))?.[1] ?? 0)
  const before = await unread()
  expect(before).toBeGreaterThanOrEqual(2)
  await shot(page, 'inbox')
  await press(page, page.getByRole('link', { name: 'Hồ sơ được tiếp nhận' }))
  expect(decodeURIComponent(page.url())).toContain(dossier.code!)
  expect(await unread()).toBe(before - 1)

  await page.goto(`${house.url}/nhan-tin`)
  await page.fill('#sms-address', '0987 654 321')
  await press(page, page.locator('form', { has: page.locator('#sms-address') }).getByRole('button'))
  await eventually('mã đến', async () => house.app.sms!.sent.some((one) => one.to === '0987654321'), 25_000)
  const otp = /^(\d{6})/.exec(house.app.sms!.sent.find((one) => one.to === '0987654321')!.text)![1]!
  await page.fill('#sms-code', otp === '000000' ? '111111' : '000000')
  await press(page, page.getByRole('button', { name: 'Xác nhận', exact: true }))
  expect(await textOf(page)).toContain('Mã chưa đúng')
  await shot(page, 'channels')
  await page.fill('#sms-code', otp)
  await press(page, page.getByRole('button', { name: 'Xác nhận', exact: true }))
  expect(await textOf(page)).toContain('Đã xác nhận')
  await page.locator('input[value="progress.sms"]').uncheck()
  await press(page, page.getByRole('button', { name: 'Lưu lựa chọn' }))
  expect(await page.locator('input[value="progress.sms"]').isChecked()).toBe(false)
  expect(await page.locator('input[value="result.sms"]').isChecked()).toBe(true)
}, 60_000)

test('a message that cannot arrive: the desk is told, calls, and writes it down; the administrator sees it masked', async () => {
  const landline = await filed('02373 852 111', false)
  await accept({ ...(await house.app.as('motcua.14797')), now: house.clock.now() }, { dossier: landline.code! }).catch(() => {})
  const admin = await house.at('quantri.14797', WIDE)
  await eventually('tin chết', async () => {
    await admin.goto(`${house.url}/admin/outbox?state=dead`)
    return (await textOf(admin)).includes('Không gửi được')
  })
  await admin.goto(`${house.url}/admin/outbox?state=dead`)
  await shot(admin, 'outbox')
  const html = await admin.content()
  expect(html).not.toContain(landline.code!)
  expect(html).not.toContain('02373')
  await admin.goto(`${house.url}/admin/outbox/templates`)
  expect(await textOf(admin)).toContain('Đã nhận hồ sơ nộp trực tuyến')

  const desk = await house.at('motcua.14797', WIDE)
  await desk.goto(`${house.url}/desk`)
  await press(desk, desk.getByRole('link', { name: /^Tin chưa đến/ }))
  expect(await textOf(desk)).toContain(landline.code!)
  await press(desk, desk.locator('.row-link').first())
  await shot(desk, 'kept')
  await press(desk, desk.getByRole('button', { name: 'Ghi đã báo' }))
  expect(await textOf(desk)).toContain('Ghi đã báo thế nào')
  await desk.fill('#note', 'Gọi 9:15, bà Hoa nghe máy, hẹn thứ Hai đến nhận.')
  await press(desk, desk.getByRole('button', { name: 'Ghi đã báo' }))
  expect(await textOf(desk)).toContain('Mọi tin đều đã đến')
  expect(house.complaints).toEqual([])
}, 60_000)

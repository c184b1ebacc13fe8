// Who is there, and who has looked: an officer sets up app and passkey, signs in with each, leaves the screen and comes back to what was typed;
// a leader says why before looking; the citizen sees it and asks; every screen is looked at.

import type { CDPSession, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeAt } from '#modules/identity/totp.ts'
import { procedureTexts } from '#main/pack.ts'
import { DEMO_PASSWORD } from '#main/seed.ts'
import { completeStep, type Dossier } from '#modules/dossiers/index.ts'
import type { ProcedureRecord } from '#modules/procedures/index.ts'
import { doerOf, file, openItems } from '../support/walk.ts'
import { eventually, type House, openHouse, press, textOf } from './support/house.ts'
import { look } from './support/look.ts'

const CODE = '1.004859'
const record = JSON.parse(procedureTexts().find(({ name }) => name.startsWith(CODE))!.text) as ProcedureRecord
const golden = record.cases.find((one) => one.channel === 'truc_tuyen' && one.expect.requiredParts?.includes('giay_to_can_cu'))!

let house: House
let dossier: Dossier
const faults: string[] = []

beforeAll(async () => {
  house = await openHouse({ at: '2026-11-23T08:10:00+07:00', host: 'localhost' })
  const citizen = { ...(await house.app.as('congdan1')), now: house.clock.now() }
  dossier = await file(citizen, { procedure: CODE, unit: '14797', channel: 'truc_tuyen', form: golden.form, applicant: { fullName: 'x', phone: '0900100001' } })
  const [item] = await openItems(house.app, dossier)
  await completeStep({ ...(await house.app.as(await doerOf(house.app, item!))), now: house.clock.now() }, { item: item!.id, outcome: item!.outcomes[0]!.key, note: 'Đủ giấy tờ.' })
})
afterAll(async () => {
  await house.close()
})

async function withAuthenticator(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  })
  return cdp
}

async function password(page: Page, login: string): Promise<void> {
  await page.goto(`${house.url}/sign-in`)
  await page.fill('#login', login)
  await page.fill('#password', DEMO_PASSWORD)
  await press(page, page.getByRole('button', { name: 'Đăng nhập', exact: true }))
}

describe('an officer', () => {
  test('sets up the app and a passkey, and signs in with each', async () => {
    const page = await house.visitor()
    await withAuthenticator(page)
    await password(page, 'motcua.14797')
    await page.goto(`${house.url}/account/security`)
    faults.push(...(await look(page, 'security-none')))
    await page.setViewportSize({ width: 1440, height: 900 })
    await press(page, page.getByRole('link', { name: 'Bật ứng dụng tạo mã' }))
    faults.push(...(await look(page, 'security-totp')))
    const secret = (await page.locator('details code').textContent())!.replaceAll(/\s/g, '')
    await page.fill('#code', codeAt(secret, house.clock.now()))
    await press(page, page.getByRole('button', { name: 'Bật', exact: true }))
    expect(await page.locator('[data-codes] li').count()).toBe(10)
    faults.push(...(await look(page, 'security-codes')))

    await page.goto(`${house.url}/account/security/passkeys/new`)
    await page.fill('#name', 'Máy bàn một cửa')
    await press(page, page.getByRole('button', { name: 'Tạo khóa truy cập trên máy này' }))
    expect(await textOf(page)).toContain('Máy bàn một cửa')
    faults.push(...(await look(page, 'security-both')))
    await page.setViewportSize({ width: 1440, height: 900 })

    await press(page, page.getByRole('button', { name: 'Đăng xuất' }).first())
    await page.goto(`${house.url}/sign-in?returnTo=/desk/dossiers`)
    faults.push(...(await look(page, 'sign-in')))
    await page.setViewportSize({ width: 1440, height: 900 })
    await press(page, page.getByRole('button', { name: 'Đăng nhập bằng khóa truy cập' }))
    expect(new URL(page.url()).pathname).toBe('/desk/dossiers')

    const other = await house.visitor()
    house.clock.to('2026-11-23T08:15:00+07:00')
    await password(other, 'motcua.14797')
    expect(new URL(other.url()).pathname).toBe('/sign-in/second-factor')
    faults.push(...(await look(other, 'second-factor')))
    await other.fill('#code', codeAt(secret, house.clock.now()))
    await press(other, other.getByRole('button', { name: 'Đăng nhập', exact: true }))
    await other.goto(`${house.url}/account/sessions`)
    expect(await textOf(other)).toContain('khóa truy cập')
    expect(await textOf(other)).toContain('Thiết bị mới')
    faults.push(...(await look(other, 'sessions')))
    await page.context().close()
    await other.context().close()
  })

  test('leaves the screen: it is covered, opens by password, and what was typed is there', async () => {
    const page = await house.visitor()
    await password(page, 'chuyenvien.14797')
    await page.clock.install()
    await page.goto(`${house.url}/desk/dossiers/${dossier.code}`)
    const note = page.locator('textarea').first()
    await note.fill('Ghi chú dài đang viết dở, chưa gửi.')
    house.clock.to(new Date(house.clock.now().getTime() + 16 * 60_000))
    await page.clock.fastForward('16:00')
    await page.clock.runFor(6000)
    await eventually('tấm che', () => page.locator('dialog.cover').isVisible())
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('main')!).visibility)).toBe('hidden')
    await page.screenshot({ path: 'tmp/journeys/cover-1440.png' })
    await page.fill('#cover-password', 'sai mật khẩu')
    await page.keyboard.press('Enter')
    await eventually('lời báo sai', async () => ((await page.textContent('dialog.cover')) ?? '').includes('chưa đúng'))
    await page.fill('#cover-password', DEMO_PASSWORD)
    await page.keyboard.press('Enter')
    await eventually('mở ra', async () => (await page.locator('dialog.cover').count()) === 0)
    expect(await note.inputValue()).toBe('Ghi chú dài đang viết dở, chưa gửi.')
    await page.context().close()
  })
})

describe('whose data it is', () => {
  test('a leader says why before looking; the citizen sees it and asks; the chair answers', async () => {
    const leader = await house.visitor()
    await password(leader, 'lanhdao.14797')
    await leader.goto(`${house.url}/desk/dossiers/${dossier.code}`)
    faults.push(...(await look(leader, 'reason')))
    await leader.setViewportSize({ width: 1440, height: 900 })
    await leader.getByText('Giải quyết phản ánh, kiến nghị').click()
    await leader.fill('#note', 'Đơn số 12/2026 ngày 20/11.')
    await press(leader, leader.getByRole('button', { name: 'Mở hồ sơ' }))
    expect(await textOf(leader)).toContain(dossier.applicant.fullName)
    await press(leader, leader.getByRole('link', { name: /^Hiện/ }).first())
    await leader.goBack()
    await leader.goBack()
    expect(await textOf(leader)).toContain(dossier.code)
    await leader.goto(`${house.url}/desk/search?q=${encodeURIComponent(dossier.applicant.fullName)}`)
    expect(await textOf(leader)).not.toContain(dossier.applicant.personalId!)
    faults.push(...(await look(leader, 'search-masked')))

    const citizen = await house.at('congdan1')
    await citizen.goto(`${house.url}/ho-so/${dossier.code}`)
    await press(citizen, citizen.getByRole('link', { name: 'Ai đã xem hồ sơ này' }))
    expect(await textOf(citizen)).toContain('Đơn số 12/2026')
    await citizen.getByText('Tôi thấy lạ, muốn hỏi').first().click()
    await citizen.locator('textarea').first().fill('Tôi không gửi đơn nào.')
    faults.push(...(await look(citizen, 'viewers')))
    await press(citizen, citizen.getByRole('button', { name: 'Gửi câu hỏi' }).first())
    expect(await textOf(citizen)).toContain('đang chờ trả lời')
    await citizen.goto(`${house.url}/tai-khoan`)
    faults.push(...(await look(citizen, 'account')))

    const chair = await house.visitor()
    await password(chair, 'chutich.14797')
    await chair.goto(`${house.url}/desk/access/questions`)
    faults.push(...(await look(chair, 'questions')))
    await chair.locator('textarea').first().fill('Lãnh đạo kiểm tra theo đơn gửi ngày 20/11; đơn đứng tên người khác.')
    await press(chair, chair.getByRole('button', { name: 'Gửi trả lời' }))
    await citizen.goto(`${house.url}/tai-khoan/ai-da-xem`)
    expect(await textOf(citizen)).toContain('đơn đứng tên người khác')
    const security = await house.visitor()
    await password(security, 'antoan.h56')
    await security.goto(`${house.url}/desk/access`)
    expect(await textOf(security)).not.toContain(dossier.code)
    faults.push(...(await look(security, 'access-log')))
    const admin = await house.visitor()
    await password(admin, 'quantri.14797')
    await admin.goto(`${house.url}/admin/accounts?q=motcua`)
    faults.push(...(await look(admin, 'accounts')))
    await admin.setViewportSize({ width: 1440, height: 900 })
    await press(admin, admin.locator('a[href*="cb-motcua.14797"]').first())
    faults.push(...(await look(admin, 'account-one')))
  })

  test('nothing to complain about', () => {
    expect(faults).toEqual([])
    expect(house.complaints).toEqual([])
  })
})

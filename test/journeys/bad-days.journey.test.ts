// What goes wrong on real days: impatient fingers, the back button, sessions that end, lines that break, two people at one thing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { listDossiers } from '#modules/dossiers/index.ts'
import { PDF } from '../support/walk.ts'
import { caseOf, planOf, recordOf } from './support/cases.ts'
import { decide, dossierOf, officerFor, openFromWorklist } from './support/desk.ts'
import { openItems } from '../support/walk.ts'
import { answerPages, beginOnline, fileOnline, handInPapers } from './support/filing.ts'
import { eventually, type House, openHouse, PHONE, press, textOf } from './support/house.ts'
import { signInCitizen, throughVneid } from './support/people.ts'

const plan = planOf(recordOf('1.001193'), caseOf(recordOf('1.001193')))
const withPaper = planOf(recordOf('1.004194'), caseOf(recordOf('1.004194')))
const WALKER = { script: true }
const CITIZEN = 'congdan1'

let house: House

beforeAll(async () => {
  house = await openHouse({ at: plan.golden.receivedAt, window: PHONE, previews: false })
})
afterAll(() => house?.close())

const dossiersOf = async (login: string) => (await listDossiers(await house.app.as(login), { limit: 100 })).items.filter((one) => one.state !== 'NHAP')
const SEND = 'Nộp hồ sơ'

/** A dossier of the citizen, ready to be sent. */
async function atReview(page: Page): Promise<string> {
  await beginOnline(page, house, plan.record.code)
  await answerPages(page, plan, WALKER)
  await handInPapers(page, plan, WALKER)
  return page.url()
}

describe('sending', () => {
  test('two presses and two tabs make one dossier', async () => {
    const page = await house.at(CITIZEN)
    const before = (await dossiersOf(CITIZEN)).length
    const review = await atReview(page)
    const second = await page.context().newPage()
    await second.goto(review)
    await Promise.all([
      page.waitForURL(/da-nop$/), second.waitForURL(/\/ho-so\/H56/),
      page.getByRole('button', { name: SEND }).dblclick({ noWaitAfter: true }), second.getByRole('button', { name: SEND }).click({ noWaitAfter: true }),
    ])
    await second.close()
    expect(await dossiersOf(CITIZEN)).toHaveLength(before + 1)
  })

  test('the back button shows no form that could be sent again', async () => {
    const page = await house.at(CITIZEN)
    await atReview(page)
    await press(page, page.getByRole('button', { name: SEND }))
    const before = (await dossiersOf(CITIZEN)).length
    const code = (await page.textContent('.computed'))!.trim()
    await page.goBack()
    const again = page.getByRole('button', { name: SEND })
    if ((await again.count()) > 0) await press(page, again)
    expect(decodeURIComponent(page.url())).toContain(code)
    expect(await dossiersOf(CITIZEN)).toHaveLength(before)
  })
})

describe('while filling in', () => {
  test('a session that ends: after signing in again the draft is there', async () => {
    const page = await house.visitor()
    await page.goto(`${house.url}/thu-tuc/${plan.record.code}/nop`)
    await press(page, page.getByRole('link', { name: 'Đăng nhập bằng VNeID' }))
    await throughVneid(page, 'congdan2')
    await page.selectOption('select[name=unit]', '14797')
    await press(page, page.getByRole('button', { name: 'Bắt đầu khai' }))
    const name = page.locator('[name=applicant_full_name]')
    await name.fill('Trần Hữu Nghĩa Đã Sửa')
    await eventually('lưu lần đầu', async () => /lưu/i.test((await page.textContent('[data-autosave-status]')) ?? ''))
    await eventually('đã lưu trên máy chủ', async () => (await listDossiers(await house.app.as('congdan2'), { limit: 10 })).items.some((one) => one.form['applicant_full_name'] === 'Trần Hữu Nghĩa Đã Sửa'))
    await page.context().clearCookies()
    await page.locator('[name=applicant_phone]').fill('0912 000 111')
    await eventually('báo hết phiên', async () => /đăng nhập/i.test((await page.textContent('[data-autosave-status]')) ?? ''))
    await page.screenshot({ path: 'tmp/journeys/bad-signed-out-390.png' })
    // as the page says: signing in again in another tab, then going on here
    const tab = await page.context().newPage()
    await signInCitizen(tab, house.url, 'congdan2')
    await tab.close()
    // the page takes the new session's token by itself; nothing has to be sent again by hand
    await press(page, page.getByRole('button', { name: 'Tiếp tục', exact: true }).last())
    const [, , id] = new URL(page.url()).pathname.split('/')
    await page.goto(`${house.url}/ho-so/${id}/khai/${plan.record.form.sections[0]!.key}`)
    expect(await page.inputValue('[name=applicant_full_name]')).toBe('Trần Hữu Nghĩa Đã Sửa')
    expect(await page.inputValue('[name=applicant_phone]')).toBe('0912000111')
    await page.context().close()
  })

  test('a line that breaks: what was typed is kept on the device and saved when the line is back', async () => {
    const page = await house.at(CITIZEN)
    await beginOnline(page, house, plan.record.code)
    const id = new URL(page.url()).pathname.split('/')[2]!
    const saved = async () => (await dossierOf(house, id)).form['applicant_full_name']
    await page.context().setOffline(true)
    await page.locator('[name=applicant_full_name]').fill('Viết lúc mất mạng')
    await eventually('báo giữ trên máy', async () => /máy này|thiết bị|mất mạng|chưa gửi/i.test((await page.textContent('[data-autosave-status]')) ?? ''))
    expect(await saved()).not.toBe('Viết lúc mất mạng')
    await page.screenshot({ path: 'tmp/journeys/bad-offline-390.png' })
    await page.context().setOffline(false)
    await eventually('đã lưu khi có mạng', async () => (await saved()) === 'Viết lúc mất mạng')
    await page.context().setOffline(true)
    await page.locator('[name=applicant_full_name]').fill('Đóng trang lúc mất mạng')
    await eventually('báo giữ trên máy', async () => /máy này|thiết bị|mất mạng|chưa gửi/i.test((await page.textContent('[data-autosave-status]')) ?? ''))
    const context = page.context()
    const later = await context.newPage()
    await page.close()
    await context.setOffline(false)
    await later.goto(`${house.url}/ho-so/${id}/khai`)
    expect(await later.inputValue('[name=applicant_full_name]')).toBe('Đóng trang lúc mất mạng')
    await eventually('đã lưu', async () => (await saved()) === 'Đóng trang lúc mất mạng')
  })
})

describe('a supplement', () => {
  test('the citizen sees the reasons, mends an answer, adds a paper, sends; the clock goes on', async () => {
    const page = await house.at(CITIZEN)
    house.clock.to(withPaper.golden.receivedAt)
    const code = await fileOnline(page, house, withPaper, WALKER)
    const accept = (await openItems(house.app, await dossierOf(house, code)))[0]!
    const desk = await officerFor(house, accept)
    await openFromWorklist(desk, house, code)
    await decide(desk, accept)
    const check = (await openItems(house.app, await dossierOf(house, code)))[0]!
    const officer = await officerFor(house, check)
    await openFromWorklist(officer, house, code)
    await decide(officer, check, check.outcomes.find((one) => one.effect === 'request_supplement')!, 'Xin ghi lại số điện thoại và gửi hợp đồng thuê có chữ ký.')
    expect((await dossierOf(house, code)).pausedAt).not.toBeNull()

    await page.goto(`${house.url}/ho-so`)
    expect(await textOf(page)).toContain('Đang chờ ông/bà')
    await press(page, page.locator(`main a[href="/ho-so/${code}"]`).first())
    const reason = withPaper.record.reasons.supplement[0]!.text
    for (const told of [reason, 'hợp đồng thuê có chữ ký', 'tạm dừng']) expect(await textOf(page)).toContain(told)
    await page.screenshot({ path: 'tmp/journeys/bad-supplement-390.png', fullPage: true })
    await press(page, page.getByRole('link', { name: 'Bổ sung hồ sơ' }))
    expect(await textOf(page)).toContain(reason)
    const section = withPaper.record.form.sections.find((one) => one.questions.some((question) => question.key === 'applicant_phone'))!
    await page.goto(`${house.url}/ho-so/${(await dossierOf(house, code)).id}/khai/${section.key}?ve=xem-lai`)
    await page.fill('[name=applicant_phone]', '0912999888')
    await press(page, page.getByRole('button', { name: 'Lưu và về trang xem lại' }).last())
    await page.goto(page.url().replace(/xem-lai.*/, 'giay-to?ve=xem-lai'))
    const input = page.locator('input[type=file][name^="file."]').first()
    await input.setInputFiles({ name: 'hop-dong-ky.pdf', mimeType: 'application/pdf', buffer: PDF })
    await eventually('tệp gửi xong', async () => /Đã nhận/.test((await input.locator('xpath=..').textContent()) ?? ''))
    await press(page, page.getByRole('button', { name: 'Lưu và về trang xem lại' }).last())
    await press(page, page.getByRole('button', { name: 'Gửi bổ sung' }))
    expect(page.url()).toContain('xong=bo-sung')
    const after = await dossierOf(house, code)
    expect(after.pausedAt).toBeNull()
    expect(after.form['applicant_phone']).toBe('0912999888')
    await officer.goto(`${house.url}/desk/dossiers/${code}`)
    expect(await textOf(officer)).toContain('hop-dong-ky.pdf')
  })
})

describe('two officers', () => {
  test('at one piece of work in two windows: the second is told who was first, and what was typed is kept', async () => {
    const page = await house.at(CITIZEN)
    house.clock.to(plan.golden.receivedAt)
    const code = await fileOnline(page, house, plan, WALKER)
    const [item] = await openItems(house.app, await dossierOf(house, code))
    const [one, other] = [await house.at('motcua.14797'), await house.at('motcua2.14797')]
    await openFromWorklist(one, house, code)
    await openFromWorklist(other, house, code)
    await decide(one, item!)
    const form = other.locator(`form[aria-label="Kết quả của bước ${item!.name}"]`)
    await form.locator('textarea').fill('Ghi chú của người đến sau')
    await press(other, form.locator('button[name=outcome]').first())
    expect(await textOf(other)).toContain('Đã có người làm trước')
    expect(await other.inputValue('textarea')).toBe('Ghi chú của người đến sau')
    await other.screenshot({ path: 'tmp/journeys/bad-taken-390.png', fullPage: true })
    const receipts = await house.app.database.pool.query("select count(*) from dossiers.paper p join dossiers.dossier d on d.id = p.dossier_id where d.code = $1 and p.kind = 'receipt'", [code])
    expect(Number(receipts.rows[0].count)).toBe(1)
  })
})

describe('withdrawal', () => {
  test('asks once more, ends the dossier, and the desk has nothing left to do', async () => {
    const page = await house.at(CITIZEN)
    const code = await fileOnline(page, house, plan, WALKER)
    await page.goto(`${house.url}/ho-so/${code}`)
    await press(page, page.getByRole('link', { name: 'Rút hồ sơ' }))
    await page.screenshot({ path: 'tmp/journeys/bad-withdraw-390.png', fullPage: true })
    await page.fill('[name=note]', 'Nộp nhầm thủ tục')
    await press(page, page.getByRole('button', { name: 'Rút hồ sơ' }))
    expect(await textOf(page)).toContain('đã rút hồ sơ')
    const desk = await house.at('motcua.14797')
    await desk.goto(`${house.url}/desk?hand=all`)
    expect(await textOf(desk)).not.toContain(code)
    expect(house.complaints).toEqual([])
  })
})
